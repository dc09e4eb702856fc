"""The WSGI application as `make run` serves it: each server worker ends with its server.

The server's own workers go on listening when the server itself is killed; these do not.
"""

from missions_site.runner.leash import end_with_parent

end_with_parent()

from missions_site.wsgi import application  # noqa: E402  (the leash comes first)

__all__ = ["application"]
