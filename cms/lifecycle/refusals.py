"""Why something can't be done to a site; the message says what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(ValueError):
    """The base of what this room's services refuse. Nothing has been changed."""


class UnknownSite(Refused):
    """Raised for a code that no site has."""

    def __init__(self, code: str) -> None:
        super().__init__(_("There is no site with the code “%(code)s”.") % {"code": code[:40]})


class NotThisKind(Refused):
    """Raised for sites that the installation can't do without, or that nobody can archive."""

    def __init__(self, code: str) -> None:
        text = _(
            "The site “%(code)s” can't be suspended, archived or deleted: only missions' sites can."
        )
        super().__init__(text % {"code": code})


class ToBeDeleted(Refused):
    """Raised for a change of a site that waits for its deletion."""

    def __init__(self, code: str) -> None:
        text = _("The site “%(code)s” is to be deleted: cancel that first.")
        super().__init__(text % {"code": code})


class NotToBeDeleted(Refused):
    """Raised where there is no deletion to cancel or to carry out."""

    def __init__(self, code: str) -> None:
        super().__init__(_("The site “%(code)s” is not to be deleted.") % {"code": code})


class NotConfirmed(Refused):
    """Raised where the code that was typed is not the site's."""

    def __init__(self, code: str) -> None:
        text = _("To confirm, type the code of the site: %(code)s. Nothing was changed.")
        super().__init__(text % {"code": code})


class PlaceTaken(Refused):
    """Raised where a site can't be restored under a code or host name."""

    def __init__(self, what: str) -> None:
        text = _("“%(what)s” belongs to another site already: restore under another name.")
        super().__init__(text % {"what": what})


class BadPlace(Refused):
    """Raised for a code or host name that no site can have."""

    def __init__(self, what: str) -> None:
        text = _(
            "“%(what)s” can't be the code or the host name of a site: use small letters, digits "
            "and hyphens, and dots in host names."
        )
        super().__init__(text % {"what": what})


class ArchiveMissing(Refused):
    """Raised where a site is to be deleted and has no whole archive."""

    def __init__(self, code: str) -> None:
        text = _("The site “%(code)s” has no whole archive yet: nothing was deleted.")
        super().__init__(text % {"code": code})
