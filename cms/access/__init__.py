"""Tenants, roles, permission policies, audiences; the one rule that says who may read what.

Owns the table of roles, the groups that carry them, the audiences of a page and of a reader, and
search as a given reader. Does *not* know what a mission, a committee or an election is.
"""
