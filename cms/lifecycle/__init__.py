"""The life of a site: suspended, resumed, archived whole, restored elsewhere, deleted.

Owns a site's status, its archive (JSON and files) and the grace period before deletion. Does *not*
know a domain's records: each room registers what an archive must hold of it.
"""
