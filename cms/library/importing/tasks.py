"""Imports in the worker."""

from __future__ import annotations

import logging

from django.utils import translation
from django_tasks import task
from wagtail.users.models import UserProfile

from ..models import ImportRun
from .loading import ImportTaken
from .records import ImportRefused
from .uploads import run_import

logger = logging.getLogger(__name__)


@task()
def load_documents(run_id: str) -> None:
    """Load the uploaded file of a run, in the language of whoever uploaded it. The run says how it
    went; only faults of ours are raised."""
    run = ImportRun.objects.select_related("requested_by").get(pk=run_id)
    by = run.requested_by
    language = UserProfile.get_for_user(by).get_preferred_language() if by else "en"
    with translation.override(language):
        try:
            run_import(run)
        except (ImportRefused, ImportTaken) as refused:
            logger.info("The import %s was refused: %s", run.pk, type(refused).__name__)
