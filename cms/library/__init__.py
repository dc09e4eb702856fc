"""UN documents: symbols, titles in six languages, revisions.

Owns the record `Document` and its permanent address. Does *not* know committees or missions.
"""
