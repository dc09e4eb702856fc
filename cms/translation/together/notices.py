"""The letter to the people of a set that waits at its moment, written outside the request."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.users.models import UserProfile

from cms.access.roles import Permission
from cms.access.selectors import may
from cms.languages import codes
from cms.pages.models import PageLanguage

from ..models import ReleaseSet
from .gate import blocked, look


def tell_people_of(release_set: ReleaseSet, lines: list[dict[str, Any]]) -> None:
    """Have a letter written to each of the people of a set. `lines`: what it waits for."""
    for person in people_of(release_set, lines):
        write_notice.enqueue(set_pk=release_set.pk, user_pk=person.pk)


def people_of(release_set: ReleaseSet, lines: list[dict[str, Any]]) -> list[User]:
    """Who planned the set and who is on what it waits for, if they still work on the site."""
    ids = {release_set.made_by_id}
    pages = {line["page"] for line in lines}
    wanted = {(line["page"], line["language"]) for line in lines}
    rows = PageLanguage.objects.filter(page__in=pages - {None}, translator__isnull=False)
    for page, language, translator in rows.values_list("page", "language", "translator"):
        if (page, language) in wanted:
            ids.add(translator)
    people = User.objects.filter(pk__in=ids - {None}, is_active=True).exclude(email="")
    return [user for user in people if may(user, Permission.USE_ADMIN, release_set.site)]


@task()
def write_notice(*, set_pk: int, user_pk: int) -> None:
    """Send one person the letter about a set, in their language. Nothing happens where either is
    gone. Raises what the mail server raises."""
    release_set = (
        ReleaseSet.objects.select_related("site__site__root_page").filter(pk=set_pk).first()
    )
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if release_set is None or user is None:
        return
    with codes.override(_language_of(user)):
        subject, body = _letter(release_set)
    send_mail(subject, body, None, [user.email])


def _language_of(user: User) -> str:
    profile = UserProfile.objects.filter(user=user).first()
    return codes.normalise(profile.preferred_language if profile else "") or codes.active()


def _letter(release_set: ReleaseSet) -> tuple[str, str]:
    """(subject, body) in the active language."""
    failed = bool(release_set.report.get("error"))
    subject = (
        _("Could not go out: %(name)s") if failed else _("Waits at its moment: %(name)s")
    ) % {"name": release_set.name}
    path = reverse("translation:set", args=[release_set.pk])
    context = {
        "set": release_set,
        "error": release_set.report.get("error", ""),
        # As it stands now and in the reader's language, not as the report has kept it.
        "lines": blocked(look(release_set)) or release_set.report.get("blocked", []),
        "url": f"{release_set.site.site.root_url}{path}",
    }
    # One line, whatever somebody called the set.
    return " ".join(subject.split()), render_to_string("translation/mail/set_waits.txt", context)
