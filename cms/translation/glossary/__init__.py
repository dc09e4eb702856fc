"""The Organization's terms, and the official names of States, in six languages.

Owns the records (`cms.translation.models.Term`), what finds them in a text, the marks on a source
and the warnings about names. Does *not* know where the names of States are kept: they come through
`cms.languages.names`. It warns and offers; it never refuses and never changes a text.
"""
