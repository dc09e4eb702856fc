"""The stylesheet: readable in light and dark, whichever way the text runs, and small."""

import gzip
import re
from pathlib import Path

import pytest

from tests.design.stylesheet import KINDS, SCHEMES, SOURCE, STATIC, contrast, tokens

ROOT = Path(__file__).parents[2]
TEXT, GRAPHICS = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-soft") for ground in ("paper", "tint")),
    *((ink, "paper", TEXT) for ink in ("accent", "accent-strong", "second")),
    *((ink, "accent-tint", TEXT) for ink in ("ink", "accent", "accent-strong", "second")),
    *((ink, ground, TEXT) for ink in ("accent", "second") for ground in ("tint",)),
    *(("on-accent", ground, TEXT) for ground in ("accent", "accent-strong")),
    *(
        (ink, ground, TEXT)
        for ink in ("positive", "progress", "caution", "negative")
        for ground in ("paper", "tint")
    ),
    ("ink", "mark", TEXT),
    *((line, ground, GRAPHICS) for line in ("edge", "focus") for ground in ("paper", "tint")),
    ("focus", "accent-tint", GRAPHICS),
]
BAND = [("on-band", "band", TEXT), ("band-soft", "band", TEXT)]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_pair_of_colours_can_be_told_apart(kind, scheme):
    colours = tokens(kind, scheme)
    pairs = PAIRS + (BAND if "--band" in colours else [])
    weak = [
        f"{ink} on {ground}: {ratio:.2f} of {least}"
        for ink, ground, least in pairs
        if (ratio := contrast(colours[f"--{ink}"], colours[f"--{ground}"])) < least
    ]
    assert not weak


def test_dark_and_light_differ_so_that_the_contrast_test_reads_both():
    assert tokens("mission", "light")["--paper"] == "#fff"
    assert contrast(tokens("mission", "dark")["--paper"], "#ffffff") > 10
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_no_physical_side_is_named():
    """Right to left works because nothing says which side is which."""
    sides = re.findall(r"[^\n;{]*(?<![\w-])(?:[\w-]+-)?(?:left|right)\b[^\n;}]*", SOURCE)
    assert not sides
    shorthand = re.findall(
        r"(?:margin|padding|inset|border-radius|border-width):\s*"
        r"(?:[^\s;]+\s+){3}[^\s;]+;",
        SOURCE,
    )
    assert not shorthand, "four values name four sides; write -block and -inline"


def test_colours_come_from_tokens():
    strays = [
        line.strip()
        for line in SOURCE.splitlines()
        if re.search(r"#[0-9a-fA-F]{3,8}\b", line) and not re.search(r"--[\w-]+:\s*#", line)
    ]
    allowed = ("#7ec3ff", "2pt solid #000")  # the globe on the blue cover; ink on paper
    assert [line for line in strays if not any(word in line for word in allowed)] == []


def test_no_font_and_nothing_else_is_downloaded():
    assert "@font-face" not in SOURCE
    assert "@import" not in SOURCE
    assert "url(" not in SOURCE


def test_arabic_and_chinese_have_no_letterspacing_capitals_or_slant():
    for code in ("ar", "zh"):
        rules = "".join(re.findall(rf"^:lang\({code}\) \{{(.*?)\}}", SOURCE, flags=re.S | re.M))
        for token, value in (("tracking", "0"), ("caps", "none"), ("slant", "normal")):
            assert f"--{token}: {value};" in rules
    for name in ("letter-spacing", "text-transform", "font-style"):
        values = set(re.findall(rf"{name}:\s*([^;}}]+)", SOURCE))
        assert values <= {"var(--tracking)", "var(--caps)", "var(--slant)", "normal"}


def test_stylesheet_and_script_leave_most_of_the_home_pages_fifty_kilobytes():
    sizes = [len(gzip.compress((STATIC / name).read_bytes())) for name in ("site.css", "site.js")]
    assert sum(sizes) < 20_000


def test_templates_carry_no_style_of_their_own():
    """The static page for a broken server is the exception: it can count on no stylesheet."""
    folders = [ROOT / name for name in ("missions_site", "cms", "blocks")]
    found = [
        str(path.relative_to(ROOT))
        for folder in folders
        for path in folder.rglob("templates/**/*.html")
        if re.search(r"\sstyle=|<style\b", path.read_text(encoding="utf-8"))
    ]
    assert found == ["missions_site/templates/500.html"]
