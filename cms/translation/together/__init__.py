"""Pages that go out together: a moment, the languages without which nothing goes, all or nothing.

Owns the sets, their gate and their release. Does *not* know how a page is released
(`cms.pages.publication`) nor when a language is up to date (`cms.languages.states`).
"""
