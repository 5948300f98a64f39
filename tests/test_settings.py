"""Settings from the environment: a bad production value stops the start and says what to write."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from krscp.database import database_from_url

GOOD_KEY = "kq7-mzv2h-94xdt-p3wne-8yfcu-6rjba-5gsl1-0ot2i-vmk4e-q8hzw"
PRODUCTION = {
    "KRSCP_PRODUCTION": "1",
    "KRSCP_SECRET_KEY": GOOD_KEY,
    "KRSCP_HOSTS": "tracker.example.org",
    "DATABASE_URL": "postgres://tracker:secret@db.example.org:5432/tracker",
    "EMAIL_URL": "smtp://mail.example.org:25",
}
OURS = ("KRSCP_", "DATABASE_URL", "EMAIL_URL", "DJANGO_")


def manage(*command: str, **environment: str) -> subprocess.CompletedProcess:
    """manage.py in a process of its own, with this environment and nothing of ours besides."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def production(**changed: str | None) -> dict[str, str]:
    """Complete production settings, with some changed or (None) left out."""
    return {name: value for name, value in (PRODUCTION | changed).items() if value is not None}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"KRSCP_SECRET_KEY": None}, "Set KRSCP_SECRET_KEY"),
        ({"KRSCP_SECRET_KEY": ""}, "Set KRSCP_SECRET_KEY"),
        ({"KRSCP_SECRET_KEY": "   "}, "Set KRSCP_SECRET_KEY"),
        ({"KRSCP_SECRET_KEY": "short"}, "KRSCP_SECRET_KEY must be 50 or more random characters"),
        ({"KRSCP_SECRET_KEY": "a" * 60}, "KRSCP_SECRET_KEY must be 50 or more random characters"),
        (
            {"KRSCP_SECRET_KEY": "development-only-key-for-loopback-never-for-real-use"},
            "KRSCP_SECRET_KEY must be 50 or more random characters",
        ),
        ({"KRSCP_HOSTS": None}, "Set KRSCP_HOSTS"),
        ({"KRSCP_HOSTS": ""}, "Set KRSCP_HOSTS"),
        ({"KRSCP_HOSTS": "*"}, "KRSCP_HOSTS must name the hosts"),
        ({"KRSCP_HOSTS": "tracker.example.org, *"}, "KRSCP_HOSTS must name the hosts"),
        ({"KRSCP_HOSTS": " , "}, "KRSCP_HOSTS must name the hosts"),
        ({"DATABASE_URL": None}, "Set DATABASE_URL"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://tracker@db.example.org/tracker"}, "DATABASE_URL must begin with"),
        ({"DATABASE_URL": "tracker.sqlite3"}, "DATABASE_URL must begin with"),
        ({"DATABASE_URL": "postgres://db.example.org"}, "name a database"),
        ({"DATABASE_URL": "postgres://db.example.org:port/tracker"}, "DATABASE_URL must begin with"),
        ({"KRSCP_PROXIES": "-1"}, "KRSCP_PROXIES must be a number"),
        ({"KRSCP_PROXIES": "nginx"}, "KRSCP_PROXIES must be a number"),
        ({"KRSCP_PRODUCTION": "perhaps"}, "KRSCP_PRODUCTION must be 1 or 0"),
    ],
)
def test_a_bad_production_value_stops_the_start_and_says_what_to_write(changed, message):
    started = manage("check", **production(**changed))
    assert started.returncode != 0
    assert message in started.stderr.strip().splitlines()[-1]


def test_a_refusal_never_prints_the_secret():
    started = manage("check", **production(KRSCP_SECRET_KEY="too-short-but-secret"))
    assert "too-short-but-secret" not in started.stderr + started.stdout


def test_complete_production_settings_pass_the_deployment_check_in_silence():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **production())
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout
    assert checked.stderr == ""


def test_production_sends_sessions_over_https_only():
    lines = "; ".join(
        f"print(settings.{name})"
        for name in ("DEBUG", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "ALLOWED_HOSTS")
    )
    shown = manage("shell", "--no-imports", "-c", f"from django.conf import settings; {lines}", **production())
    assert shown.stdout.split() == ["False", "True", "__Host-session", "__Host-csrf", "['tracker.example.org']"]


@pytest.mark.parametrize(("given", "count"), [({}, "1"), ({"KRSCP_PROXIES": "2"}, "2"), ({"KRSCP_PROXIES": "0"}, "0")])
def test_one_proxy_stands_in_front_unless_told_otherwise(given, count):
    show = "from django.conf import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    assert manage("shell", "--no-imports", "-c", show, **production(**given)).stdout.split() == [count]


def test_without_the_switch_it_starts_with_nothing_set():
    started = manage("check")
    assert started.returncode == 0, started.stderr


def test_without_the_switch_it_answers_on_loopback_only():
    shown = manage("shell", "--no-imports", "-c", "from django.conf import settings; print(settings.ALLOWED_HOSTS)")
    assert "*" not in shown.stdout
    assert "127.0.0.1" in shown.stdout


def test_sqlite_is_safe_for_several_writers():
    options = database_from_url("sqlite:////var/lib/tracker/tracker.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 5
    assert "synchronous=FULL" in options["init_command"]


PRAGMAS = """
from django.db import connection
with connection.cursor() as cursor:
    for name in ("synchronous", "foreign_keys", "secure_delete", "recursive_triggers"):
        cursor.execute(f"PRAGMA {name}")
        print(cursor.fetchone()[0])
print(connection.transaction_mode)
"""


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ("", "-c jit=off"),
        ("?options=-c%20search_path%3Dtracker", "-c jit=off -c search_path=tracker"),
        ("?options=-c%20jit%3Don", "-c jit=off -c jit=on"),  # the server takes the last
    ],
)
def test_postgresql_compiles_no_query_unless_the_address_says_so(given, options):
    address = f"postgres://tracker@db.example.org/tracker{given}"
    assert database_from_url(address)["OPTIONS"] == {"options": options}
    told = database_from_url(f"{address}{'&' if given else '?'}sslmode=require")["OPTIONS"]
    assert told == {"options": options, "sslmode": "require"}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL compiles queries")
def test_the_connection_compiles_no_query(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_sqlite_by_address_is_opened_safe_for_several_writers(tmp_path):
    (tmp_path / "tracker.sqlite3").touch()
    shown = manage("shell", "--no-imports", "-c", PRAGMAS, DATABASE_URL=f"sqlite:///{tmp_path}/tracker.sqlite3")
    assert shown.stdout.split() == ["2", "1", "1", "1", "IMMEDIATE"]


@pytest.mark.parametrize("url", ["mysql://db/tracker", "tracker", "", "postgres://", "sqlite://"])
def test_other_database_addresses_are_refused_with_what_to_write(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must begin with sqlite:/// or postgres://"):
        database_from_url(url)


def test_a_refused_database_address_never_shows_its_password():
    with pytest.raises(ImproperlyConfigured) as refused:
        database_from_url("postgres://tracker:hunter2@db.example.org:port/tracker")
    assert "hunter2" not in str(refused.value)
