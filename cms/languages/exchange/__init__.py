"""Translations as files for translators' own tools: XLIFF 2.1 and PO, out and in.

Owns the two formats and what must hold of a translation's markup. Does *not* know what a page is,
who may translate it, or whether its words have changed meanwhile (`cms.translation.exchange`).
"""
