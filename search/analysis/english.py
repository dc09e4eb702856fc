"""English: accents folded, Snowball (the possessive is its work), irregular forms."""

from search.analysis.irregular import with_other_forms
from search.analysis.stemming import Snowball
from search.analysis.words import fold, word_set

STOPWORDS = word_set(
    """a an and are as at be been but by for from had has have he her his how i if in into is it
    its me my no nor not of on or our she so such that the their them then there these they this
    those to was we were what when where which who whom whose why will with you your"""
)

_stem = Snowball("english")


def _stemmed(word: str) -> str:
    return _stem(fold(word)).replace("'", "")


# Not those that are words of their own too: found, left, lives, people, saw.
term = with_other_forms(
    _stemmed,
    """child children; woman women; man men; foot feet; wife wives; crisis crises; analysis
    analyses; criterion criteria; phenomenon phenomena; memorandum memoranda; forum fora;
    referendum referenda; curriculum curricula; appendix appendices; arise arose arisen; become
    became; begin began begun; break broke broken; bring brought; build built; buy bought;
    choose chose chosen; come came; draw drew drawn; fight fought; flee fled; forbid forbade
    forbidden; foresee foresaw foreseen; give gave given; go went gone; grow grew grown; hold
    held; keep kept; know knew known; lead led; lose lost; make made; mean meant; meet met;
    overcome overcame; pay paid; rise rose risen; run ran; seek sought; sell sold; send sent;
    shoot shot; show shown; speak spoke spoken; spend spent; steal stole stolen; strike struck;
    take took taken; teach taught; tell told; think thought; understand understood; undertake
    undertook undertaken; uphold upheld; win won; withdraw withdrew withdrawn; write wrote
    written""",
)
"""The term of one plain word."""
