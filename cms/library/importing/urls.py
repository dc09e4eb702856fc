"""Addresses of imports, below the admin's."""

from django.urls import path

from .views import ImportsView, ImportView, ReportView

app_name = "library_imports"
urlpatterns = [
    path("", ImportsView.as_view(), name="index"),
    path("<uuid:job_id>/", ImportView.as_view(), name="import"),
    path("<uuid:job_id>/problems.csv", ReportView.as_view(), name="report"),
]
