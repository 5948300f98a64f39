"""Brings the filled database of the first state into the one of DATABASE_URL, and that one to the present state.

    DATABASE_URL=… python -m tests.migrations.forward

Says as JSON how many rows of each table there were, and how many there are, and how each page answers its Manager.
"""

import gzip
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import django
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from tests.migrations.fill import FILE

OURS = ("subgroups", "recommendations")
FIRST = "first"


def opened(place: Path) -> None:
    """The file as the database “first”."""
    place.write_bytes(gzip.decompress(FILE.read_bytes()))
    told = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(place)}
    connections.settings[FIRST] = connections.configure_settings({"default": told})["default"]


def first_state() -> list[tuple[str, str]]:
    """The last migration that the file has of each of our rooms."""
    executor = MigrationExecutor(connections[FIRST])
    done = executor.loader.applied_migrations
    return [max(key for key in done if key[0] == room) for room in OURS]


def filled(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """The rows of the file, in tables as they were then: how many in each."""
    executor = MigrationExecutor(connection)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] not in OURS])
    executor = MigrationExecutor(connection)
    executor.migrate(first_state())
    then = MigrationExecutor(connection).loader.project_state(first_state()).apps
    rows = {}
    with transaction.atomic():
        for model in models_of(then.get_models(include_auto_created=True)):
            found = list(model._base_manager.using(FIRST).all())
            model._base_manager.bulk_create(found)
            rows[model._meta.db_table] = len(found)
    return rows


def models_of(listed: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    return [model for model in listed if model._meta.app_label in OURS and model._meta.managed]


def count_again(connection: BaseDatabaseWrapper) -> None:
    """New rows go on after those that came with their keys."""
    from django.core.management.color import no_style

    listed = models_of(django.apps.apps.get_models(include_auto_created=True))
    with connection.cursor() as cursor:
        for line in connection.ops.sequence_reset_sql(no_style(), listed):
            cursor.execute(line)


def answers() -> dict[str, int]:
    """How the Manager's pages answer, those of each recommendation and each review among them."""
    from django.test import Client
    from django.urls import reverse

    from recommendations.models import Recommendation, Review
    from subgroups.models import PostRole, User

    browser = Client(SERVER_NAME="localhost")
    browser.force_login(User.objects.filter(appointments__post__role=PostRole.MANAGER).first())
    places = [reverse(name) for name in ("home", "recommendations", "reviews", "bodies", "annual_report")]
    places += [one.get_absolute_url() for model in (Recommendation, Review) for one in model.objects.all()]
    return {place: browser.get(place).status_code for place in places}


def main() -> None:
    """Fill, migrate, count, look."""
    from django.core.management import call_command

    with tempfile.TemporaryDirectory() as folder:
        opened(Path(folder) / "first.sqlite3")
        before = filled(connections["default"])
        connections[FIRST].close()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    count_again(connections["default"])
    listed = models_of(django.apps.apps.get_models(include_auto_created=True))
    after = {model._meta.db_table: model._base_manager.count() for model in listed}
    print(json.dumps({"before": before, "after": after, "pages": answers()}))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "krscp.settings"
    django.setup()
    main()
