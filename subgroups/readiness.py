"""Whether the tracker can work: a database that answers, its tables, and a partnership. Else what to run, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from subgroups.models import Partnership

Respond = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class Missing:
    """What is missing, and the command that makes it; "" where only a look at the settings helps."""

    what: str
    command: str

    def __str__(self) -> str:
        return f"{self.what} Run manage.py {self.command} first." if self.command else self.what


NO_ANSWER = Missing("The database does not answer. Check DATABASE_URL, and that the database runs.", "")
NO_TABLES = Missing("The tracker is not set up yet: its database is empty.", "setup")
OLD_TABLES = Missing("The tracker is newer than its database.", "migrate")
NO_PARTNERSHIP = Missing("The tracker is not set up yet: its database holds no partnership.", "setup")

_found_ready = False  # once in a process: nothing takes the tables of a running tracker away


def what_is_missing() -> Missing | None:
    """None when all is there; asked of the database until it was so once."""
    global _found_ready
    if _found_ready:
        return None
    missing = _look()
    _found_ready = missing is None
    return missing


def _look() -> Missing | None:
    try:
        executor = MigrationExecutor(connection)
        if not executor.loader.applied_migrations:
            return NO_TABLES
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return OLD_TABLES
        return None if Partnership.objects.exists() and _has_cache() else NO_PARTNERSHIP
    except ImproperlyConfigured:  # no file at all
        return NO_TABLES
    except DatabaseError:
        return NO_ANSWER


def _has_cache() -> bool:
    shared = settings.CACHES["default"]
    in_tables = issubclass(import_string(shared["BACKEND"]), BaseDatabaseCache)
    return not in_tables or shared["LOCATION"] in connection.introspection.table_names()


def only_when_ready(respond: Respond) -> Respond:
    """Until then every page is one plain page that says what to run."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if missing := what_is_missing():
            return HttpResponse(render_to_string("not_ready.html", {"missing": missing}), status=503)
        return respond(request)

    return answer


class NeedsSetup(BaseCommand):
    """A command that can do nothing before the tracker is set up, and says so."""

    may_lack: tuple[Missing, ...] = ()

    def execute(self, *args: Any, **options: Any) -> str | None:
        missing = what_is_missing()
        if missing and missing not in self.may_lack:
            raise CommandError(str(missing))
        return super().execute(*args, **options)
