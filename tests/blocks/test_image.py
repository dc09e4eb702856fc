"""Images: alternative text, formats and sizes."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from PIL import Image as Picture

from blocks.body import StandardBody
from blocks.renditions import ImageChooser, renditions_of
from tests.blocks.factories import LANGUAGES, make_image, raw_block
from tests.blocks.texts import WORDS

pytestmark = pytest.mark.django_db

#: Encoding AVIF is slow: what does not look at sizes takes a small image.
SMALL = {"width": 48, "height": 32}

BODY = StandardBody()


def _stream(image: Any, **parts: Any) -> Any:
    raw = raw_block("image", "ar", image)
    raw["value"] |= parts
    return BODY.to_python([raw])


def _errors(error: ValidationError) -> dict:
    return error.block_errors[0].block_errors  # type: ignore[attr-defined]


@pytest.mark.parametrize("missing", ["", "   "])
def test_an_image_without_alternative_text_is_refused_beside_that_part(missing: str) -> None:
    with pytest.raises(ValidationError) as refused:
        BODY.clean(_stream(make_image(**SMALL), alt_text=missing.strip()))
    assert set(_errors(refused.value)) == {"alt_text"}


def test_an_image_that_only_decorates_needs_none_and_shows_none() -> None:
    value = BODY.clean(_stream(make_image(**SMALL), alt_text="", decorative=True))
    assert 'alt=""' in BODY.render(value)


def test_what_a_decorative_image_once_said_is_not_shown() -> None:
    value = BODY.clean(_stream(make_image(**SMALL), decorative=True))
    assert WORDS["ar"]["hall"] not in BODY.render(value)
    assert BODY.get_api_representation(value)[0]["value"]["image"]["alt"] == ""


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_alternative_text_is_the_columns_own(code: str) -> None:
    value = BODY.clean(BODY.to_python([raw_block("image", code, make_image(**SMALL))]))
    assert f'alt="{WORDS[code]["hall"]}"' in BODY.render(value)
    assert BODY.get_api_representation(value)[0]["value"]["image"]["alt"] == WORDS[code]["hall"]


def test_a_draft_may_wait_for_its_alternative_text() -> None:
    assert BODY.clean_deferred(_stream(make_image(**SMALL), alt_text=""))


def test_an_image_that_was_deleted_shows_nothing_and_breaks_nothing() -> None:
    image = make_image(**SMALL)
    value = BODY.to_python([raw_block("image", "es", image)])
    image.delete()
    assert "<figure" not in BODY.render(value)
    assert BODY.get_api_representation(value)[0]["value"]["image"] is None


def test_avif_and_webp_are_really_made_in_each_width_and_none_is_enlarged() -> None:
    image = make_image(width=1200, height=800)
    made = renditions_of(image)
    assert made is not None
    assert made.fallback.type == "image/jpeg"
    assert (made.fallback.width, made.fallback.height) == (960, 640)
    assert [(s.type, s.width) for s in made.sources] == [
        ("image/avif", 480), ("image/avif", 960), ("image/avif", 1200),
        ("image/webp", 480), ("image/webp", 960), ("image/webp", 1200),
    ]  # fmt: skip
    formats = {
        rendition.filter_spec.rpartition("-")[2]: Picture.open(rendition.file.path).format
        for rendition in image.renditions.all()
    }
    assert formats == {"avif": "AVIF", "webp": "WEBP", "jpeg": "JPEG"}


def test_a_small_image_is_given_once_a_format() -> None:
    made = renditions_of(make_image(width=300, height=200))
    assert made is not None
    assert [(s.type, s.width) for s in made.sources] == [("image/avif", 300), ("image/webp", 300)]


def test_a_portrait_is_cut_to_four_by_five() -> None:
    made = renditions_of(make_image(width=1200, height=800), "portrait")
    assert made is not None
    assert (made.fallback.width, made.fallback.height) == (320, 400)


def test_a_lost_file_leaves_the_alternative_text_in_its_place() -> None:
    image = make_image(**SMALL)
    image.file.storage.delete(image.file.name)
    html = BODY.render(_stream(image))
    assert WORDS["ar"]["hall"] in html
    assert "<img" not in html


def _tag(arguments: str, **context: Any) -> str:
    template = Template("{% load block_images %}{% responsive_image " + arguments + " %}")
    return template.render(Context(context))


def test_the_tag_gives_sizes_dimensions_and_lazy_loading() -> None:
    html = _tag('image alt sizes="50vw"', image=make_image(), alt='A "quoted" hall')
    assert '<source type="image/avif" srcset="' in html
    assert html.count('sizes="50vw"') == 2
    assert 'width="960" height="640" loading="lazy"' in html
    assert "A &quot;quoted&quot; hall" in html


def test_the_first_image_of_a_page_is_not_lazy() -> None:
    html = _tag('image "" loading="eager"', image=make_image(**SMALL))
    assert 'loading="lazy"' not in html
    assert 'fetchpriority="high"' in html


def test_the_tag_shows_nothing_where_there_is_no_image() -> None:
    assert _tag('image ""', image=None).strip() == ""


def test_the_api_gives_absolute_addresses_to_other_sites(rf: Any) -> None:
    value = _stream(make_image(**SMALL))
    [block] = BODY.get_api_representation(value, context={"request": rf.get("/api/")})
    urls = [rendition["url"] for rendition in block["value"]["image"]["renditions"]]
    assert urls
    assert all(url.startswith("http://testserver/") for url in urls)


def test_the_same_image_twice_is_two_objects() -> None:
    image = make_image(**SMALL)
    first, second, gone = ImageChooser().bulk_to_python([image.pk, image.pk, None])
    assert first == second == image
    assert first is not second
    assert gone is None
