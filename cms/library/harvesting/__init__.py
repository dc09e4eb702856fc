"""The harvest of public documents by OAI-PMH 2.0 (openarchives.org/OAI/openarchivesprotocol.html).

Owns when each public document changed last as harvesters are told, and their address `/oai`. Knows
only what is public, whoever asks. Does *not* know how a record is written in MARC (`exporting`).
"""
