"""All settings in one place, driven by the environment; a bad production value stops the start."""

import sys
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from krscp.database import database_from_url

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(str(BASE_DIR / ".env"))

# The one switch. Without it a development key serves on loopback; with it every secret must be given.
SWITCH = env.str("KRSCP_PRODUCTION", default="").strip().lower()
if SWITCH not in ("", "0", "false", "1", "true"):
    raise ImproperlyConfigured("KRSCP_PRODUCTION must be 1 or 0.")  # a slip must not start it with a known key
PRODUCTION = SWITCH in ("1", "true")
DEVELOPMENT_KEY = "development-only-key-for-loopback-never-for-real-use"


def required(name: str, hint: str) -> str:
    """The value of a production setting; ImproperlyConfigured with what to do when it is missing."""
    value = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"Set {name} ({hint}). KRSCP_PRODUCTION is on, so it has no default.")
    return value


def proxies(value: str) -> int:
    """A count of 0 to 9; ImproperlyConfigured for anything else."""
    if value.strip() not in set("0123456789"):
        raise ImproperlyConfigured("KRSCP_PROXIES must be a number: 1 for one web server in front of the tracker.")
    return int(value)


if PRODUCTION:
    SECRET_KEY = required("KRSCP_SECRET_KEY", "50 or more random characters")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY == DEVELOPMENT_KEY:
        raise ImproperlyConfigured("KRSCP_SECRET_KEY must be 50 or more random characters.")
    ALLOWED_HOSTS = [host.strip() for host in required("KRSCP_HOSTS", "for example tracker.example.org").split(",")]
    if "*" in ALLOWED_HOSTS or "" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("KRSCP_HOSTS must name the hosts, with commas between; '*' would accept any.")
else:
    SECRET_KEY = DEVELOPMENT_KEY
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]

DEBUG = False
INSTALLED_APPS = [
    "krscp",  # its form templates must stand before django.forms
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "simple_history",
    "django_filters",
    "csp",
    "subgroups",
    "recommendations",
]
MIDDLEWARE = [
    "krscp.middleware.readable_addresses",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "krscp.middleware.compressed_pages",
    "csp.middleware.CSPMiddleware",
    "subgroups.readiness.only_when_ready",
    "krscp.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "krscp.middleware.readable_posts",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "krscp.middleware.private_pages",
    "krscp.middleware.session_limits",
    "subgroups.errors.say_not_allowed",
    "krscp.forms.unsent.keep_typing",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "recommendations.unreadable.own_page",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "krscp.urls"
WSGI_APPLICATION = "krscp.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "subgroups.context.page",
            ],
            "builtins": ["krscp.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "krscp.forms.fields.Renderer"

# `manage.py demo` keeps to a database of its own, so that leaving the demonstration is dropping one file.
DEMO_DATABASE = BASE_DIR / "demo.sqlite3"
DEFAULT_DATABASE = f"sqlite:///{DEMO_DATABASE if sys.argv[1:2] == ['demo'] else BASE_DIR / 'krscp.sqlite3'}"
DATABASES = {"default": database_from_url(env.str("DATABASE_URL", default=DEFAULT_DATABASE))}
if PRODUCTION and not env.str("DATABASE_URL", default=""):
    raise ImproperlyConfigured("Set DATABASE_URL, for example postgres://user:password@host/krscp.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "krscp.shared_cache.SharedCache", "LOCATION": "shared_cache"},
    "unchanged": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "unchanged", "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}

AUTH_USER_MODEL = "subgroups.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
KNOWN_NAMES = "subgroups.sending.known_names"  # which the check for personal details takes for no person's
ACCOUNT_ADAPTER = "subgroups.accounts.adapter.InvitationOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "krscp.forms.accounts.SignIn",
    "reset_password": "krscp.forms.accounts.AskForReset",
    "reset_password_from_key": "krscp.forms.accounts.SetPassword",
    "change_password": "krscp.forms.accounts.ChangePassword",
}
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account exists only by invitation, for an address that was checked
# Not allauth's own, which writes to the database when a link is looked at.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
# A whole building may share one address: only failed tries count for it. Those for one account: krscp/tries.py.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "60/m/ip",
    "reset_password": "20/m/ip,5/m/key",
}
# How many servers in front add the address they were asked from to X-Forwarded-For; what stands before is hearsay.
ALLAUTH_TRUSTED_PROXY_COUNT = proxies(env.str("KRSCP_PROXIES", default="1" if PRODUCTION else "0"))
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie beyond the two we name
SIMPLE_HISTORY_REVERT_DISABLED = True

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "build" / "static" if PRODUCTION else None  # elsewhere files are found where they are
STATICFILES_DIRS = [BASE_DIR / "build" / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False

# Everything comes from this host; no inline script or style anywhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
# The preview of an import is one long form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "subgroups.errors.forged"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("KRSCP_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# Fields of a form, its files left out: room for the rows that a preview carries on. Larger files wait on disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
LARGEST_UPLOAD = 20 * 1024 * 1024  # of one file; no more is kept of a larger one, and its form says so
LARGEST_REQUEST = 5 * LARGEST_UPLOAD  # what is larger is not read
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "krscp.files.uploads.BoundedUploads",
]

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if PRODUCTION else 'console'}.EmailBackend"
if PRODUCTION:
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
SITE_URL = f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000"
EMAIL_TIMEOUT = 10  # seconds: a mail server that does not answer holds nobody up for longer
DEFAULT_FROM_EMAIL = env.str("KRSCP_MAIL_FROM", default="recommendations-tracker@localhost")

# Printed on every page, file and paper.
MARKING = env.str("KRSCP_MARKING", default="OFFICIAL")
QUIET_DAYS = env.int("KRSCP_QUIET_DAYS", default=90)
FIXTURES = BASE_DIR / "fixtures"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
