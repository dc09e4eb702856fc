"""Images and files with alternative text and titles in six languages.

Owns the two models, their forms and the check that a file is what its name says. Does *not* know
which page shows a file or who may see it.
"""
