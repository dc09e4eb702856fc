"""Signing in: passwords, the second factor, throttling, sessions, password reset.

Owns how a person proves who they are, and for how long that is believed. Does *not* know what
people may do once they are in (`cms.access`), nor who invites whom (`cms.people`).
"""
