"""Text as readers and the index want it, from letters as a program drew them."""

from __future__ import annotations

import re
import unicodedata

#: Ligatures and the shapes of Arabic letters: the letters that they stand for.
_SHAPES = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdff\ufe70-\ufefc]+")
#: A hyphen that only the end of a line asked for (PDFium gives U+0002).
_SOFT_HYPHEN = re.compile("[\u00ad\x02\ufffe][ \t]*\n?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\uffff]")
_HAN = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef"
_BROKEN_HAN = re.compile(f"(?<=[{_HAN}])[ \t]*\n[ \t]*(?=[{_HAN}])")
_BLANKS = re.compile("[ \t\u00a0]+")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


def tidied(text: str, *, broken_lines: bool = False) -> str:
    """The text without what can't be printed, each blank once. `broken_lines`: its lines end where
    a page was full, so that Chinese, which has no blanks, is joined again."""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SOFT_HYPHEN.sub("", text)
    text = _UNPRINTABLE.sub("", text)
    text = _SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = _BLANKS.sub(" ", text)
    if broken_lines:
        text = _BROKEN_HAN.sub("", text)
    return _EMPTY_LINES.sub("\n\n", text).strip()
