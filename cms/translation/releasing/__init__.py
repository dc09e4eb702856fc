"""The languages of one page, each released, withdrawn and planned on its own by an editor.

Owns the panel at `/admin/translation/<page>/languages/`. Does *not* know how a language is released
(`cms.pages.publication`), nor who may (`cms.access.releasing`).
"""
