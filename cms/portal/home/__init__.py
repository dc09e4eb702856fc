"""The Member State portal's home: tiles and notices for permanent missions.

Owns the home page and its notices; other portal apps put their tiles into its registry's lower
layer. Does *not* know any other portal app.
"""
