"""StreamField block families: one family a file, each with its template and its API form.

Owns: the standard body of a page (``blocks.body.StandardBody``), the field that stores it
(``blocks.fields.ContentField``), how each family looks, what it says in the API, what it shows as
a preview, and its visible text (``blocks.text.plain_text``).

Does not know: any page type, site, tenant, language rule or search index. What a higher layer
knows better (the title of a document with a given symbol) it gives through a registry
(``blocks.symbols.register_resolver``), filled from its ``AppConfig.ready()``.
"""
