"""Wagtail as it comes: one site, one language, one page type, its own API. For comparison only.

Knows nothing of the platform; no part of the platform knows it.
"""
