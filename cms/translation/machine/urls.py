"""Addresses of machine proposals."""

from django.urls import path

from .views import ProposeView

urlpatterns = [path("machine/<str:target>/", ProposeView.as_view(), name="machine")]
