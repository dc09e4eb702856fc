"""Queries whose SQL is written once: asked anew each time, and the same for whoever asks."""

from django.db.models import BigIntegerField, TextField

from cms.pages.kept_sql import Asked, KeptQuery
from cms.pages.models import Page
from cms.tenancy.scope import NOTHING, limited_to


def test_what_is_given_stands_where_it_was_asked_for(home, root, django_assert_num_queries):
    kept = KeptQuery(
        lambda depth: Page.objects.filter(
            pk__in=[Asked("one", BigIntegerField()), Asked("two", BigIntegerField())],
            slug=Asked("slug", TextField()),
            depth=depth,
        ).values("pk", "slug")
    )
    with django_assert_num_queries(4):
        assert kept.rows(home.depth, one=home.pk, two=root.pk, slug=home.slug) == [
            {"pk": home.pk, "slug": home.slug}
        ]
        assert kept.rows(home.depth, one=root.pk, two=home.pk, slug="' OR 1=1 --") == []
        assert kept.rows(root.depth, one=home.pk, two=root.pk, slug=home.slug) == []
        assert len(kept.rows(root.depth, one=home.pk, two=root.pk, slug=root.slug)) == 1


def test_the_walls_around_who_asks_first_are_not_kept(home):
    kept = KeptQuery(
        lambda: Page.objects.filter(pk=Asked("page", BigIntegerField())).values("pk"),
    )
    with limited_to(NOTHING):
        assert not Page.objects.filter(pk=home.pk).exists()
        assert kept.rows(page=home.pk) == [{"pk": home.pk}]
    assert kept.rows(page=home.pk) == [{"pk": home.pk}]
    assert kept.rows(page=home.pk + 1000) == []
