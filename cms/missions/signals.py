"""What follows when a mission's pages or records change."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from cms.languages.names import official_names_changed
from cms.pages.sites import site_path, touch_all_sites, touch_site_of

from .models import Mission, PeoplePage, Person, RegionalGroup


@receiver(page_published, sender=PeoplePage)
def representative_changed(sender: type, instance: PeoplePage, **kwargs: Any) -> None:
    """The mission's permanent representative is the person marked on the page of people."""
    follow_representative(instance)


def follow_representative(page: PeoplePage) -> None:
    """Let the mission of a page's site name the person whom the page marks, or nobody."""
    marked = Person.objects.filter(page_id=page.pk, is_representative=True).first()
    mission = Mission.objects.filter(profile__site__root_page__path=site_path(page)).first()
    if mission is not None and mission.representative_id != (marked.pk if marked else None):
        Mission.objects.filter(pk=mission.pk).update(representative=marked)
        touch_site_of(page)


@receiver([post_save, post_delete], sender=Mission)
@receiver([post_save, post_delete], sender=RegionalGroup)
def record_changed(sender: type, **kwargs: Any) -> None:
    """Names of States and groups stand on many sites."""
    touch_all_sites()


@receiver([post_save, post_delete], sender=Mission)
def names_changed(sender: type, instance: Mission, **kwargs: Any) -> None:
    """Whoever keeps a copy of the official names hears of it."""
    official_names_changed.send(sender=sender, codes=[instance.code])
