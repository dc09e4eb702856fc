"""Documents from files: CSV, MARC 21 and MARCXML, by way of one neutral record.

Owns the readers, the check of a record, and the service that loads a file in batches that can be
continued. Does *not* know commands, forms or what a document's page looks like.
"""
