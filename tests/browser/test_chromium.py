"""The browser that the other tests of this folder stand on."""

import pytest


def test_a_page_with_a_fault_is_reported_and_one_without_is_not(browser_page, accessibility_faults):
    browser_page.set_content("<html lang=en><title>t</title><main><h1>A</h1><img src=x></main>")
    assert any(fault.startswith("image-alt") for fault in accessibility_faults(browser_page))
    browser_page.set_content("<html lang=en><title>t</title><main><h1>A</h1></main>")
    assert accessibility_faults(browser_page) == []


@pytest.mark.parametrize(
    ("language", "sample"),
    [
        ("ar", "بعثة دائمة"),
        ("zh", "常驻代表团"),
        ("en", "Permanent Mission"),
        ("fr", "Mission permanente"),
        ("ru", "Постоянное представительство"),
        ("es", "Misión Permanente"),
    ],
)
def test_a_font_for_each_language_is_installed(browser_page, language, sample):
    """A missing glyph is drawn as the same box whatever the letter, so it equals what
    a code point without a letter draws."""
    browser_page.set_content(f"<html lang={language}><p id=p></p>")
    drawn = browser_page.evaluate(
        """sample => {
            const canvas = document.createElement("canvas").getContext("2d");
            canvas.font = "40px sans-serif";
            return [...sample.replaceAll(" ", "")].map(letter => {
                canvas.clearRect(0, 0, 300, 150);
                canvas.fillText(letter, 10, 60);
                const letterDrawn = canvas.getImageData(0, 0, 300, 150).data.join();
                canvas.clearRect(0, 0, 300, 150);
                canvas.fillText("\\u{10FFFD}", 10, 60);
                return letterDrawn !== canvas.getImageData(0, 0, 300, 150).data.join();
            });
        }""",
        sample,
    )
    assert drawn
    assert all(drawn)
