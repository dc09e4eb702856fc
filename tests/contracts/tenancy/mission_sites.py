"""A mission's site with pages of every type and in every state."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    CommentReply,
    PageSubscription,
    PageViewRestriction,
    Revision,
    Site,
    Task,
    TaskState,
    Workflow,
    WorkflowState,
    get_page_models,
)

from cms.access.models import SiteCollection
from cms.lifecycle.models import JobKind, JobStatus, SiteJob
from cms.media.models import SiteImage
from cms.missions.models import HomePage, NewsPage, StandardPage
from cms.missions.services import provision_mission
from cms.pages.models import Page
from cms.people.services import RoleChoice, invite
from cms.signin.models import SignInRule
from tests.missions.factories import MissionFactory

from .filling import fill
from .tenants import Tenant, add_media, add_people, add_saved_search, add_together, titled


def build_mission(code: str, **names: Any) -> Tenant:
    """The site of a mission (`code`: "EGY"), full of canaries."""
    MissionFactory(code=code, **names)
    profile = provision_mission(code).profile
    collection = SiteCollection.objects.get(site=profile).collection
    tenant = Tenant(code.lower(), profile, collection)
    add_people(tenant)
    add_media(tenant)
    _fill_home(tenant)
    _add_leaves(tenant)
    _add_states(tenant)
    _add_workflow(tenant)
    _add_traces(tenant)
    _add_redirects(tenant)
    _add_rooms(tenant)
    add_together(tenant)
    add_saved_search(tenant)
    return tenant


def mission_page_types() -> list[type[Page]]:
    """Every page type that a mission's site may have."""
    return [
        model
        for model in get_page_models()
        if model._meta.app_label == "missions" and model.__name__ != "DirectoryPage"
    ]


def _fill_home(tenant: Tenant) -> None:
    home = HomePage.objects.get(pk=tenant.profile.site.root_page_id)
    tenant.pages["home"] = _published(tenant, titled(tenant, home))
    for section in Page.objects.child_of(home).specific():
        titled(tenant, section, secret=not section.live)
        _fill_children(tenant, section)
        if section.live:
            _published(tenant, section)
        else:
            section.save_revision(user=tenant.people["editor"])
            section.save()
        tenant.pages[f"section:{section.slug}"] = section


def _fill_children(tenant: Tenant, page: Page) -> None:
    """What a page holds in tables of its own: people, offices, hours."""
    for relation in type(page)._meta.related_objects:
        if isinstance(relation.field, ParentalKey) and relation.model is type(page):
            child = relation.related_model(**{relation.field.name: page})
            fill(child, tenant.public, related={SiteImage: tenant.media["public_image"]})
            getattr(page, relation.get_accessor_name()).add(child)


def _add_leaves(tenant: Tenant) -> None:
    """A published page of each type that has none yet, with an unpublished change."""
    for model in mission_page_types():
        if model.objects.descendant_of(tenant.pages["home"], inclusive=True).exists():
            continue
        parent = _parent_for(model, tenant)
        page = titled(tenant, model(slug=f"{tenant.public.slug}-{model._meta.model_name}"))
        parent.add_child(instance=page)
        tenant.pages[model._meta.model_name] = _published(tenant, page)


def _parent_for(model: type[Page], tenant: Tenant) -> Page:
    for parent_model in model.allowed_parent_page_models():
        found = parent_model.objects.descendant_of(tenant.pages["home"], inclusive=True).first()
        if found is not None:
            return found
    raise LookupError(f"The canary world has no parent for {model._meta.label}: add one.")


def _published(tenant: Tenant, page: Page) -> Page:
    """Live with public words, and a later revision with secret ones."""
    editor = tenant.people["editor"]
    page.owner = editor
    page.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
    draft = type(page).objects.get(pk=page.pk)
    fill(draft, tenant.secret)
    draft.save_revision(user=editor, log_action=True)
    return type(page).objects.get(pk=page.pk)


