"""What is known of each language of a page beside its words: where its draft stands, when it was
released, when it shall be, and who is on it.

Kept by `cms.pages.publication`, which computes a row's state anew whenever a draft is saved or a
language released; the words themselves are in the page's row (what is live) and in its latest
revision (the draft).
"""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.languages import codes
from cms.languages.states import State

LANGUAGE_CHOICES = [(language.code, language.name) for language in codes.LANGUAGES]


class PageLanguage(models.Model):
    """One language of one page. Every saved page has six rows, whatever it is written in.

    `state`: of the latest draft; `state_since`: when it became so; `words_to_go`: words (Chinese:
    characters) of the source that are not translated or have changed since. `first_released_at`
    and `last_released_at`: of its words; `released_digest`: fingerprint of the words that readers
    see, or saw last; `withdrawn_at`: set from withdrawal to the next release. `release_at` and
    `withdraw_at`: the plan; `release_revision`: whose words go out then. `translator`: who is on
    it.
    """

    page = models.ForeignKey("pages.Page", models.CASCADE, related_name="page_languages")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    state = models.CharField(_("state"), max_length=12, choices=[(s.value, s.value) for s in State])
    state_since = models.DateTimeField(_("since"))
    words_to_go = models.PositiveIntegerField(_("words to go"), default=0)
    is_released = models.BooleanField(_("released"), default=False)
    released_digest = models.CharField(max_length=16, blank=True, editable=False)
    first_released_at = models.DateTimeField(_("first released"), null=True, blank=True)
    last_released_at = models.DateTimeField(_("last released"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    release_at = models.DateTimeField(_("to be released"), null=True, blank=True, db_index=True)
    withdraw_at = models.DateTimeField(_("to be withdrawn"), null=True, blank=True, db_index=True)
    release_revision = models.ForeignKey(
        "wagtailcore.Revision", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("language of a page")
        verbose_name_plural = _("languages of pages")
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="one_row_per_page_language")
        ]
        indexes = [models.Index(fields=["language", "state"], name="page_language_state")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.language}"


class SourceWording(models.Model):
    """The words of a part of a page's source, as they were when a translation followed them.

    Kept as long as a translation follows them, so that a translator sees what has changed since.
    `digest`: of the words (`cms.languages.parts`); `value`: a field's text, or a block as
    {"type", "value"}.
    """

    page = models.ForeignKey("pages.Page", models.CASCADE, related_name="source_wordings")
    digest = models.CharField(max_length=16)
    value = models.JSONField(encoder=DjangoJSONEncoder)  # blocks hold dates and numbers

    class Meta:
        verbose_name = _("wording of a source")
        verbose_name_plural = _("wordings of sources")
        constraints = [
            models.UniqueConstraint(fields=["page", "digest"], name="one_wording_per_page")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.digest}"
