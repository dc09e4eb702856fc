"""The proof that nothing leaks from one tenant to another.

`world` builds tenants whose every field holds an unmistakable word; `crawl` asks for every address
that Django's resolver knows, as every kind of person, and fails on any word of somebody else's, on
any difference between a stranger's object and a made-up id, and on any row of somebody else's that
a request has changed. It knows the product by its models and services only, never by its views.
"""
