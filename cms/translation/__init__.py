"""Translators' work on pages: side by side, the board, files out and in, machine proposals, terms,
and pages that go out together.

Owns what is done *to* the languages of a page and who does it. Does *not* know how a language is
measured or stored (`cms.languages`, `cms.pages`), nor any page type.
"""
