"""Registration only."""

from wagtail import hooks

from .journal import register_actions

hooks.register("register_log_actions", register_actions)
