"""The base page model alone, with site roots, routing and the context in which a page is rendered.

Owns `pages.Page` (six languages on one row), `SiteProfile` (what kind of site a host is, and its
content's version), and how an address becomes a page. Does *not* know any page type, any role,
or who may read what.
"""
