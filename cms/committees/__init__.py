"""The Main Committees of the General Assembly: sessions, bureau, agenda, meetings, drafts, statements.

Owns their records and page types. Does *not* know missions' sites, elections or the portal.
"""
