"""Changes of the library: the import of documents and of the subjects that they name."""

from __future__ import annotations

from .importing.loading import ImportResult, import_documents
from .importing.subjects import import_subjects

__all__ = ["ImportResult", "import_documents", "import_subjects"]
