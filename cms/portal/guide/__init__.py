"""The guide for delegates: how the portal and the services for missions work.

Owns the guide's page type. Does *not* know any other portal app.
"""
