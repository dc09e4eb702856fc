"""How good and how fast search is, on real texts in six languages: ``make bench-search``.

What is looked for is made by rules of its own (`inflecting`, `mistakes`), by chance from a seed:
so what search does is made better, and never the set. It needs the folder of shared data beside
the project (`corpus.DATA`).
"""
