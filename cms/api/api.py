"""The API object that is mounted at /api/v3/.

Built when the addresses are made (`missions_site.urls` imports it), after every room's `ready()`
has registered its routers. Its namespace is that of Wagtail's own v3, whose `reverse`s thus hold.
"""

from __future__ import annotations

from functools import cache, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from ninja import NinjaAPI, Router
from wagtail.api.v3.routers.schema import router as schema_router
from wagtail.api.v3.routers.whoami import router as whoami_router

from cms.languages import codes

from . import registry
from .auth import ANYBODY
from .delivery import JSON, governed, json_response
from .errors import method_not_allowed, register_handlers

# Descriptions are read from help texts when the schemas are made, which is under the language of
# whoever asks first, unless we say which.
with codes.override("en"):
    from .endpoints import files, images, page_languages, redirects, sites

DESCRIPTION = (
    "Pages, sites, images, files and documents of the missions to the United Nations, the Main "
    "Committees, CandiWeb and the Member State portal, in six languages. Anyone may read what is "
    "public; changes need a bearer token. Errors are problem details (RFC 9457)."
)
OWN = {
    "/pages/": page_languages.router,
    "/sites/": sites.router,
    "/images/": images.router,
    "/files/": files.router,
    "/redirects/": redirects.router,
    "/schema/": schema_router,
}


class HeadlessAPI(NinjaAPI):
    """Ninja's API, except that HEAD is answered and every refusal has one shape."""

    @property
    def urls(self) -> tuple[list[Any], str, str]:
        patterns, app_name, namespace = super().urls
        for pattern in patterns:
            pattern.callback = _reached(pattern.callback)
        return patterns, app_name, namespace


def _reached(view: Any) -> Any:
    """HEAD is GET without its content; 405 is a problem like any other."""

    @wraps(view)
    def reached(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = view(request, *args, **kwargs)
        if response.status_code == 405 and "problem" not in response["Content-Type"]:
            allowed = response["Allow"]
            response = method_not_allowed(f"{allowed}, HEAD" if "GET" in allowed else allowed)
            response["Cache-Control"] = "no-store"
            response["Content-Language"] = codes.active()
        if is_head:
            request.method = "HEAD"
            if not response.has_header("Content-Length"):
                response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    reached.csrf_exempt = True  # no session is ever trusted here
    return reached


def build_api() -> HeadlessAPI:
    """The API with every router: Wagtail's where they are sound, ours, and the other rooms'."""
    api = HeadlessAPI(
        title="Sites of the missions to the United Nations",
        version="3.0.0",
        description=DESCRIPTION,
        urls_namespace="wagtailapi_v3",
        openapi_url=None,  # Ninja would write the document anew each time; see `_index`
        docs_url=None,  # its page would load scripts from a third party
    )
    register_handlers(api)
    api.add_decorator(governed, mode="view")
    api.add_router("", _index(api))
    for prefix, router in OWN.items():
        api.add_router(prefix, router)
    for resource in registry.resources():
        if resource.prefix in OWN:
            raise registry.RegistryError(
                f"{resource.owner} registers {resource.prefix}, which is the API's own."
            )
        api.add_router(resource.prefix, resource.load())
    api.add_router("/", whoami_router)
    api.add_router("", _rest())
    return api


def _index(api: HeadlessAPI) -> Router:
    router = Router(tags=["index"])

    @router.get("/", auth=ANYBODY, url_name="index", operation_id="index", summary="What there is")
    def index(request: HttpRequest) -> HttpResponse:
        """The addresses of the resources and of the OpenAPI document."""
        root = request.build_absolute_uri(reverse("wagtailapi_v3:api-root"))
        prefixes = [*OWN, *(resource.prefix for resource in registry.resources())]
        return json_response(
            {
                "openapi": request.build_absolute_uri(reverse("wagtailapi_v3:openapi-json")),
                "resources": {prefix.strip("/"): root + prefix.lstrip("/") for prefix in prefixes},
            }
        )

    @router.get("/openapi.json", auth=ANYBODY, url_name="openapi-json", include_in_schema=False)
    def openapi(request: HttpRequest) -> HttpResponse:
        """The OpenAPI 3.1 document, whose descriptions are English."""
        return HttpResponse(
            _document(api), headers={"Content-Language": "en", "Content-Type": JSON}
        )

    return router


@cache
def _document(api: HeadlessAPI) -> bytes:
    """Written once: it takes half a second, and the code alone can change it."""
    with codes.override("en"):
        return json_response(api.get_openapi_schema()).content


def _rest() -> Router:
    """Whatever no other address answers: a missing final slash is added, the rest is not found."""
    router = Router()

    @router.api_operation(
        ["GET", "POST", "PUT", "PATCH", "DELETE"],
        "/{path:rest}",
        auth=ANYBODY,
        include_in_schema=False,
        url_name="rest",
    )
    def rest(request: HttpRequest, rest: str) -> HttpResponse:
        if request.method == "GET" and not rest.endswith("/"):
            try:
                known = resolve(f"{request.path_info}/").url_name not in ("rest", None)
            except Resolver404:
                known = False
            if known:
                query = request.META.get("QUERY_STRING", "")
                return HttpResponseRedirect(f"{request.path}/{'?' if query else ''}{query}")
        raise Http404

    rest.takes_any_parameter = True
    return router


with codes.override("en"):
    api = build_api()
