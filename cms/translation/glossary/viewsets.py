"""The terms in the admin, for the Secretariat."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.access.record_viewsets import RecordViewSet
from cms.languages import codes
from cms.languages.fields import column

from ..models import Term


class TermViewSet(RecordViewSet):
    """Official names, other wordings, and what is not to be used."""

    model = Term
    name = "terms"
    icon = "openquote"
    menu_label = _("Terms")
    add_to_admin_menu = False  # its way leads over the glossary that everybody reads
    list_display: ClassVar[list[str]] = ["name", "kind", "attribution"]
    list_filter: ClassVar[list[str]] = ["kind"]
    list_per_page = 50
    search_fields: ClassVar[list[str]] = [
        "key",
        *[column(field, code) for field in ("name", "full_name") for code in codes.CODES],
    ]
    details = [
        FieldPanel("kind"),
        FieldPanel("note"),
        FieldPanel("attribution"),
    ]
