"""What a test reads from site.css: its rules and, for each kind of site, its colour tokens."""

import re
from pathlib import Path

STATIC = Path(__file__).parents[2] / "missions_site" / "static" / "site"
SOURCE = re.sub(r"/\*.*?\*/", "", (STATIC / "site.css").read_text(encoding="utf-8"), flags=re.S)
KINDS = ("directory", "mission", "committee", "candiweb", "portal")
SCHEMES = ("light", "dark")


def blocks(prelude: str, source: str = SOURCE) -> list[str]:
    """The bodies of every block that begins with `prelude`, braces balanced."""
    bodies = []
    for match in re.finditer(re.escape(prelude) + r"\s*\{", source):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(source[end], 0)
            end += 1
        bodies.append(source[match.end() : end - 1])
    return bodies


DARK = blocks("@media (prefers-color-scheme: dark)")[0]
_AT_RULES = [body for prelude in re.findall(r"@[^{;]+", SOURCE) for body in blocks(prelude.strip())]


def _light_source() -> str:
    rest = SOURCE
    for body in _AT_RULES:
        rest = rest.replace(body, "")
    return rest


def _colours(selector: str, source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for body in blocks(selector, source):
        found |= dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-fA-F]{3,6})\b", body))
    return found


def tokens(kind: str, scheme: str) -> dict[str, str]:
    """{"--paper": "#fff", …} as the cascade leaves them on <html> of this kind of site."""
    sources = [_light_source()] + ([DARK] if scheme == "dark" else [])
    result: dict[str, str] = {}
    for source in sources:
        result |= _colours("\n:root" if source is not DARK else ":root", source)
        result |= _colours(f'[data-site-kind="{kind}"]', source)
    return result


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two hex colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
