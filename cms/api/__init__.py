"""The headless API: Wagtail's v3 with our languages and sites, its routers' registry and errors.

Owns the API object, its parameters, caching and error shape, and the reads of pages, sites, images,
files and redirects. Does *not* know any page type: each names its own fields in `api_fields`.
Higher rooms add resources through `registry.register_router`.
"""
