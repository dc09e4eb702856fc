"""The test suite: SQLite in memory (or DATABASE_URL) and an embedded index of its own."""

import tempfile

from .base import *  # noqa: F403

SECRET_KEY = "tests-only"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["*"]
DEMO = True
INSTALLED_APPS += ["missions_site.demo"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TRUSTED_PROXIES = 0
SECOND_FACTOR_REQUIRED = False
SECOND_FACTOR_KEYS = []
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
_SCRATCH = tempfile.mkdtemp(prefix="missions-tests-")
MEDIA_ROOT = f"{_SCRATCH}/media"
ARCHIVES_ROOT = f"{_SCRATCH}/archives"
IMPORTS_ROOT = f"{_SCRATCH}/imports"
MACHINE_TRANSLATION_URL = ""
MACHINE_TRANSLATION_KEY = ""
MACHINE_TRANSLATION_SENDS = ["public"]
SEARCH_URL = f"embedded://{_SCRATCH}/index"
LOGGING["root"]["level"] = "WARNING"  # noqa: F405
