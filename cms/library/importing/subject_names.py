"""Which subject a file means: by code, by the concept's address, or by a term in any language."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import slugify

from cms.languages import codes
from cms.languages.fields import column

from ..models import Subject, SubjectLabel
from .records import SubjectName

_CODE_LENGTH = Subject._meta.get_field("code").max_length or 64


def _folded(term: str) -> str:
    return " ".join(term.split()).casefold()


class KnownSubjects:
    """The subjects that there are, found by every name they have. `create`: make what is missing.

    Read once for a file: two queries, however long the file.
    """

    def __init__(self, *, create: bool = False) -> None:
        self.create = create
        self._by_code: dict[str, int] = {}
        self._by_uri: dict[str, int] = {}
        self._by_term: dict[str, int] = {}
        names = [column("name", code) for code in codes.CODES]
        rows = Subject.objects.rewrite(False).values_list("pk", "code", "uri", *names)
        for pk, code, uri, *terms in rows.iterator():
            self._note(pk, SubjectName(code=code, uri=uri))
            for term in filter(None, terms):
                self._by_term.setdefault(_folded(term), pk)
        for pk, text in SubjectLabel.objects.values_list("subject_id", "text").iterator():
            self._by_term.setdefault(_folded(text), pk)

    def _note(self, pk: int, name: SubjectName) -> None:
        self._by_code[name.code] = pk
        if name.uri:
            self._by_uri[name.uri] = pk
        if name.term:
            self._by_term.setdefault(_folded(name.term), pk)

    def find_all(
        self, names: Sequence[SubjectName] | None
    ) -> tuple[tuple[int, ...] | None, list[SubjectName]]:
        """(keys of the subjects, names that nothing has); (None, []) for None."""
        if names is None:
            return None, []
        found: dict[int, None] = {}
        unknown = []
        for name in names:
            pk = self._find(name) or (self._make(name) if self.create else None)
            if pk is None:
                unknown.append(name)
            else:
                found[pk] = None
        return tuple(found), unknown

    def _find(self, name: SubjectName) -> int | None:
        return (
            self._by_uri.get(name.uri)
            or self._by_code.get(name.code)
            or self._by_term.get(_folded(name.term) if name.term else _folded(name.code))
        )

    def _make(self, name: SubjectName) -> int | None:
        """A new subject, named in English as the libraries' terms are; None: it has no code."""
        code = (name.code or slugify(name.term))[:_CODE_LENGTH]
        if not code:
            return None
        subject, _made = Subject.objects.get_or_create(
            code=code, defaults={"uri": name.uri, column("name", "en"): (name.term or code)[:200]}
        )
        self._note(subject.pk, SubjectName(code=code, uri=name.uri, term=name.term))
        return int(subject.pk)
