"""The walls of a request: which parts of the page tree and which collections it may see.

Owns the scope of the running request and the managers that keep every query inside it. Does *not*
know what a page, an image or a role is, nor who may see what: `cms.access` builds the walls.
"""
