"""The API's own resources, a file each.

Each defines a `router`; `cms.api.api` mounts them. They read through `cms.access` and change
through Wagtail's own actions; they do *not* know any page type.
"""
