"""The library's records.

`documents`: a document and the items and subjects it is filed under; `subjects`: the thesaurus;
`versions`: the languages of a document, and the files of each; `relations`: what revises, adds to,
corrects or amends what; `imports`: files being loaded; `harvest`: what harvesters are told.
"""

from .documents import (
    BODIES,
    AgendaItem,
    Distribution,
    Document,
    DocumentAgendaItem,
    DocumentSubject,
    DocumentType,
)
from .harvest import HarvestEntry
from .imports import ImportProblem, ImportRun, ImportStatus
from .relations import DocumentRelation, RelationKind
from .subjects import Subject, SubjectLabel
from .versions import (
    DocumentFile,
    Extraction,
    ExtractionFault,
    FileFormat,
    LanguageVersion,
    upload_name,
)

__all__ = [
    "BODIES",
    "AgendaItem",
    "Distribution",
    "Document",
    "DocumentAgendaItem",
    "DocumentFile",
    "DocumentRelation",
    "DocumentSubject",
    "DocumentType",
    "Extraction",
    "ExtractionFault",
    "FileFormat",
    "HarvestEntry",
    "ImportProblem",
    "ImportRun",
    "ImportStatus",
    "LanguageVersion",
    "RelationKind",
    "Subject",
    "SubjectLabel",
    "upload_name",
]
