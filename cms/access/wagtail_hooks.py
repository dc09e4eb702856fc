"""Registration of what `cms.access` changes in Wagtail's public and admin views."""

from wagtail import hooks

from . import serving

hooks.register("before_serve_page", serving.refuse_signed_in_stranger)
