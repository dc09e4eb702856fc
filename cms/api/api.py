"""The API object that is mounted at /api/v3/."""

from wagtail.api.v3.urls import api

__all__ = ["api"]
