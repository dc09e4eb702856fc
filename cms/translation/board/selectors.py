"""What stands on the board, in a fixed number of queries however many pages and sites there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Lower, NullIf
from django.urls import reverse
from django.utils.text import capfirst

from cms.access.models import RoleGroup
from cms.access.roles import Permission, get_role
from cms.access.selectors import roles_with
from cms.access.standing import STANDING
from cms.access.writing import writable_languages, writes_by_language
from cms.languages import codes
from cms.languages.fields import column
from cms.languages.states import State
from cms.pages.models import Page, PageLanguage, SiteProfile
from cms.pages.sites import site_path

#: States in which somebody has something to do.
TO_DO = (State.MISSING, State.IN_PROGRESS, State.NEEDS_REVIEW, State.OUTDATED)
#: In the order of a translation's life, as the board counts them.
ORDER = (
    State.SOURCE,
    State.MISSING,
    State.IN_PROGRESS,
    State.NEEDS_REVIEW,
    State.OUTDATED,
    State.CURRENT,
    State.RELEASED,
    State.WITHDRAWN,
)


def pages_in_sight() -> QuerySet[Page]:
    """The pages inside the walls of the request, without the tree's root and without aliases,
    which say what their original says."""
    return Page.objects.filter(depth__gt=1, alias_of__isnull=True)


def matching(pages: QuerySet[Page], cells: Q) -> QuerySet[Page]:
    """The pages of which a language fulfils `cells`, a condition on `PageLanguage`."""
    if not cells:
        return pages
    return pages.filter(Exists(PageLanguage.objects.filter(cells, page=OuterRef("pk"))))


def measured(pages: QuerySet[Page], cells: Q) -> QuerySet[Page]:
    """The pages with what they are sorted by: `board_words` (to go), `waiting_since` (the oldest
    of what waits) and `board_title`, over the languages that fulfil `cells`."""
    rows = PageLanguage.objects.filter(cells, page=OuterRef("pk")).order_by().values("page")
    waiting = rows.filter(state__in=TO_DO)
    title = column("title", codes.active())
    measurable: Any = pages
    return measurable.rewrite(False).annotate(
        board_words=Coalesce(
            Subquery(rows.annotate(n=Sum("words_to_go")).values("n")),
            Value(0),
            output_field=IntegerField(),
        ),
        waiting_since=Subquery(
            waiting.annotate(since=Min("state_since")).values("since"),
            output_field=DateTimeField(),
        ),
        board_title=Lower(Coalesce(NullIf(title, Value("")), "draft_title")),
    )


@dataclass
class LanguageTotal:
    """One language of the pages counted. `counts`: {state: how many}, `words`: to go."""

    language: codes.Language
    counts: dict[State, int] = field(default_factory=dict)
    words: int = 0

    def in_order(self) -> list[tuple[State, int]]:
        """(state, how many), every state."""
        return [(state, self.counts.get(state, 0)) for state in ORDER]


def totals(pages: QuerySet[Page]) -> list[LanguageTotal]:
    """How the six languages of the pages stand. One query."""
    found = {language.code: LanguageTotal(language) for language in codes.LANGUAGES}
    rows = (
        PageLanguage.objects.filter(page__in=pages.order_by().values("pk"))
        .values("language", "state")
        .annotate(pages=Count("pk"), words=Sum("words_to_go"))
        .order_by()
    )
    for row in rows:
        total = found[row["language"]]
        total.counts[State(row["state"])] = row["pages"]
        total.words += row["words"]
    return list(found.values())


@dataclass(frozen=True)
class Cell:
    """One language of a page. `mine`: whether the user may say who is on it; `matches`: whether it
    is what the filters ask for; `translator`: who is on it, "" for nobody."""

    language: codes.Language
    row: PageLanguage | None
    state: State | None
    mine: bool
    matches: bool
    url: str
    translator: str = ""
    is_me: bool = False

    @property
    def key(self) -> str:
        """What a button sends to name it: "12.fr"."""
        return f"{self.row.page_id}.{self.language.code}" if self.row else ""


@dataclass(frozen=True)
class BoardRow:
    """A page and its six languages."""

    page: Page
    title: str
    language: codes.Language
    type: str
    site: str
    edit_url: str
    words: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Wanted:
    """What the filters ask of a language, so that the board can mark what fulfils it."""

    languages: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()

    def covers(self, row: PageLanguage) -> bool:
        """Whether a language is one of those asked for (by language and state)."""
        return (not self.languages or row.language in self.languages) and (
            not self.states or row.state in self.states
        )


def with_languages(pages: QuerySet[Page]) -> QuerySet[Page]:
    """The pages with all that a row shows. Two more queries."""
    rows = PageLanguage.objects.select_related("translator")
    lean = pages.select_related("content_type").defer("translations", "draft_translations")
    return lean.prefetch_related(Prefetch("page_languages", queryset=rows, to_attr="language_rows"))


def board_rows(pages: Sequence[Page], user: User, wanted: Wanted) -> list[BoardRow]:
    """The rows of pages that `with_languages` found. Two queries, the user's roles among them."""
    sites = sites_of(pages)
    return [_board_row(page, user, wanted, sites.get(site_path(page))) for page in pages]


