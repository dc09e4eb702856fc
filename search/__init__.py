"""The shared search index.

Owns: what is put into the index (`documents`), how text becomes words (`analysis`), what may be
asked (`queries`) and what comes back (`results`), the engines behind one port (`engines`), the
outbox by which the index follows the database (`models`, `outbox`, `indexer`), and the registry
in which other apps say how their objects become documents (`registry`).

Does not know: any page type, Wagtail, any domain's model, users or permissions. A document
carries an opaque audience, a query names the audiences its reader belongs to; who belongs to
which is decided elsewhere.
"""
