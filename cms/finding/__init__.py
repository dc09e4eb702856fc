"""Finding: one search over every site and document, as people and programs use it.

Owns: the search page, suggestions while typing, the search's API, searches that a reader keeps
and is told of, and what is related to a document.

Does not know: how anything is indexed (`search`), who may read what (`cms.access.reading`), what
a document or a page is. What leads straight to an object comes from `cms.access.answers`.
"""
