"""UN documents: symbols, titles and files in six languages, families, subjects.

Owns the records (`models`), what a symbol says (`symbols`), files at permanent addresses and the
texts read from them (`filing`, `extraction`), families of revisions and corrigenda, and documents
in and out in the formats of libraries (`importing`, `exporting`, OAI-PMH). Does *not* know
committees or missions, nor how people search.
"""
