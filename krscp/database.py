"""One database setting from one address: SQLite made safe for several writers, or PostgreSQL."""

import environ
from django.core.exceptions import ImproperlyConfigured

# IMMEDIATE takes the write lock at the start, so that no reader is refused when it turns writer; FULL
# keeps what was acknowledged through a power cut. Recursive triggers see a row that another one replaces.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
    "PRAGMA recursive_triggers=ON;",
}
# Compiling a query costs more here than running it: a CSV file of 3,600 recommendations takes twice as long with it.
POSTGRES_OPTIONS = "-c jit=off"
HINT = "DATABASE_URL must begin with sqlite:/// or postgres://"


def database_from_url(url: str) -> dict[str, object]:
    """Django's setting for `url`; ImproperlyConfigured, saying what to write, for any other kind."""
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"{HINT}, not {url.split(':', 1)[0]}:.")
    try:
        setting = environ.Env.db_url_config(url)
    except Exception as error:
        raise ImproperlyConfigured(f"{HINT} and be a complete address: {error}") from error
    if not setting.get("NAME"):
        raise ImproperlyConfigured(f"{HINT} and name a database.")
    if setting["ENGINE"].endswith("sqlite3"):
        # Test runners know only Django's own engine for one whose tests run in memory, so it is said here.
        return setting | {"ENGINE": "krscp.sqlite", "OPTIONS": SQLITE_OPTIONS, "TEST": {"NAME": ":memory:"}}
    return setting | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": _with_ours(setting.get("OPTIONS", {}))}


def _with_ours(given: dict[str, str]) -> dict[str, str]:
    """What the address gives stands: of two settings of one name the server takes the last."""
    return given | {"options": f"{POSTGRES_OPTIONS} {given.get('options', '')}".strip()}
