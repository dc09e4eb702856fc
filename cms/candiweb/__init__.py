"""Elections to United Nations bodies and the candidatures for them.

Owns bodies, elections, seats, candidatures, ballots, and the pages that show them. Does *not* know
missions' sites, committees or the portal: a State is named by its ISO code.
"""