def sites_of(pages: Iterable[Page]) -> dict[str, SiteProfile]:
    """{path of the home page: site} of the sites that pages belong to. One query."""
    paths = {site_path(page) for page in pages}
    found = SiteProfile.objects.filter(site__root_page__path__in=paths)
    return {
        profile.site.root_page.path: profile for profile in found.select_related("site__root_page")
    }


def _board_row(page: Page, user: User, wanted: Wanted, site: SiteProfile | None) -> BoardRow:
    title, code = title_of(page)
    mine = writable_languages(user, page)
    rows = {row.language: row for row in page.language_rows}
    return BoardRow(
        page=page,
        title=title,
        language=codes.get(code),
        type=type_of(page),
        site=site.code if site else "",
        edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        words=getattr(page, "board_words", 0),
        cells=[_cell(page, rows.get(code), code, mine, user, wanted) for code in codes.CODES],
    )


def _cell(
    page: Page,
    row: PageLanguage | None,
    code: str,
    mine: frozenset[str],
    user: User,
    wanted: Wanted,
) -> Cell:
    translator = row.translator if row else None
    is_me = translator is not None and translator.pk == user.pk
    is_free = translator is None or is_me or not writes_by_language(user, page)
    return Cell(
        language=codes.get(code),
        row=row,
        state=State(row.state) if row else None,
        mine=code in mine and is_free,
        matches=row is not None and wanted.covers(row),
        url=_where_to_write(page, code),
        translator=name_of(translator) if translator else "",
        is_me=is_me,
    )


def _where_to_write(page: Page, code: str) -> str:
    """The source is written in the editor, a translation beside its source."""
    if code == page.source_language:
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return f"{edit}#tab-language_{code}"
    return reverse("translation:side_by_side", args=[page.pk, code])


def title_of(page: Page) -> tuple[str, str]:
    """(title, code of its language): what readers see, else what the draft is called."""
    title, code = page.text("title", codes.active())
    if title:
        return title, code
    return page.draft_title or str(page.pk), page.source_language or codes.active()


def site_label(site: SiteProfile) -> str:
    """A site under its name, with the code that tells two apart."""
    return f"{title_of(site.site.root_page)[0]} ({site.code})"


def type_of(page: Page) -> str:
    """The name of a page's type. No query where the content type was selected."""
    model = page.content_type.model_class()
    return capfirst(str(model._meta.verbose_name)) if model else ""


def name_of(person: User) -> str:
    """What lists call a person."""
    return person.get_full_name() or person.get_username()


def writers(site: SiteProfile, language: str = "") -> QuerySet[User]:
    """The people who hold a role on a site by which they may write a language of its pages (any
    language where none is named). The Secretariat is not among them: it holds none *on* the site.
    """
    writing = roles_with(Permission.CHANGE_PAGE)
    giving = RoleGroup.objects.filter(STANDING, site=site, role__in=writing)
    if language:
        by_language = [role for role in writing if get_role(role).by_language]
        giving = giving.exclude(Q(role__in=by_language) & ~Q(language=language))
    return User.objects.filter(
        pk__in=User.objects.filter(groups__role_group__in=giving).values("pk"), is_active=True
    ).order_by("last_name", "first_name", "username")


def people_on(pages: QuerySet[Page]) -> QuerySet[User]:
    """The people who are on a language of one of these pages. No query of its own."""
    rows = PageLanguage.objects.filter(
        page__in=pages.order_by().values("pk"), translator__isnull=False
    )
    return User.objects.filter(pk__in=rows.values("translator")).order_by(
        "last_name", "first_name", "username"
    )
