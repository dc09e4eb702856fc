"""Registration only."""

from wagtail import hooks

from .viewsets import CommitteesGroup


@hooks.register("register_admin_viewset")
def committee_records():
    return CommitteesGroup()
