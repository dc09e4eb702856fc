"""Who did what to what, when and from where, for each site's own eyes.

Owns the record of Wagtail's log entries and of sign-ins with their site and address, its redaction,
its report and its export. Does *not* decide what is logged: services and Wagtail's actions do.
"""
