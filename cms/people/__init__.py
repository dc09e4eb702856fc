"""The people of a site: invited, given roles, suspended and let go by their own administrator.

Owns invitations, the people's pages in the admin, and each site's approval workflow. Does *not*
know how people sign in (`cms.signin`); what a role may do is `cms.access`'s table.
"""
