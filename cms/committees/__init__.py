"""The Main Committees of the General Assembly, their sessions and what is before them.

Owns committees, bureau, agenda, meetings, draft proposals, statements, and the pages that show
them. Does *not* know missions' sites, elections or the portal: a State is named by its ISO code.
"""
