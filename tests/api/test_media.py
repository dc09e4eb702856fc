"""Images and files: what published pages show, with alternative text in the language."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.access.models import SiteCollection
from cms.languages import codes
from tests.api.conftest import publish

ALT = {
    "description_ar": "قاعة",
    "description_zh": "会堂",
    "description_en": "The hall",
    "description_fr": "La salle",
    "description_ru": "Зал",
    "description_es": "La sala",
}


def collection(profile):
    return SiteCollection.objects.get(site=profile).collection


def make_image(profile, **fields):
    fields.setdefault("title_en", "Hall")
    return get_image_model().objects.create(
        file=get_test_image_file(size=(320, 200)), collection=collection(profile), **fields
    )


@pytest.fixture
def image(fra):
    return make_image(fra, **ALT)


@pytest.fixture
def shown(news, image):
    news.image = image
    return publish(news)


@pytest.mark.parametrize("code", codes.CODES)
def test_a_pages_image_has_its_alternative_text_in_the_language(api, add_news, image, code):
    page = add_news(**{f"title_{c}": "T" for c in codes.CODES}, image=image, slug="x")
    told = api(f"pages/{page.pk}/", lang=code).json()
    assert told["image"]["alt"] == ALT[f"description_{code}"]
    assert told["meta"]["field_languages"] == {}
    assert told["image"]["renditions"][0]["url"].startswith("http://fra.localhost/media/")
    assert api(f"images/{image.pk}/", lang=code).json()["alt"] == ALT[f"description_{code}"]


def test_an_alternative_text_in_another_language_is_named(api, fra, add_news):
    image = make_image(fra, description_ar="قاعة")
    page = add_news(title_fr="T", image=image)
    told = api(f"pages/{page.pk}/", lang="fr").json()
    assert told["image"]["alt"] == "قاعة"
    assert told["meta"]["field_languages"] == {"image.alt": "ar"}


def test_an_image_that_only_a_draft_shows_is_nobodys_but_its_keepers(
    api, problem, fra, image, news, editor, stranger
):
    problem(api(f"images/{image.pk}/"), 404)
    assert api("images/").json() == {"count": 0, "items": []}
    problem(api(f"images/{image.pk}/", token=stranger), 404)
    assert api(f"images/{image.pk}/", token=editor).status_code == 200
    news.image = image
    news.save_revision()
    problem(api(f"images/{image.pk}/"), 404)
    publish(news)
    assert api(f"images/{image.pk}/").json()["alt"]
    assert api("images/").json()["count"] == 1
    problem(api(f"images/{image.pk}/", host="localhost"), 404)
    assert api(f"images/{image.pk}/", host="localhost", site="fra").status_code == 200
    news.unpublish()
    problem(api(f"images/{image.pk}/"), 404)


@pytest.mark.parametrize("code", codes.CODES)
def test_an_image_is_made_with_words_in_any_language(client, problem, fra, editor, stranger, code):
    def upload(token):
        return client.post(
            "/api/v3/images/",
            {
                "file": SimpleUploadedFile("h.png", get_test_image_file().file.getvalue()),
                f"title_{code}": "T",
                f"description_{code}": ALT[f"description_{code}"],
                "collection_id": collection(fra).pk,
            },
            headers={
                "host": "fra.localhost",
                "accept-language": code,
                **({"authorization": f"Bearer {token}"} if token else {}),
            },
        )

    made = upload(editor)
    assert made.status_code == 201, made.content
    assert made.json()["alt"] == ALT[f"description_{code}"]
    image = get_image_model().objects.get(pk=made.json()["id"])
    assert getattr(image, f"title_{code}") == "T"
    problem(upload(stranger), 422)
    problem(upload(None), 401)
    assert get_image_model().objects.count() == 1


def test_images_are_changed_and_deleted_by_their_keepers(api, problem, image, editor, stranger):
    change = {"description_zh": "大会堂"}
    path = f"images/{image.pk}/"
    problem(api(path, method="patch", json=change, token=stranger), 404)
    problem(api(path, method="delete", token=stranger), 404)
    changed = api(
        path, method="patch", json=change, token=editor, headers={"accept-language": "zh"}
    )
    assert changed.status_code == 200, changed.content
    assert changed.json()["alt"] == "大会堂"
    image.refresh_from_db()
    assert image.description_ar == "قاعة"
    assert api(path, method="delete", token=editor).status_code == 204


@pytest.mark.parametrize("code", codes.CODES)
def test_a_file_is_titled_in_the_language(api, problem, home, fra, editor, stranger, code):
    from cms.missions.models import StatementIndexPage, StatementPage

    titles = {f"title_{c}": f"Texte {c}" for c in codes.CODES}
    file = get_document_model().objects.create(
        file=ContentFile(b"%PDF-1.4 x", name="t.pdf"), collection=collection(fra), **titles
    )
    problem(api(f"files/{file.pk}/"), 404)
    problem(api(f"files/{file.pk}/", token=stranger), 404)
    assert api(f"files/{file.pk}/", token=editor).status_code == 200
    index = home.add_child(instance=StatementIndexPage(title_fr="Déclarations"))
    page = publish(
        index.add_child(
            instance=StatementPage(**{f"title_{c}": "T" for c in codes.CODES}, file=file)
        )
    )
    told = api(f"files/{file.pk}/", lang=code).json()
    assert (told["title"], told["language"], told["extension"]) == (f"Texte {code}", code, "pdf")
    assert told["url"].startswith("http://fra.localhost/files/")
    assert api(f"pages/{page.pk}/", lang=code).json()["file"] == told
    assert api("files/", lang=code).json() == {"count": 1, "items": [told]}


def test_a_file_that_is_not_what_its_name_says_is_refused(client, problem, fra, editor):
    def upload(name, content):
        return client.post(
            "/api/v3/files/",
            {
                "file": SimpleUploadedFile(name, content),
                "title_fr": "T",
                "collection_id": collection(fra).pk,
            },
            headers={"host": "fra.localhost", "authorization": f"Bearer {editor}"},
        )

    problem(upload("t.pdf", b"<html><script>"), 422)
    made = upload("t.pdf", b"%PDF-1.4\n%x")
    assert made.status_code == 201, made.content
    assert get_document_model().objects.count() == 1
