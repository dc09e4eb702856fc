"""Addresses of Wagtail's admin that are answered by views of ours. Mounted before Wagtail's own.

Each has the path that Wagtail gives it (`tests/access/test_replaced_views.py` watches) and no name,
so that Wagtail's names lead here. `docs/tenancy.md` says why each is here.
"""

from __future__ import annotations

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.media import uploads

from . import bulk, editing, reports
from .redirects import views as redirects

urlpatterns = [
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", bulk.bulk_action),
    path("documents/multiple/add/", uploads.AddFilesView.as_view()),
    path(
        "editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/",
        editing.ping,
    ),
    path("images/multiple/add/", uploads.AddImagesView.as_view()),
    path("redirects/", redirects.IndexView.as_view()),
    path("redirects/results/", redirects.IndexView.as_view(results_only=True)),
    path("redirects/add/", redirects.CreateView.as_view()),
    path("redirects/<int:redirect_id>/", redirects.EditView.as_view()),
    path("redirects/<int:redirect_id>/delete/", redirects.DeleteView.as_view()),
    path("redirects/import/", redirects.ImportView.as_view()),
    path("redirects/import/process/", redirects.ImportView.as_view()),
    path("reports/locked/", reports.LockedPagesView.as_view()),
    path("reports/locked/results/", reports.LockedPagesView.as_view(results_only=True)),
    path("reports/workflow/", reports.WorkflowView.as_view()),
    path("reports/workflow/results/", reports.WorkflowView.as_view(results_only=True)),
    path("reports/workflow_tasks/", reports.WorkflowTasksView.as_view()),
    path("reports/workflow_tasks/results/", reports.WorkflowTasksView.as_view(results_only=True)),
]
# As Wagtail wraps its own (`wagtail.admin.urls`).
for _wrap in (require_admin_access, display_custom_404, never_cache):
    urlpatterns = decorate_urlpatterns(urlpatterns, _wrap)
