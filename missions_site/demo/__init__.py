"""The demo world: 195 missions, the Main Committees, CandiWeb, the portal, real documents.

Owns what is loaded into an empty database, in which order, and the accounts to try it with; a file
a room. Does *not* own any rule: every loader calls the services that people's buttons call. Not
installed in production.
"""
