"""UN documents: symbols, titles in six languages, revisions.

Owns the records `Document`, `LanguageVersion` and `Subject`, their permanent address, their import
and what the shared index and the documents block know of them. Does *not* know committees or
missions.
"""
