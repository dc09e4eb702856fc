"""Proposals by a machine: what may be sent, what comes back, and that nobody publishes it unread.

Owns the job, what is filled and what is reported. Does *not* speak to a service
(`cms.languages.machine`). What it fills is marked "machine, needs review" and is released by
nobody but a person who has said that it is right.
"""
