"""Who may read what: each denial with the allow that proves it can fail."""

import pytest
from django.contrib.auth.models import Group, User
from wagtail.models import APIToken, PageViewRestriction

from cms.access.audiences import may_read
from cms.api.scope import Scope, readable_pages
from cms.languages import codes
from cms.pages.models import Page
from tests.api.conftest import publish, token_of
from tests.many_pages import copy_page


def ids(response):
    assert response.status_code == 200, response.content
    return {item["id"] for item in response.json()["items"]}


@pytest.mark.parametrize("code", codes.CODES)
def test_a_restricted_page_is_nobodys_and_its_neighbour_everybodys(api, problem, add_news, code):
    hidden, shown = add_news(title_fr="Caché", slug="a"), add_news(title_fr="Montré", slug="b")
    restriction = PageViewRestriction.objects.create(
        page=hidden, restriction_type="password", password="x"
    )
    assert shown.pk in ids(api("pages/", lang=code))
    assert hidden.pk not in ids(api("pages/", lang=code))
    problem(api(f"pages/{hidden.pk}/", lang=code), 404)
    problem(api("pages/find/", html_path=f"/{code}/actualites/a/", lang=code), 404)
    restriction.delete()
    assert hidden.pk in ids(api("pages/", lang=code))
    assert api(f"pages/{hidden.pk}/", lang=code).status_code == 200


def test_what_is_restricted_after_it_was_kept_is_not_served_from_there(api, problem, news):
    assert api(f"pages/{news.pk}/").status_code == 200
    PageViewRestriction.objects.create(page=news, restriction_type="login")
    problem(api(f"pages/{news.pk}/"), 404)


def test_the_portal_is_read_by_delegates_and_by_nobody_else(api, problem, portal, delegate, nobody):
    home = portal.site.root_page
    host = "portal.localhost"
    assert home.pk in ids(api("pages/", host=host, token=delegate))
    assert api(f"pages/{home.pk}/", host=host, token=delegate).json()["title"] == "Portal"
    for token in (None, nobody):
        assert ids(api("pages/", host=host, token=token)) == set()
        problem(api(f"pages/{home.pk}/", host=host, token=token), 404)
        assert home.pk not in ids(api("pages/", site="all", token=token))
    assert home.pk in ids(api("pages/", site="all", token=delegate))


def test_who_may_not_know_a_page_is_told_what_a_made_up_id_is_told(api, portal, stranger, home):
    hidden = portal.site.root_page
    draft = home.add_child(instance=Page(title_fr="Brouillon", live=False, source_language="fr"))
    for query in ({}, {"version": "draft"}):
        for page, token in ((hidden, None), (draft, stranger), (draft, None)):
            if query and token is None:
                continue
            refused = api(f"pages/{page.pk}/", site="all", token=token, **query)
            made_up = api("pages/999999/", site="all", token=token, **query)
            assert (refused.status_code, refused.content) == (404, made_up.content)


def test_a_draft_is_read_by_its_editor_only(api, problem, news, editor, stranger, delegate):
    news.title_fr = "La guerre"
    news.save_revision()
    assert api(f"pages/{news.pk}/", lang="fr").json()["title"] == "La paix"
    assert api(f"pages/{news.pk}/", lang="fr", token=editor).json()["title"] == "La paix"
    draft = api(f"pages/{news.pk}/", lang="fr", token=editor, version="draft")
    assert draft.json()["title"] == "La guerre"
    assert draft["Cache-Control"] == "private, no-store"
    problem(api(f"pages/{news.pk}/", version="draft"), 401)
    problem(api(f"pages/{news.pk}/", version="draft", token=stranger), 404)
    problem(api(f"pages/{news.pk}/", version="draft", token=delegate), 404)


def test_an_unpublished_page_is_in_no_list(api, problem, news):
    news.unpublish()
    assert news.pk not in ids(api("pages/"))
    problem(api(f"pages/{news.pk}/"), 404)
    publish(news)
    assert news.pk in ids(api("pages/"))


def test_a_bad_token_is_refused_and_a_good_one_is_not(api, problem, news, editor):
    user = User.objects.get(username="editor")
    for header in ("Bearer nonsense", "Bearer ", "Basic ZTp4", "nonsense", "", "Bearer \xe9\xff"):
        told = api("pages/", headers={"authorization": header})
        problem(told, 401)
        assert "Bearer" in told["WWW-Authenticate"]
    assert api("pages/", token=editor).status_code == 200
    user.is_active = False
    user.save()
    problem(api("pages/", token=editor), 401)
    user.is_active = True
    user.save()
    APIToken.objects.get(user=user).revoke()
    problem(api("pages/", token=editor), 401)


def test_a_session_is_nobody_here(api, client, problem, fra, portal):
    user = User.objects.create_superuser("root")
    client.force_login(user)
    problem(api("whoami/"), 401)
    problem(api(f"pages/{portal.site.root_page.pk}/", host="portal.localhost"), 404)
    token = APIToken.create_token(user=user, name="x")[1]
    assert api("whoami/", token=token).json()["user"]["username"] == "root"


def test_the_filter_and_the_check_are_one_rule(api, fra, add_news, portal, delegate, nobody):
    pages = [add_news(title_fr=f"N{number}", slug=f"n{number}") for number in range(4)]
    PageViewRestriction.objects.create(page=pages[0], restriction_type="login")
    PageViewRestriction.objects.create(page=pages[1], restriction_type="password", password="x")
    groups = PageViewRestriction.objects.create(page=pages[2], restriction_type="groups")
    groups.groups.set([Group.objects.create(name="Some")])
    for name in ("delegate", "nobody"):
        user = User.objects.get(username=name)
        listed = set(readable_pages(user, Scope(None, "")).values_list("pk", flat=True))
        everything = Page.objects.filter(depth__gte=2)
        assert listed == {page.pk for page in everything if may_read(user, page)}
        assert pages[3].pk in listed
    assert portal.site.root_page.pk in set(
        readable_pages(User.objects.get(username="delegate"), Scope(None, "")).values_list(
            "pk", flat=True
        )
    )


def test_many_restrictions_cost_no_query_each(api, home, django_assert_max_num_queries):
    first = home.add_child(instance=Page(title_fr="P", source_language="fr"))
    for page in [first, *copy_page(first, [f"P{number}" for number in range(59)])]:
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    with django_assert_max_num_queries(8):
        assert ids(api("pages/", site="all")) >= {home.pk}


def test_the_secretariat_reads_the_portal_too(api, fra, portal):
    token = token_of("secretary", "secretariat")
    assert api(f"pages/{portal.site.root_page.pk}/", site="portal", token=token).status_code == 200
