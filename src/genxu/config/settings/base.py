"""What every mode shares."""

import os
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from genxu.config.limits import sign_in_limits

PACKAGE = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("GENXU_VAR", "var")).resolve()

DEBUG = False
DEMONSTRATION = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_vite",
    "genxu.core",
    "genxu.shell",
    "genxu.regions",
    "genxu.people",
    "genxu.hamlets",
    "genxu.jobs",
    "genxu.imports",
    "genxu.organisation.branches",
    "genxu.organisation.centre_households",
    "genxu.organisation.councils",
    "genxu.organisation.assemblies",
    "genxu.team.volunteers",
    "genxu.team.members",
    "genxu.team.meetings",
    "genxu.team.appraisals",
    "genxu.team.services",
    "genxu.team.campaigns",
    "genxu.places.venues",
    "genxu.places.bookings",
    "genxu.team.duties",
    "genxu.team.disputes",
    "genxu.places.ledger",
    "genxu.places.disclosures",
    "genxu.places.collectives",
    "genxu.places.distributions",
    "genxu.places.contracts",
    "genxu.places.surveys",
    "genxu.places.funds",
    "genxu.institutions.talks",
    "genxu.institutions.announcements",
    "genxu.institutions.matters",
    "genxu.insight",
    "genxu.portal",
    "django_tasks_db",  # the queue of the background work
    "allauth",  # behind our own apps, so that our templates go before its own
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "genxu.core.middleware.SoundCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "genxu.people.middleware.ActorMiddleware",
    "genxu.core.middleware.Doors",
]

ROOT_URLCONF = "genxu.config.urls"
WSGI_APPLICATION = "genxu.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "genxu.shell.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "genxu.shell.templatetags.genxu",
                "genxu.institutions.matters.templatetags.matters",
                "genxu.insight.templatetags.insight",
            ],
        },
    }
]
FORM_RENDERER = "genxu.shell.fields.Renderer"

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'genxu.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,  # after the database was away, the next page works again
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    Path(DATABASES["default"]["NAME"]).resolve().parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA mmap_size=268435456; PRAGMA cache_size=-32000; PRAGMA foreign_keys=ON"
        ),
    }
else:
    # A statement that comes again is neither read nor planned anew: half of the server's time.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5, "server_side_binding": True, "prepare_threshold": 5,
        **DATABASES["default"].get("OPTIONS", {}),
    }  # fmt: skip
CACHES = {
    "default": {  # in the memory of one process: how long the long lists are
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    "kept": {  # pages and their parts, in the memory of one process (genxu.core.fresh)
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "kept",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["genxu.people.backends.WithGrants"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("phone", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "genxu.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_RATE_LIMITS = False  # ours count in the database: SIGN_IN_LIMITS
ACCOUNT_LOGOUT_REDIRECT_URL = "welcome"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_VERIFICATION = "none"
SIGN_IN_BY_CODE = True
SIGN_IN_LIMITS = sign_in_limits(os.environ.get("SIGN_IN_LIMITS", ""))

SMS_GATEWAY = os.environ.get("SMS_GATEWAY", "genxu.people.sms.Console")
SMS_URL = os.environ.get("SMS_URL", "https://sms.yunpian.com/v2/sms/single_send.json")
SMS_KEY = os.environ.get("SMS_KEY", "")
SMS_SIGNATURE = os.environ.get("SMS_SIGNATURE", "")

JOURNAL_HEAD_KEPT = VAR / "journal-head"
JOURNAL_HEAD_FILE = Path(os.environ.get("JOURNAL_HEAD_FILE") or VAR / "journal-heads.txt")
JOURNAL_HEAD_EMAIL = os.environ.get("JOURNAL_HEAD_EMAIL", "").replace(",", " ").split()
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_USE_SSL = os.environ.get("EMAIL_USE_SSL", "") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "genxu@localhost")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
FORMAT_MODULE_PATH = ["genxu.config.formats"]
CSRF_FAILURE_VIEW = "genxu.portal.views.stale_form"
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"
STATICFILES_DIRS = [PACKAGE / "static_build"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600  # residents' words, names and pictures: for the program alone
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "genxu.core.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FONTS = PACKAGE / "fonts_build"
MORE_FONTS = Path(os.environ.get("MORE_FONTS", "/usr/share/fonts/opentype/noto"))
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "")  # mailto:… or https://…
OPERATOR_NAME = os.environ.get("OPERATOR_NAME", "").strip()
OPERATOR_CONTACT = os.environ.get("OPERATOR_CONTACT", "").strip()
SITE_ADDRESS = os.environ.get("SITE_ADDRESS", "").rstrip("/")
JOB_FILES_KEPT = int(os.environ.get("JOB_FILES_KEPT", "30"))  # days
DJANGO_VITE = {
    "default": {"dev_mode": False, "manifest_path": PACKAGE / "static_build" / "manifest.json"}
}

TRUSTED_PROXIES = 0
SESSION_ENGINE = "genxu.people.stored_sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
STAFF_IDLE = int(os.environ.get("SESSION_IDLE_HOURS", "24")) * 3600
SESSION_COOKIE_SAMESITE = "Lax"
KEYRING_COOKIE_AGE = 12 * 3600  # so long a slip stays open in a browser
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"codes": {"()": "genxu.core.logs.WithoutCodes", "paths": ["r", "h"]}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["codes"]},
        "django.server": {"filters": ["codes"]},
        "django.security.csrf": {"filters": ["codes"]},
    },
}
