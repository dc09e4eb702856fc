"""Draft proposals: what is before the committee, who put it there and what became of it."""

from __future__ import annotations

from typing import Any

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.languages import codes
from cms.languages.fields import column
from cms.languages.record_fields import StateCodeField, require_one_language

from .bureau import CommitteeSession
from .fields import unverified_field
from .programme import AgendaItem, Meeting


class DraftState(models.TextChoices):
    """Where a draft proposal stands. Changed by `cms.committees.services` only."""

    TABLED = "tabled", _("Tabled")
    REVISED = "revised", _("Revised")
    ADOPTED_WITHOUT_VOTE = "adopted_without_vote", _("Adopted without a vote")
    ADOPTED_BY_VOTE = "adopted_by_vote", _("Adopted by vote")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NOT_ADOPTED = "not_adopted", _("Not adopted")

    @property
    def badge(self) -> str:
        """The state's name in the component kit."""
        return {
            DraftState.ADOPTED_WITHOUT_VOTE: "adopted",
            DraftState.ADOPTED_BY_VOTE: "adopted-vote",
        }.get(self, self.value.replace("_", "-"))

    @property
    def is_open(self) -> bool:
        """Whether the committee has yet to act."""
        return self in (DraftState.TABLED, DraftState.REVISED)


class DraftKind(models.TextChoices):
    RESOLUTION = "resolution", _("Draft resolution")
    DECISION = "decision", _("Draft decision")
    AMENDMENT = "amendment", _("Amendment")


class DraftProposal(ClusterableModel):
    """A draft resolution, draft decision or amendment. Translated: `title`, `on_behalf_of`.

    `symbol`: of the current version ("A/C.3/78/L.14/Rev.1"), "" where it is not known; `slug`: the
    last part of its address, from the first version's symbol, and kept when it is revised; votes
    are None where the draft was not voted on or the figures are not known.
    """

    session = models.ForeignKey(
        CommitteeSession, on_delete=models.CASCADE, related_name="drafts", verbose_name=_("session")
    )
    slug = models.SlugField(_("address"), max_length=64, blank=True)
    symbol = models.CharField(_("symbol"), max_length=64, blank=True)
    kind = models.CharField(
        _("kind"), max_length=16, choices=DraftKind.choices, default=DraftKind.RESOLUTION
    )
    title = models.CharField(_("title"), max_length=500, blank=True)
    on_behalf_of = models.CharField(
        _("on behalf of"),
        max_length=255,
        blank=True,
        help_text=_("The group of States in whose name the main sponsor speaks."),
    )
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("agenda item"),
    )
    amends = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("amends"),
    )
    state = models.CharField(
        _("state"), max_length=24, choices=DraftState.choices, default=DraftState.TABLED
    )
    tabled_on = models.DateField(_("tabled on"), null=True, blank=True)
    acted_on = models.DateField(_("action taken on"), null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("meeting"),
    )
    votes_yes = models.PositiveSmallIntegerField(_("in favour"), null=True, blank=True)
    votes_no = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField(_("abstaining"), null=True, blank=True)
    orally_revised = models.BooleanField(_("as orally revised"), default=False)
    result_symbol = models.CharField(
        _("resolution or decision"),
        max_length=64,
        blank=True,
        help_text=_("The General Assembly's document that came of it, for example A/RES/78/173."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_unverified = unverified_field()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("draft proposal")
        verbose_name_plural = _("draft proposals")
        constraints = [
            models.UniqueConstraint(fields=["session", "slug"], name="one_draft_an_address"),
            models.UniqueConstraint(
                fields=["symbol"],
                condition=~models.Q(symbol=""),
                name="one_draft_a_symbol",
                violation_error_message=_("Another draft proposal has this symbol."),
            ),
        ]
        indexes = [models.Index(fields=["session", "state"], name="draft_session_state")]

    def __str__(self) -> str:
        return f"{self.symbol or self.session} {self.title}".strip()

    def clean(self) -> None:
        require_one_language(self, "title")
        if self.symbol and not self.symbol.startswith(self.session.symbol_prefix):
            raise ValidationError(
                {
                    "symbol": _("Symbols of this session begin with %(prefix)s.")
                    % {"prefix": self.session.symbol_prefix}
                }
            )
        for name in ("item", "meeting", "amends"):
            other = getattr(self, name)
            if other is not None and other.session_id != self.session_id:
                raise ValidationError({name: _("This belongs to another session.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = self.proposed_slug()
        super().save(*args, **kwargs)

    def proposed_slug(self) -> str:
        """ "l-14" for A/C.3/78/L.14/Rev.1; from the title where there is no symbol."""
        own = self.symbol.removeprefix(self.session.symbol_prefix)
        if own:
            base = own.upper().split("/REV.")[0]
        else:
            base = next(filter(None, (getattr(self, column("title", c)) for c in codes.CODES)), "")
        slug = slugify(anyascii(base).replace(".", "-").replace("/", "-"))[:56].strip("-")
        taken = set(
            DraftProposal.objects.filter(session=self.session)
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
        )
        slug = slug or "draft"
        return next(
            name
            for name in (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
            if name not in taken
        )

    @property
    def draft_state(self) -> DraftState:
        return DraftState(self.state)

    @property
    def was_voted(self) -> bool:
        """Whether the figures of a vote are known."""
        return self.votes_yes is not None and self.votes_no is not None


class Sponsor(models.Model):
    """A State that puts its name to a draft proposal; the first is the main sponsor."""

    draft = ParentalKey(
        DraftProposal, on_delete=models.CASCADE, related_name="sponsors", verbose_name=_("draft")
    )
    state = StateCodeField(_("State"))
    is_main = models.BooleanField(_("main sponsor"), default=False)
    added_on = models.DateField(_("added on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("sponsor")
        verbose_name_plural = _("sponsors")
        constraints = [models.UniqueConstraint(fields=["draft", "state"], name="sponsors_once")]

    def __str__(self) -> str:
        return self.state


class DraftStep(models.Model):
    """One thing that happened to a draft proposal: what its page tells as a history."""

    draft = models.ForeignKey(
        DraftProposal, on_delete=models.CASCADE, related_name="steps", verbose_name=_("draft")
    )
    state = models.CharField(_("state"), max_length=24, choices=DraftState.choices)
    symbol = models.CharField(_("symbol"), max_length=64, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return f"{self.symbol} {self.state}".strip()
