"""The sites of permanent and observer missions, and the directory of all of them.

Owns the record `Mission`, the page types of a mission's site, the directory's page, and how a
mission is provisioned. Does *not* know committees, elections, the portal or the search engine.
"""
