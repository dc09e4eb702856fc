"""The composition root: settings, URLs, WSGI/ASGI, the runner, the demo world, templates, static.

Owns how the rooms are put together. Does *not* own any rule: whatever could be asked of a mission,
a page or a document is answered by the room that keeps it.
"""
