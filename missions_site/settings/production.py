"""Production: everything from the environment, and no start on what is only good for a demo.

Required: SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL (PostgreSQL), ADMIN_URL, DATA_DIR.
Optional: CACHE_URL (Redis), SEARCH_URL, EMAIL_URL, TRUST_PROXY_TLS, TRUSTED_PROXIES,
SECOND_FACTOR_REQUIRED, SECOND_FACTOR_KEYS.
"""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import env

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])

if DEBUG:
    raise ImproperlyConfigured("Production does not run with DEBUG: unset the variable DEBUG.")
if DEMO:
    raise ImproperlyConfigured(
        "Production has no demo accounts: unset DEMO, and start from an empty database "
        "or remove them with `manage.py remove_demo_accounts`."
    )
if len(SECRET_KEY) < 50 or SECRET_KEY.startswith(("demo-only", "tests-only", "django-insecure")):
    raise ImproperlyConfigured(
        "SECRET_KEY is missing, short or the demo's: set it to 50 random characters or more, "
        "for example from `python -c 'import secrets; print(secrets.token_urlsafe(64))'`."
    )
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS must name your domains, for example `.un.int,www.un.int`."
    )

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)
if env.bool("TRUST_PROXY_TLS", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # X_FRAME_OPTIONS: the editor's preview is a frame of the same host
]
