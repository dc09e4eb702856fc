"""Two languages of a page side by side, piece against piece, one of them to be written.

Owns the editor's form, how what is typed is put together with what others saved meanwhile, and
the marks on the source, notes beside the translation and links that other modules add
(`register_source_annotator`, `register_piece_reader`, `register_offer`). Does *not* know how a text
is taken apart (`cms.languages.segments`) nor how a draft is kept (`cms.pages.publication`).
"""

from .offers import Offer, register_offer
from .piece_notes import Piece, register_piece_reader
from .source_marks import Mark, register_source_annotator

__all__ = [
    "Mark",
    "Offer",
    "Piece",
    "register_offer",
    "register_piece_reader",
    "register_source_annotator",
]