def _add_states(tenant: Tenant) -> None:
    editor, home = tenant.people["editor"], tenant.pages["home"]
    news = tenant.pages["newspage"].get_parent()
    for state in ("draft", "scheduled", "workflow", "locked", "deleted", "expiring"):
        page = titled(tenant, NewsPage(slug=f"{tenant.secret.slug}-{state}"), secret=True)
        page.live, page.owner = False, editor
        tenant.pages[state] = news.add_child(instance=page)
        page.save_revision(user=editor, log_action=True)
    _schedule(tenant.pages["scheduled"], editor)
    locked = tenant.pages["locked"]
    locked.locked, locked.locked_by, locked.locked_at = True, editor, timezone.now()
    locked.save()
    tenant.pages.pop("deleted").delete(user=editor)
    for state in ("restricted", "password"):
        page = titled(tenant, StandardPage(slug=f"{tenant.secret.slug}-{state}"), secret=True)
        home.add_child(instance=page)
        page.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
        tenant.pages[state] = page
    restriction = PageViewRestriction.objects.create(
        page=tenant.pages["restricted"], restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set([tenant.profile.role_groups.first().group])
    PageViewRestriction.objects.create(
        page=tenant.pages["password"],
        restriction_type=PageViewRestriction.PASSWORD,
        password=tenant.secret.token,
    )
    tenant.pages["alias"] = tenant.pages["newspage"].create_alias(
        parent=news, update_slug=f"{tenant.public.slug}-alias"
    )
    tenant.prefer(tenant.pages["newspage"], tenant.pages["draft"])


def _schedule(page: Page, editor: Any) -> None:
    page.go_live_at = timezone.now() + datetime.timedelta(days=300)
    page.save_revision(user=editor, approved_go_live_at=page.go_live_at)
    page.save()


def _add_workflow(tenant: Tenant) -> None:
    home, submitted = tenant.pages["home"], tenant.pages["workflow"]
    workflow = Workflow.objects.get(workflow_pages__page=home)
    task = Task.objects.get(workflow_tasks__workflow=workflow)
    for named in (workflow, task):
        named.name = f"{named.name} {tenant.secret.name}"
        named.save()
    workflow.start(submitted, tenant.people["editor"])
    state = WorkflowState.objects.get(object_id=str(submitted.pk))
    task_state = TaskState.objects.get(workflow_state=state)
    task_state.comment = tenant.secret.text("ru")
    task_state.save()
    tenant.prefer(workflow, task, state, task_state)


def _add_traces(tenant: Tenant) -> None:
    """Comments, subscriptions, sessions of editing, log entries with data."""
    editor, page = tenant.people["editor"], tenant.pages["newspage"]
    comment = Comment.objects.create(
        page=page, user=editor, text=tenant.secret.text("es"), contentpath="title_fr", position=""
    )
    CommentReply.objects.create(comment=comment, user=editor, text=tenant.secret.text("zh"))
    PageSubscription.objects.create(page=page, user=editor, comment_notifications=True)
    content_type = page.content_type
    EditingSession.objects.create(
        user=editor,
        content_type=content_type,
        object_id=str(page.pk),
        last_seen_at=timezone.now(),
        is_editing=True,
    )
    FormState.objects.create(
        user=editor,
        content_type=content_type,
        object_id=str(tenant.pages["draft"].pk),
        parent_object_id="",
        data=f"title_fr={tenant.secret.token}",
        last_updated_at=timezone.now(),
    )
    log(
        instance=page,
        action="wagtail.rename",
        user=editor,
        data={"title": {"old": tenant.secret.text("ar"), "new": tenant.secret.text("en")}},
    )
    for instance in (*tenant.media.values(), editor, tenant.collection):
        log(instance=instance, action="wagtail.edit", user=editor, title=tenant.secret.name)
    tenant.prefer(Revision.objects.filter(object_id=str(page.pk)).earliest("pk"))


def _add_rooms(tenant: Tenant) -> None:
    """What the rooms of tenancy keep for each site: invitations, archives, a way of signing in."""
    words, administrator = tenant.secret, tenant.people["mission_administrator"]
    invitation = invite(
        f"{words.token}-invited@example.org",
        [RoleChoice("editor")],
        site=tenant.profile,
        by=administrator,
        language="ar",
    )
    job = SiteJob.objects.create(
        kind=JobKind.EXPORT,
        status=JobStatus.DONE,
        site=tenant.profile,
        code=tenant.code,
        requested_by=administrator,
        place={"file": f"{words.slug}.zip"},
        error=words.text("fr"),
        notes=[words.text("ar")],
        stamp=words.token,
    )
    SignInRule.objects.create(site=tenant.profile)
    tenant.prefer(invitation, job)


def _add_redirects(tenant: Tenant) -> None:
    site = Site.objects.get(pk=tenant.profile.site_id)
    # What a redirect says, whoever visits its old address learns.
    old = f"/{tenant.public.slug}"
    link = f"https://{tenant.public.token}.example.org/"
    first = Redirect.objects.create(old_path=old, site=site, redirect_link=link)
    Redirect.objects.create(
        old_path=f"{old}-page",
        site=site,
        redirect_page=Page.objects.get(pk=tenant.pages["newspage"].pk),
    )
    tenant.prefer(first)
