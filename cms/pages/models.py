"""The one page model below every page type, and what a site is to us."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import classproperty
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import AbstractPage, DefaultBasePageMixin, Site
from wagtail.models.pages import AbstractPageMeta
from wagtail.search import index

from cms.languages import codes, states
from cms.languages.fields import column, columns, text_in
from cms.languages.fingerprints import is_empty, normalise_text

from . import changing, language_rows, publication, saving
from .forms import PageForm
from .language_models import LANGUAGE_CHOICES, PageLanguage, SourceWording
from .managers import PageManager

#: Languages whose titles need no transliteration to make an address that every keyboard can type.
LATIN = ("en", "fr", "es")

__all__ = ["LANGUAGE_CHOICES", "Page", "PageLanguage", "SiteKind", "SiteProfile", "SourceWording"]


class SiteKind(models.TextChoices):
    """What a site is for; the public design and the editor's home page follow it."""

    DIRECTORY = "directory", _("Directory")
    MISSION = "mission", _("Permanent mission")
    COMMITTEE = "committee", _("Main Committee")
    CANDIWEB = "candiweb", _("CandiWeb")
    PORTAL = "portal", _("Member State portal")


class SiteStatus(models.TextChoices):
    """Whether a site is shown and its people may work; changed by `cms.lifecycle` alone."""

    ACTIVE = "active", pgettext_lazy("of a site", "Active")
    SUSPENDED = "suspended", pgettext_lazy("of a site", "Suspended")


class SiteProfile(models.Model):
    """What a Wagtail site is to us: its kind, its code and the version of its content.

    `code`: "fra", "c1", "candiweb", "portal", "directory"; also the site's key in the search index
    and in the API's `?site=`. `version` grows with every publication on the site, so that what was
    rendered before is not served after.
    """

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="profile")
    kind = models.CharField(_("kind"), max_length=16, choices=SiteKind.choices)
    code = models.SlugField(_("code"), max_length=32, unique=True)
    version = models.PositiveBigIntegerField(default=1, editable=False)
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=SiteStatus.choices,
        default=SiteStatus.ACTIVE,
        editable=False,
    )

    class Meta:
        verbose_name = _("site profile")
        verbose_name_plural = _("site profiles")

    def __str__(self) -> str:
        return self.code

    @property
    def is_suspended(self) -> bool:
        """Whether the site is shown to nobody for the time being."""
        return self.status == SiteStatus.SUSPENDED


