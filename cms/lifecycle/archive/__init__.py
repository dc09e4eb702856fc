"""The archive of one site: a ZIP file of JSON and original files (docs/howto/archive.md).

`format` names its parts and bounds, `content` walks what a page holds, `pages` and `media` describe
one object each, `writer` and `reader` know the ZIP file, `exporting` and `restoring` put it all
together. Nothing in here asks who may do it: `cms.lifecycle.services` does.
"""
