"""Redirects of a site's own addresses, kept by whoever publishes on it.

Owns the policy, the forms and the admin's views in the place of Wagtail's, which list every site's
and offer "all sites". Does *not* follow redirects: Wagtail's middleware does.
"""
