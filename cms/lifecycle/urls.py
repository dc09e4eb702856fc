"""Addresses of the section, below the admin's."""

from django.urls import path

from . import views

app_name = "lifecycle"
urlpatterns = [
    path("", views.IndexView.as_view(), name="index"),
    path("restore/", views.RestoreView.as_view(), name="restore"),
    path("archives/<uuid:job_id>/", views.DownloadView.as_view(), name="download"),
    path("site/<slug:code>/", views.SiteView.as_view(), name="site"),
    path("site/<slug:code>/suspend/", views.SuspendView.as_view(), name="suspend"),
    path("site/<slug:code>/resume/", views.ResumeView.as_view(), name="resume"),
    path("site/<slug:code>/export/", views.ExportView.as_view(), name="export"),
    path("site/<slug:code>/delete/", views.ScheduleView.as_view(), name="schedule"),
    path("site/<slug:code>/keep/", views.CancelView.as_view(), name="cancel"),
    path("site/<slug:code>/delete-now/", views.DeleteNowView.as_view(), name="delete"),
]
