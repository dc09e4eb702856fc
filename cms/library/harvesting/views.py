"""The address that harvesters ask."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.pages.models import SiteProfile

from ..selectors import SITE
from .answers import Repository, answer, repository_name

ADDRESS = "/oai"


@csrf_exempt  # the protocol knows GET and POST, and neither changes anything
@require_http_methods(["GET", "HEAD", "POST"])
def harvest(request: HttpRequest) -> HttpResponse:
    """`/oai`: OAI-PMH 2.0. The public's view of the library, whoever asks, on every host."""
    asked = request.site_profile
    directory = (
        asked
        if asked.code == SITE
        else SiteProfile.objects.select_related("site").filter(code=SITE).first() or asked
    )
    repository = Repository(
        name=repository_name(),
        base_url=f"{asked.site.root_url}{ADDRESS}",
        root_url=directory.site.root_url,
        host=directory.site.hostname,
    )
    query = request.POST if request.method == "POST" else request.GET
    response = HttpResponse(answer(query, repository), content_type="text/xml; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
