"""What every installation shares. Nothing here is secret and nothing here needs the environment,
except where a value names a place (data folder, database, index)."""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from cms.languages.codes import CODES, fallback_chain
from cms.languages.codes import LANGUAGES as UN_LANGUAGES

PROJECT_DIR = Path(__file__).resolve().parent.parent
BASE_DIR = PROJECT_DIR.parent

env = environ.Env()

#: Everything that the installation writes lives below this folder: database, index, media.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()

INSTALLED_APPS = [
    "missions_site",
    "cms.missions",
    "cms.committees",
    "cms.candiweb",
    "cms.portal.home",
    "cms.portal.guide",
    "cms.library",
    "cms.finding",
    "cms.api",
    "cms.people",
    "cms.translation",
    "cms.lifecycle",
    "cms.signin",
    "cms.audit",
    "cms.access",
    "cms.pages",
    "cms.media",
    "cms.languages",
    "blocks",
    "search",
    "wagtail.api.v3",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "corsheaders",
    "modeltranslation",
    "django_otp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "cms.pages.middleware.SiteMiddleware",
    "cms.languages.middleware.LanguageMiddleware",
    "cms.pages.middleware.RenderedPageMiddleware",
    "cms.signin.addresses.ClientAddressMiddleware",
    "cms.audit.context.AuditMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.signin.middleware.SecondFactorMiddleware",
    "cms.access.middleware.WallsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "missions_site.urls"
WSGI_APPLICATION = "missions_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- database, cache, jobs ---

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'missions.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Several processes write: take the write lock at BEGIN, so that a busy database waits
    # (timeout, seconds) instead of failing half-way through a transaction.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
# A server's threads keep their connection: opening one costs more than the usual query.
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": env.cache("CACHE_URL", default="locmemcache://"),
    # Renditions and rendered pages: always in the process, always checked against the database.
    "rendered": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rendered",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- languages ---

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [(language.django_code, language.name) for language in UN_LANGUAGES]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "missions_site.formats"
LANGUAGE_COOKIE_NAME = "language"

MODELTRANSLATION_LANGUAGES = CODES
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": fallback_chain("en"),
    **{code: fallback_chain(code)[1:] for code in CODES},
}
MODELTRANSLATION_CUSTOM_FIELDS = ("ContentField", "StreamField")

WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = False

# --- files ---

STATICFILES_DIRS = [PROJECT_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
#: Archives of sites: apart from what is served; web server and worker both reach it.
ARCHIVES_ROOT = DATA_DIR / "archives"
#: Files of documents that wait to be imported: likewise.
IMPORTS_ROOT = DATA_DIR / "imports"
#: Where the web server keeps the media folder for itself (nginx: an `internal` location): it then
#: sends the bytes, after we have said who may have them. "": we send them.
MEDIA_ACCEL_PREFIX = env.str("MEDIA_ACCEL_PREFIX", default="")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000  # six languages × many blocks × a field each

# --- Wagtail ---

WAGTAIL_SITE_NAME = _("United Nations missions")
WAGTAIL_PAGE_MODEL = "pages.Page"
WAGTAILIMAGES_IMAGE_MODEL = "media.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.File"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.media.forms.FileForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.ImageForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000  # opened, one takes four bytes a pixel of memory
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "webp"}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_BASE_URL = env.str("ADMIN_URL", default="http://localhost:8000")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILAPI_DOCS_ENABLED = True
WAGTAILAPI_LIMIT_MAX = 100

# Moderation mails go to a site's own approvers: a superuser follows no 200 missions.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
#: How many days an invitation works, and how many letters an administrator may send in 24 hours.
INVITATION_DAYS = 7
INVITATIONS_A_DAY = 50

#: Missions are served on <three letters>.<this domain>.
MISSIONS_DOMAIN = env.str("MISSIONS_DOMAIN", default="localhost")

#: The shared index: `embedded:///absolute/folder` (one machine, nothing to start), or
#: `elasticsearch+https://user:password@host:port/prefix` (docs/howto/elasticsearch.md).
SEARCH_URL = env.str("SEARCH_URL", default=f"embedded://{DATA_DIR / 'index'}")

# --- machine translation: off unless a service is named ---

#: `libretranslate+https://host` or `deepl+https://api-free.deepl.com`; "": off.
MACHINE_TRANSLATION_URL = env.str("MACHINE_TRANSLATION_URL", default="")
MACHINE_TRANSLATION_KEY = env.str("MACHINE_TRANSLATION_KEY", default="")
#: What may be sent to the service: `public` (what anybody can read already), `draft` (what is not
#: published yet) and `portal` (what only permanent missions may read).
MACHINE_TRANSLATION_SENDS = env.list("MACHINE_TRANSLATION_SENDS", default=["public"])

# The API is for other people's sites: anyone may read what is public, without cookies.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_EXPOSE_HEADERS = ("Content-Language", "ETag")

# --- sign-in and safety ---

LOGIN_URL = "wagtailcore_login"
WAGTAILADMIN_LOGIN_URL = "wagtailcore_login"
AUTHENTICATION_BACKENDS = ["cms.signin.backends.PasswordBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editor's preview is a frame of the same host
CSRF_COOKIE_HTTPONLY = False
PASSWORD_RESET_TIMEOUT = 60 * 60
#: Passwords are changed and reset on the pages of cms.signin alone, which count failures.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # there too, after showing who one is
SESSION_ENGINE = "cms.signin.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # without a request
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

#: How many of our own proxies stand before the server: what they say of a visitor's address
#: (X-Forwarded-For) is believed, and nobody else's word.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
#: Whether the Secretariat and who manages people must have a second factor; sites may ask it of
#: their own people in any case.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
#: Keys that seal the secrets of second factors, newest first; none: derived from SECRET_KEY.
SECOND_FACTOR_KEYS = env.list("SECOND_FACTOR_KEYS", default=[])

#: How many days the audit record is kept (`manage.py prune_audit`).
AUDIT_KEEP_DAYS = env.int("AUDIT_KEEP_DAYS", default=730)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},  # It would tell of every search.
    },
}
