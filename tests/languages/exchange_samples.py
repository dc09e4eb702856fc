"""Texts with everything that a translation file must not lose, in six languages."""

from pathlib import Path

from hypothesis import strategies as st
from lxml import etree

from cms.languages.exchange.documents import HTML, TEXT, Document, SegmentState, Unit

_SCHEMAS = Path(__file__).parent / "xliff_schema"

_LINK = '<a href="https://un.org/?a=1&amp;b=2">'
_ITEMS = "<ul><li>1 &lt; 2</li><li>H<sub>2</sub>O 💧</li></ul>"
_EMBED = '<hr/><embed embedtype="media" url="https://un.org/v"/>'
_FILE = '<a id="7" linktype="document">'


def _rich(first, last, items=_ITEMS):
    return f"<p>{first}</p>{items}{_EMBED}<p>{_FILE}{last}</a></p>"


#: Nested markup, a link, a document, an embed, a rule, a list, entities, an emoji.
RICH = {
    "en": _rich(
        f"All <b>human <i>beings</i></b> are {_LINK}born free</a> and equal<br/>&amp; endowed with "
        "reason.",
        "Text",
    ),
    "ar": _rich(
        f"يولد <b>جميع <i>الناس</i></b> {_LINK}أحرارًا</a>\u200f متساوين<br/>&amp; "
        "\u2067عقلًا\u2069.",
        "النص",
        _ITEMS.replace("1", "١"),
    ),
    "zh": _rich(f"{_LINK}人人</a><b>生而<i>自由</i></b>，<br/>&amp; 赋有理性。", "全文"),
    "fr": _rich(
        f"Tous les <b>êtres <i>humains</i></b> naissent {_LINK}libres</a> et égaux\u00a0;<br/>"
        "&amp; doués de raison.",
        "Le texte",
    ),
    "ru": _rich(
        f"Все <b>люди <i>рождаются</i></b> {_LINK}свободными</a> и равными<br/>&amp; наделены "
        "разумом.",
        "Текст",
    ),
    "es": _rich(
        f"Todos los <b>seres <i>humanos</i></b> nacen {_LINK}libres</a> e iguales<br/>&amp; "
        "dotados de razón.",
        "El texto",
    ),
}
#: What plain text may hold: entities' letters, marks of direction, controls, a line separator.
PLAIN = {
    "en": 'Tom & <Jerry> "x" \\n %s {0}',
    "ar": "\u200fالماء & <حق>\u200e \u2067١\u2069",
    "zh": "水 & <权利>\u2028第二行",
    "fr": "L’eau & <droit>\u00a0!\x0b\x01",
    "ru": "Вода & <право>\r\n\tстрока",
    "es": "El agua & <derecho> 💧\u0085\ufeff",
}


def document(source, target, *, state=SegmentState.TRANSLATED, **changes):
    """A page with a plain and a rich text in two languages."""
    units = (
        Unit("title", TEXT, PLAIN[source], PLAIN[target], state=state, note="Title", maximum=255),
        Unit("body.5d1c-4.text", HTML, RICH[source], RICH[target], state=state, note="Text"),
        Unit("body.5d1c-5.text", HTML, RICH[source]),
    )
    values = {"title": PLAIN[source], "address": "https://fra.example.org/en/water/"} | changes
    return Document("fra/12", source, target, units, **values)


def problems_of(data):
    """What the schemas of XLIFF 2.1 say against a file."""
    problems = []
    root = etree.fromstring(data)
    core = etree.XMLSchema(file=str(_SCHEMAS / "xliff_core_2.0.xsd"))
    if not core.validate(root):
        problems += list(core.error_log)
    module = etree.XMLSchema(file=str(_SCHEMAS / "metadata.xsd"))
    for found in root.iter("{urn:oasis:names:tc:xliff:metadata:2.0}metadata"):
        if not module.validate(etree.fromstring(etree.tostring(found))):
            problems += list(module.error_log)
    return problems


# --- hypothesis ----------------------------------------------------------------------------------

words = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"))
_attributes = st.sampled_from(["", ' href="/a?b=1&amp;c"', " id='3' linktype=page", ' title=""'])
_empty = st.sampled_from(["<br/>", "<hr>", '<embed id="4"/>', '<img alt="&lt;x&gt;">'])
_stray = st.sampled_from(["<b>", "</i>", "</p>", '<a id="5">', "<", "&", "&lt", "<!--", "</"])


def _element(inside):
    name = st.sampled_from(["p", "b", "i", "a", "ul", "li", "sup", "B"])
    return st.tuples(name, _attributes, inside).map(
        lambda drawn: f"<{drawn[0]}{drawn[1]}>{drawn[2]}</{drawn[0].lower()}>"
    )


#: HTML, mostly well made, with any characters in it.
rich = st.recursive(
    st.one_of(words, _empty, _stray),
    lambda inside: st.lists(st.one_of(inside, _element(inside)), max_size=5).map("".join),
    max_leaves=12,
)
