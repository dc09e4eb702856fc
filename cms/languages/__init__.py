"""The six official languages: codes, fallback, fingerprints and states of translations, tabs.

Owns what a language is to us and how far a text is translated. Does *not* know any page type,
site, mission or permission.
"""
