"""Changes of the library: imports, files, the reading of their text, and relations."""

from __future__ import annotations

from .extraction.services import extract_again, run_extraction
from .filing import FileRefused, replace_file, restore_file, withdraw_file
from .importing.loading import ImportResult, import_documents
from .importing.subjects import import_subjects
from .relating import RelationRefused, propose_relations, relate, unrelate

__all__ = [
    "FileRefused",
    "ImportResult",
    "RelationRefused",
    "extract_again",
    "import_documents",
    "import_subjects",
    "propose_relations",
    "relate",
    "replace_file",
    "restore_file",
    "run_extraction",
    "unrelate",
    "withdraw_file",
]