class Page(AbstractPage, DefaultBasePageMixin):
    """A page in any subset of the six languages, none of them privileged.

    Each page type names `translated_panels` (fields or panels that each language has of its own;
    default: its translated fields) and `detail_panels` (what all languages share). The source
    language is the one that the others are translated from; English is not required.
    """

    source_language = models.CharField(
        _("source language"),
        max_length=2,
        choices=LANGUAGE_CHOICES,
        blank=True,
        help_text=_("The language that the others are translated from. Default: the site's."),
    )
    #: Fingerprints behind the states of the live (and, in a revision, of the draft) content.
    translations = models.JSONField(default=dict, editable=False, blank=True)
    #: The same for the latest revision, so that listings show the editor's own state of affairs.
    draft_translations = models.JSONField(default=dict, editable=False, blank=True)

    #: Languages that the editor has just confirmed to say what the source says; see `PageForm`.
    confirmed_languages: Collection[str] = ()
    #: Which languages publishing releases; None: those that are ready (`cms.pages.publication`).
    languages_to_release: Collection[str] | None = None
    #: Whether this is a revision's content, so the draft of all six languages.
    is_draft_content = False

    base_form_class = PageForm
    translated_panels: ClassVar[list[Any] | None] = None
    detail_panels: ClassVar[list[Any]] = []
    #: The API's names of a type's own fields; translated ones are given in the language asked for.
    api_fields: ClassVar[list[Any]] = []
    #: "news", "statement", … in the search index; "" keeps a type out of it.
    search_kind: ClassVar[str] = "page"

    objects = PageManager()

    search_fields = [
        *AbstractPage.search_fields,
        *DefaultBasePageMixin.search_fields,
        index.FilterField("source_language"),
        *[index.SearchField(column("title", code)) for code in codes.CODES],
        *[index.AutocompleteField(column("title", code)) for code in codes.CODES],
    ]

    class Meta(AbstractPageMeta):
        # Routing looks a page up by its whole path in one query.
        indexes = [models.Index(fields=["url_path"], name="page_url_path")]

    # --- languages -------------------------------------------------------------------------------

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages in which this page has a title, in the UN's order."""
        return tuple(code for code in codes.CODES if getattr(self, column("title", code)))

    def best_language(self, preferred: str) -> str:
        """The language to show to a reader of `preferred`: that, the source, or the nearest."""
        return codes.best(preferred, self.languages, source=self.source_language) or preferred

    def text(self, field: str, preferred: str) -> tuple[str, str]:
        """(value, code) of a translated field in the preferred language or the best that it has."""
        return text_in(self, field, preferred, source=self.source_language)

    def translation_states(self, *, draft: bool = False) -> dict[str, states.State]:
        """{code: State} of this page's six languages; `draft`: of its latest revision."""
        record = self.draft_translations if draft else self.translations
        return states.states(record, self.source_language)

    def language_states(self) -> dict[str, states.State]:
        """{code: State} of the six languages of the latest draft, readers' side included. One
        query, remembered on the object."""
        if not hasattr(self, "_language_states"):
            rows = dict(self.page_languages.values_list("language", "state"))
            self._language_states = self.translation_states(draft=True) | {
                code: states.State(state) for code, state in rows.items()
            }
        return self._language_states

    def _refresh_translations(self) -> None:
        self.translations = states.refreshed_record(self.translations, self, self.source_language)
        for code in self.confirmed_languages:
            self.translations = states.marked_current(self.translations, code, self.source_language)

    # --- validation and saving -------------------------------------------------------------------

    def _set_core_field_defaults(self) -> None:
        if not self.source_language:
            parent = (
                self.get_parent() if (self.path or hasattr(self, "_cached_parent_obj")) else None
            )
            inherited = getattr(parent, "source_language", "")
            written = self.languages or (inherited or codes.active(),)
            self.source_language = inherited if inherited in written else written[0]
        self._empty_rich_text_to_nothing()
        if not self.slug:
            self.slug = self._proposed_slug()
        with codes.override(self.source_language):
            super()._set_core_field_defaults()

    def _proposed_slug(self) -> str:
        """One slug for all languages, in letters that every keyboard has; "" without a title."""
        for code in (*LATIN, *codes.CODES):
            title = getattr(self, column("title", code))
            base = slugify(anyascii(title or ""))[:200]
            if base and (self.path or hasattr(self, "_cached_parent_obj")):
                return self._get_autogenerated_slug(base)
        return ""

    def _empty_rich_text_to_nothing(self) -> None:
        # An empty rich text is stored as `<p data-block-key="…"></p>`, which would count as a
        # translation and defeat the fallback.
        for name in columns(type(self)):
            value = getattr(self, name)
            if isinstance(value, str) and value.startswith("<") and not normalise_text(value):
                setattr(self, name, "")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._set_core_field_defaults()
        with codes.override(self.source_language):
            super().full_clean(*args, **kwargs)
        saving.check(self)

    def minimal_clean(self) -> None:
        self._set_core_field_defaults()
        with codes.override(self.source_language):
            super().minimal_clean()
        saving.check(self)

    def clean(self) -> None:
        super().clean()
        if not self.languages:
            raise ValidationError(
                {column("title", self.source_language): _("Give the page a title in one language.")}
            )
        # Readers may see a translation before its source: that one has its title in the draft.
        if self.source_language not in (*self.languages, *self.draft_translations):
            raise ValidationError(
                {
                    "source_language": _(
                        "The source language has no title: write it, or choose another source."
                    )
                }
            )

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> Any:
        if not self.source_language:
            self._set_core_field_defaults()
        whole = kwargs.get("update_fields") is None
        if whole:
            if self.is_draft_content and self.live and not self.alias_of_id:
                rows = type(self)._base_manager.select_for_update()
                publication.hold_back(self, rows.filter(pk=self.pk).first())
            self._refresh_translations()
            if not self.has_unpublished_changes:
                self.draft_translations = self.translations
        with codes.override(self.source_language):
            result = super().save(*args, **kwargs)
        if whole:
            self.note_languages()
        return result

    def note_languages(self) -> None:
        """Bring what is known of each language into line with this page as it is stored."""
        if self.is_draft_content and self.live and self.has_unpublished_changes:
            publication.remember_children(self)
        language_rows.note_live(self)

    @transaction.atomic
    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        changing.check(self, args[0] if args else kwargs.get("user"))
        self._refresh_translations()
        self.draft_translations = self.translations
        with codes.override(self.source_language):
            revision = super().save_revision(*args, **kwargs)
        Page.objects.filter(pk=self.pk).update(draft_translations=self.translations)
        language_rows.note_draft(self)
        return revision

    def permissions_for_user(self, user: Any) -> changing.PagePermissions:
        return changing.PagePermissions(user, self)

    # Publishing writes the page, its log and what the index must know: all of it, or nothing.
    @transaction.atomic
    def publish(
        self, revision: Any, *args: Any, languages: Collection[str] | None = None, **kwargs: Any
    ) -> Any:
        """Publish a revision: the languages named, else those that are ready."""
        skip = kwargs.pop("skip_permission_checks", False)
        action = PublishPageRevisionAction(revision, *args, **kwargs)
        if languages is not None:
            action.object.languages_to_release = languages
            action.object.go_live_at = None  # somebody has decided for now
        return action.execute(skip_permission_checks=skip)

    unpublish = transaction.atomic(AbstractPage.unpublish)

    def update_aliases(self, *, _content: Any = None, **kwargs: Any) -> None:
        # What goes live, not the draft that it was made from: Wagtail hands us the revision.
        super().update_aliases(_content=self.serializable_data(), **kwargs)

    def with_content_json(self, content: Mapping[str, Any]) -> Page:
        page = super().with_content_json(content)
        page.is_draft_content = True
        page.source_language = page.source_language or self.source_language
        return page

    @classproperty
    def edit_handler(cls) -> Any:
        """A tab a language, then what all languages share; see `cms.pages.editor`."""
        from .editor import page_tabs

        return page_tabs(cls)

    # --- addresses -------------------------------------------------------------------------------

    @classmethod
    def route_for_request(cls, request: HttpRequest, path: str) -> Any:
        from .routing import route_for_request

        return route_for_request(request, path)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        from .sites import url_parts

        return url_parts(self, request=request, language=codes.active())

    def get_url(
        self, request: HttpRequest | None = None, current_site: Site | None = None
    ) -> str | None:
        parts = self.get_url_parts(request)
        if parts is None:
            return None
        site = current_site or getattr(getattr(request, "site_profile", None), "site", None)
        return parts[2] if site is not None and site.pk == parts[0] else parts[1] + parts[2]

    url = property(get_url)

    def url_in(self, code: str, request: HttpRequest | None = None) -> str | None:
        """The address of this page in one language: a path on its own site, else a full URL."""
        with codes.override(code):
            return self.get_url(request)

    # --- rendering -------------------------------------------------------------------------------

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .rendering import page_context

        return super().get_context(request, *args, **kwargs) | page_context(self, request)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [
            ("", _("Draft, in all its languages")),
            ("released", _("As readers will see it")),
        ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name == "released":
            stored = type(self)._base_manager.filter(pk=self.pk).first()
            try:
                publication.hold_back(self, stored)
            except publication.NotReady as error:
                from .rendering import chrome_context

                context = chrome_context(request, current=self) | {"reasons": error.messages}
                return TemplateResponse(request, "pages/nothing_ready.html", context)
        return super().serve_preview(request, mode_name)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "beside" in request.GET and not kwargs:
            from . import parallel

            return parallel.serve(self, request)
        response = super().serve(request, *args, **kwargs)
        response["Content-Language"] = self.best_language(codes.active())
        return response

    def has_text(self, field: str) -> bool:
        """Whether a translated field says anything in any language."""
        return any(not is_empty(getattr(self, column(field, code))) for code in codes.CODES)
