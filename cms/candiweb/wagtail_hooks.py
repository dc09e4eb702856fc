"""Registration only."""

from wagtail import hooks

from .viewsets import ElectionsGroup


@hooks.register("register_admin_viewset")
def election_records():
    return ElectionsGroup()
