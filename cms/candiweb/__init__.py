"""Elections and candidatures to United Nations bodies.

Owns bodies, elections, seats and candidatures, and the pages that show them. Does *not* know
missions' sites, committees or the portal: a State is named by its ISO code.
"""
