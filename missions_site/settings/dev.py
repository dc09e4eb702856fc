"""The demo on one machine: `make run`. Everything it writes lives under DATA_DIR."""

from .base import *  # noqa: F403

#: Known to everybody; production refuses it.
SECRET_KEY = "demo-only-key-that-production-refuses-4f1c9a6b2e7d"  # noqa: S105
DEBUG = env.bool("DEBUG", default=False)  # noqa: F405
ALLOWED_HOSTS = ["*"]  # an unknown host gets our own 404 in the visitor's language
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
#: The demo's accounts have well-known passwords; `load_demo` runs only where this is true.
DEMO = True
INSTALLED_APPS += ["missions_site.demo"]  # noqa: F405
