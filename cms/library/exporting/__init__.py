"""Documents for other people's programs: RIS, CSV, MARCXML, JSON, Atom and JSON-LD.

Owns how a document is written in each format. Does *not* decide who may read what: whoever calls
gives the documents that the reader may see.
"""
