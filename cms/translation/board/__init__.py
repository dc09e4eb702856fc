"""The board: pages × six languages, who is on each, and what is left to do.

Reads `PageLanguage` rows and says who is on a language. Does *not* know how a state comes about.
"""
