"""The letter of an invitation, written and sent outside the request.

The job holds only what is no secret: the link is made here, where the letter is written.
"""

from __future__ import annotations

import secrets

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from cms.languages import codes

from .models import Invitation, digest
from .selectors import named


@task()
def write_invitation(*, invitation_pk: int) -> None:
    """Send an invitation's letter, in its language, with a new link on the site's own host.

    Nothing happens to one that is no longer pending. Raises what the mail server raises: the job
    has then failed, and the list of invitations says that the letter was not sent.
    """
    invitation = (
        Invitation.objects.pending()
        .select_related("site__site__root_page", "asked_by")
        .filter(pk=invitation_pk)
        .first()
    )
    if invitation is None:
        return
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=digest(token))
    with codes.override(invitation.language):
        subject, body = _letter(invitation, token)
    send_mail(subject, body, None, [invitation.email])
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())


def _letter(invitation: Invitation, token: str) -> tuple[str, str]:
    """(subject, body) in the active language."""
    site = invitation.site
    path = reverse("invitation", kwargs={"language": invitation.language, "token": token})
    name, _language = site.site.root_page.text("title", invitation.language)
    sender = invitation.asked_by
    context = {
        "site_name": name,
        "site_url": site.site.root_url,
        "sender": (sender.get_full_name() or sender.get_username()) if sender else "",
        "roles": named(list(invitation.roles.all())),
        "url": f"{site.site.root_url}{path}",
        "expires_at": invitation.expires_at,
    }
    subject = _("Invitation to work on the site “%(site)s”") % {"site": name}
    # One line, whatever an editor called the site.
    return " ".join(subject.split()), render_to_string("people/mail/invitation.txt", context)
