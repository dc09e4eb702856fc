"""The Secretariat's screens of the library beyond Wagtail's forms: choosers that search a thesaurus
of thousands, the files of a document, and what the list says of their texts.
"""
