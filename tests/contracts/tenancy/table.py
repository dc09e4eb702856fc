"""What fills each parameter of each address. A pattern that this can't fill fails the test by name:
add its line here, or better, call its parameter what others call theirs.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import models
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.admin.models import EditingSession
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    APIToken,
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
    Revision,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)

from cms.finding.models import SavedSearch
from cms.library.models import AgendaItem, Document, DocumentFile, Subject
from cms.lifecycle.models import SiteJob
from cms.media.models import File, SiteImage
from cms.pages.models import Page, SiteProfile
from cms.people.models import Invitation
from cms.people.views.actions import INVITATION_ACTIONS, PERSON_ACTIONS
from cms.translation.models import ReleaseSet

from .addresses import Address
from .sources import Fixed, Made, Of, Source, pages


class Unfillable(LookupError):
    """Raised for a pattern with a parameter that the table does not know."""

    def __init__(self, address: Address, parameter: str) -> None:
        super().__init__(
            f"{address.name} ({address.route}): the canary crawler can't fill “{parameter}”: "
            "say in tests/contracts/tenancy/table.py whose object it is."
        )


#: Patterns that have no name.
IMAGES = "^media/(?P<path>.*)$"
FILES = "^files/(?P<file_id>[0-9]+)/(?P<filename>.*)$"
#: How to write the address of a pattern that has no name.
TEMPLATES = {
    IMAGES: "/media/{path}",
    FILES: "/files/{file_id}/{filename}",
    "admin/test404/": "/admin/test404/",
    "admin/^.*/$": "/admin/nothing-here/",
}


def _secret_image(tenant: Any) -> str:
    return tenant.media["secret_image"].file.name


def _secret_file(tenant: Any) -> str:
    return tenant.media["secret_file"].filename


def _code(tenant: Any) -> str:
    return tenant.code


def _home_url(tenant: Any) -> str:
    return f"http://{tenant.host}/en/"


def _draft_path(tenant: Any) -> str:
    return tenant.pages.get("draft", tenant.pages["home"]).url_path.split("/", 2)[2]


#: By the name of the parameter, wherever it appears.
PARAMETERS: dict[str, Source] = {
    **dict.fromkeys(
        ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"), Of(Page)
    ),
    **dict.fromkeys(("revision_id", "revision_id_a", "revision_id_b"), Of(Revision)),
    "task_state_id": Of(TaskState),
    "task_id": Of(Task),
    "workflow_state_id": Of(WorkflowState),
    "workflow_pk": Of(Workflow),
    "collection_id": Of(Collection),
    "redirect_id": Of(Redirect),
    "document_id": Of(File),
    "doc_id": Of(File),
    "image_id": Of(SiteImage),
    "uploaded_file_id": Of(UploadedFile),
    "session_id": Of(EditingSession),
    "page_view_restriction_id": Of(PageViewRestriction),
    "restriction_id": Of(CollectionViewRestriction),
    "object_id": Of(Page),
    "language": Fixed("ar", "en"),
    "target": Fixed("ar", "en"),
    "filter_spec": Fixed("max-165x165"),
    "code": Made(_code),
    "job_id": Of(SiteJob, made_up="00000000-0000-4000-8000-000000000000"),
    "uidb64": Made(
        lambda tenant: urlsafe_base64_encode(force_bytes(next(iter(tenant.people.values())).pk)),
        made_up=urlsafe_base64_encode(b"987654321"),
    ),
    "token": Fixed("c0ffee-0123456789abcdef0123456789abcdef"),
    "user_id": Of(User),
    "type_name": Fixed("missions.NewsPage"),
    "symbol": Fixed("A/RES/60/1"),
    "file_format": Fixed("pdf"),
    "kept_file": Of(DocumentFile),
    "rest": Fixed("nothing-here"),
    "section": Fixed("pages", "documents"),
}

#: `pk` where the view does not say which model it is about.
PK_OF: dict[str, Source] = {
    "wagtailadmin_api:pages": Of(Page),
    "wagtailadmin_api:documents": Of(File),
    "wagtailadmin_api:images": Of(SiteImage),
    "wagtailadmin_collections": Of(Collection),
    "wagtailadmin_workflows": Of(Workflow),
    "wagtailadmin_pages": Of(Page),
    "wagtailusers_users": Of(User),
    "wagtailusers_groups": Of(Group),
    "wagtailusers_api_tokens": Of(APIToken),
    "wagtailsites": Of(Site),
    "wagtaildocs_chooser": Of(File),
    "wagtailimages_chooser": Of(SiteImage),
    "wagtailsnippets_library_document": Of(Document),
    "wagtailsnippets_library_subject": Of(Subject),
    "wagtailsnippets_library_agendaitem": Of(AgendaItem),
    "wagtailsnippetchoosers_library_document": Of(Document),
    "wagtailsnippetchoosers_library_subject": Of(Subject),
    "wagtailsnippetchoosers_library_agendaitem": Of(AgendaItem),
    "wagtailsettings": Of(Site),
}


_APP_AND_MODEL = {
    "content_type_app_name": Fixed("missions"),
    "content_type_model_name": Fixed("newspage"),
}
_TASKS = {"app_label": Fixed("wagtailcore"), "model_name": Fixed("groupapprovaltask")}
_EDITED = {"app_label": Fixed("missions"), "model_name": Fixed("newspage")}
_IN_WORKFLOW: dict[str, Source] = {
    "page_id": pages("workflow"),
    "action_name": Fixed("approve", "reject"),
}

#: Addresses whose parameters mean something of their own, or want an object in a certain state.
OVERRIDES: dict[str, dict[str, Source]] = {
    "wagtailadmin_api:pages:action": {
        "action_name": Fixed("publish", "unpublish", "copy", "move", "delete", "create_alias")
    },
    "wagtailadmin_pages:add": {**_APP_AND_MODEL, "parent_page_id": pages("section:news")},
    "wagtailadmin_pages:preview_on_add": {
        **_APP_AND_MODEL,
        "parent_page_id": pages("section:news"),
    },
    "wagtailadmin_pages:type_use": _APP_AND_MODEL,
    "wagtailadmin_pages:type_use_results": _APP_AND_MODEL,
    "wagtailadmin_pages:choose_parent": _EDITED,
    "wagtailadmin_pages:convert_alias": {"page_id": pages("alias")},
    "wagtailadmin_pages:add_subpage": {"parent_page_id": pages("section:news")},
    "wagtailadmin_pages:move_confirm": {"destination_id": pages("section:news")},
    "wagtailadmin_pages:workflow_action": _IN_WORKFLOW,
    "wagtailadmin_pages:collect_workflow_action_data": _IN_WORKFLOW,
    "wagtailadmin_pages:confirm_workflow_cancellation": _IN_WORKFLOW,
    "wagtailadmin_pages:workflow_preview": _IN_WORKFLOW,
    "wagtailadmin_pages:workflow_history": _IN_WORKFLOW,
    "wagtailadmin_pages:workflow_history_detail": _IN_WORKFLOW,
    "wagtailadmin_pages:unlock": {"page_id": pages("locked")},
    "wagtailadmin_workflows:add_task": _TASKS,
    "wagtailadmin_workflows:edit_task": {"pk": Of(Task)},
    "wagtailadmin_workflows:disable_task": {"pk": Of(Task)},
    "wagtailadmin_workflows:enable_task": {"pk": Of(Task)},
    "wagtailadmin_workflows:remove": {"page_pk": pages("home")},
    "wagtailadmin_tag_model_autocomplete": {
        "app_name": Fixed("taggit", "media"),
        "model_name": Fixed("tag", "imagetag", "filetag"),
    },
    "wagtailadmin_editing_sessions:ping": _EDITED,
    "wagtailsettings:edit": {
        "app_name": Fixed("missions"),
        "model_name": Fixed("newspage"),
    },
    "wagtailsettings:preview_on_edit": {
        "app_name": Fixed("missions"),
        "model_name": Fixed("newspage"),
    },
    "people:person": {"pk": Of(User)},
    "people:act": {"pk": Of(User), "action": Fixed(*PERSON_ACTIONS)},
    "people:invitation_act": {"pk": Of(Invitation), "action": Fixed(*INVITATION_ACTIONS)},
    **dict.fromkeys(
        (
            "translation:set",
            "translation:set_edit",
            "translation:set_release",
            "translation:set_cancel",
        ),
        {"pk": Of(ReleaseSet)},
    ),
    "saved_search": {"pk": Of(SavedSearch)},
    "search_facet": {"name": Fixed("kind", "site", "year")},
    **dict.fromkeys(
        ("library_imports:import", "library_imports:report"),
        {"job_id": Fixed("00000000-0000-4000-8000-000000000000")},
    ),
    "wagtailapi_v3:detail_site": {"name": Made(_code, public=True)},
    "wagtaildocs_serve": {
        "0": Of(File, "secret_file"),
        "1": Made(_secret_file),
    },
    IMAGES: {"path": Made(_secret_image, made_up="original_images/nobody-has-this.png")},
    FILES: {"file_id": Of(File, "secret_file"), "filename": Made(_secret_file)},
    "page": {"path": Made(_draft_path, made_up="nobody-has-this/")},
    "wagtail_serve": {"path": Made(_draft_path, made_up="nobody-has-this/")},
}

#: Query strings of single addresses. A source is filled with the caller's own, the victim's, a
#: made-up one.
QUERIES: dict[str, list[dict[str, Any]]] = {
    "wagtailadmin_choose_page": [{"page_type": "pages.page"}, {"page_type": "missions.newspage"}],
    "wagtailadmin_choose_page_child": [{"page_type": "missions.newspage", "multiple": "1"}],
    "wagtailadmin_choose_page_search": [{"q": "zanzibird", "page_type": "pages.page"}],
    "wagtailadmin_choose_page_chosen_multiple": [{"id": Of(Page)}],
    "wagtailadmin_choose_page_external_link": [{"link_url": Made(_home_url, public=True)}],
    "translation:board": [
        {"site": Of(SiteProfile)},
        {"on_it": Of(User)},
        {"q": "zanzibird", "ordering": "age"},
        {"export": "csv"},
    ],
    "translation:board_results": [{"on_it": Of(User), "_w_filter_fragment": "1"}],
    "translation:sets": [{"q": "zanzibird"}, {"state": "planned"}],
    "wagtailadmin_tag_autocomplete": [{"term": "zanzi"}],
    "wagtailadmin_tag_model_autocomplete": [{"term": "zanzi"}],
    "wagtaildocs_chooser:chosen_multiple": [{"id": Of(File)}],
    "wagtailimages_chooser:chosen_multiple": [{"id": Of(SiteImage)}],
    "wagtailimages_chooser:chosen": [{"select_format": "true"}],
    "wagtaildocs_chooser:choose_results": [{"q": "zanzibird"}, {"collection_id": Of(Collection)}],
    "wagtailimages_chooser:choose_results": [
        {"q": "zanzibird"},
        {"tag": "zanzibird canaryegysec tag"},
        {"collection_id": Of(Collection)},
    ],
    "wagtailadmin_explore": [{"search_all": "1", "q": "zanzibird"}],
    "wagtailadmin_explore_results": [{"search_all": "1", "q": "zanzibird"}],
    "wagtailadmin_pages:search": [{"q": "zanzibird", "content_type": "missions.newspage"}],
    "wagtailadmin_pages:search_results": [{"q": "zanzibird"}],
    "wagtailadmin_pages:usage": [{"describe_on_delete": "True"}],
    "wagtailimages:image_usage": [{"describe_on_delete": "True"}],
    "wagtaildocs:document_usage": [{"describe_on_delete": "True"}],
    "wagtailadmin_api:pages:listing": [
        {"fields": "*", "search": "zanzibird"},
        {"child_of": Of(Page, "section:news"), "fields": "*"},
        {"descendant_of": Of(Page, "home"), "fields": "*"},
        {"for_explorer": "1", "child_of": Of(Page, "home")},
        {"id": Of(Page)},
        {"ancestor_of": Of(Page)},
        {"translation_of": Of(Page)},
    ],
    "wagtailadmin_api:pages:find": [{"id": Of(Page)}],
    "wagtailadmin_api:images:listing": [{"fields": "*", "search": "zanzibird"}, {"fields": "*"}],
    "wagtailadmin_api:documents:listing": [{"fields": "*", "search": "zanzibird"}, {"fields": "*"}],
    "wagtailadmin_api:images:find": [{"id": Of(SiteImage)}],
    "wagtailadmin_api:documents:find": [{"id": Of(File)}],
    "wagtailapi_v3:list_pages": [
        {"site": Made(_code, public=True), "limit": "100"},
        {"site": "all", "limit": "100"},
        {"child_of": Of(Page, "section:news")},
        {"descendant_of": Of(Page, "home")},
        {"type": "missions.NewsPage", "fields": "*", "site": "all"},
        {"site": Made(_code, public=True), "version": "draft"},
    ],
    "wagtailapi_v3:detail_page": [{"version": "draft"}],
    "wagtailapi_v3:search": [
        {"q": "zanzibird"},
        {"q": "zanzibird", "site": "all", "limit": "100"},
        {"q": "zanzibirt", "site": "all"},
        {"sort": "newest", "site": "all", "facets": Fixed("site", "kind", "subject")},
    ],
    "wagtailapi_v3:search_suggestions": [
        {"q": "zanzib", "site": "all", "limit": "20"},
        {"q": "canary", "site": "all", "limit": "20"},
    ],
    "wagtailapi_v3:list_images": [{"site": "all", "limit": "100"}],
    "wagtailapi_v3:list_documents": [{"site": "all", "limit": "100"}],
    "wagtailapi_v3:list_redirects": [{"site": "all"}],
    "wagtailapi_v3:find_redirect": [{"html_path": "/zanzibird-canaryegysec"}],
    "wagtail_bulk_action": [
        {"id": "all", "childOf": Of(Page, "section:news")},
        {"id": "all"},
    ],
    "search": [
        {"q": "zanzibird"},
        {"q": "zanzibird", "scope": "all"},
        {"q": "zanzibirt", "scope": "all"},
        {"sort": "newest", "scope": "all"},
    ],
    "search_suggestions": [{"q": "zanzib", "scope": "all"}, {"q": "canary"}],
    "search_facet": [{"q": "zanzibird", "scope": "all"}, {"sort": "newest", "scope": "all"}],
    "library:list": [{"format": name} for name in ("ris", "csv", "marcxml", "json", "atom")],
    "library:document": [{"format": name} for name in ("ris", "csv", "marcxml", "json")],
    "library:harvest": [
        {"verb": "ListRecords", "metadataPrefix": "oai_dc"},
        {"verb": "ListRecords", "metadataPrefix": "marc21"},
        {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"},
        {"verb": "ListSets"},
    ],
    "translation:glossary": [{"q": "veto", "kind": "term"}],
    "translation:export": [{"page": Of(Page)}, {"page": Of(Page, "home")}],
    "translation:import": [{"page": Of(Page)}],
}


def _bulk_combinations() -> list[dict[str, Any]]:
    bulk_action_registry._scan_for_bulk_actions()
    return [
        {"app_label": app_label, "model_name": model_name, "action": action}
        for app_label, of_app in bulk_action_registry.actions.items()
        for model_name, actions in of_app.items()
        for action in actions
    ]


def combinations(address: Address) -> list[dict[str, Any]]:
    """Values of an address that go together, one dict a combination; [{}] where none do."""
    if address.name == "wagtail_bulk_action":
        return _bulk_combinations()
    return [{}]


def source_of(address: Address, parameter: str) -> Source:
    """What fills a parameter. Raises Unfillable."""
    override = OVERRIDES.get(address.name, {}).get(parameter)
    if override is not None:
        return override
    if parameter in ("pk", "id", "object_id"):
        return _object_of(address, parameter)
    try:
        return PARAMETERS[parameter]
    except KeyError:
        raise Unfillable(address, parameter) from None


def _object_of(address: Address, parameter: str) -> Source:
    if address.namespace in PK_OF:
        return PK_OF[address.namespace]
    if address.model is not None:
        return Of(address.model)
    if parameter in PARAMETERS:
        return PARAMETERS[parameter]
    raise Unfillable(address, parameter)


def queries_of(address: Address, filled: dict[str, Source]) -> list[dict[str, Any]]:
    """The query strings that mean something at an address."""
    return [*QUERIES.get(address.name, []), *_filters_of(address), *_bulk_objects(address, filled)]


def _bulk_objects(address: Address, filled: dict[str, Source]) -> list[dict[str, Any]]:
    """The objects of a bulk action, whose model the address names."""
    if address.name != "wagtail_bulk_action":
        return []
    named = [filled[name].values[0] for name in ("app_label", "model_name")]  # type: ignore
    return [{"id": Of(apps.get_model(*named))}]


def _filters_of(address: Address) -> list[dict[str, Any]]:
    """One query a filter that offers objects: filtering by a stranger's must find nothing."""
    filterset = getattr(address.view, "filterset_class", None)
    found: list[dict[str, Any]] = []
    for name, declared in getattr(filterset, "base_filters", {}).items():
        model = _filtered_model(declared)
        if model is not None:
            found.append({name: Of(model)})
    return found


def _filtered_model(declared: Any) -> type[models.Model] | None:
    queryset = declared.extra.get("queryset")
    model = getattr(queryset, "model", None)
    return model if isinstance(model, type) else None
