"""Brings the filled database of the first state into the one of DATABASE_URL, and that one to the present state.

    DATABASE_URL=… python -m tests.migrations.forward

Says as JSON how many rows of each table there were, and how many there are, what stood and stands in those that moved,
and how each page answers its Manager.
"""

import gzip
import json
import os
import tempfile
import uuid
from collections.abc import Callable, Iterable
from operator import attrgetter
from pathlib import Path
from typing import Any

import django
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from tests.migrations.fill import FILE

OURS = ("subgroups", "recommendations")
FIRST = "first"
# What lives in another room now; what belonged to a review there belongs to its meeting here.
MOVED = ("learning", "historicallearning", "attendance", "historicalattendance")
REMOVED = 1000  # the number of a piece of learning of which only the history is left
Contents = dict[str, list[list[str]]]


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


def filled(connection: BaseDatabaseWrapper) -> tuple[dict[str, int], Contents]:
    """The rows of the file, in tables as they were then: how many in each, and what will move."""
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
    count_again(connection, models_of(then.get_models(include_auto_created=True)))
    rows["recommendations_historicallearning"] += removed(then.get_model("recommendations", "HistoricalLearning"))
    moving = (then.get_model("recommendations", name) for name in MOVED)
    return rows, {model._meta.model_name: contents(model, attrgetter("review_id")) for model in moving}


def removed(history: type[models.Model]) -> int:
    """Another piece of learning that came and went: how many rows that left."""
    first = history._base_manager.first()
    for kind in "+-":
        first.pk, first.id, first.history_type = None, REMOVED, kind
        first.save(force_insert=True)
    return 2


def contents(model: type[models.Model], review_of: Callable[[Any], int]) -> list[list[str]]:
    """Every row in words, with the review that it belongs to."""
    names = sorted(field.attname for field in model._meta.concrete_fields if field.name not in ("review", "meeting"))
    rows = model._base_manager.order_by("pk")
    return [[str(review_of(row)), *(str(getattr(row, name)) for name in names)] for row in rows]


def moved() -> Contents:
    """What stands in the tables that moved."""
    from recommendations.models import Review

    reviews = dict(Review.objects.values_list("meeting", "pk"))
    found = {name: django.apps.apps.get_model("subgroups", name) for name in MOVED}
    return {name: contents(model, lambda row: reviews[row.meeting_id]) for name, model in found.items()}


def next_learning() -> int:
    """The number that the next piece of learning gets."""
    from subgroups.models import Learning, Meeting

    made = Learning(meeting=Meeting.objects.create(), kind="audit", title="Next", changes="Nothing", token=uuid.uuid4())
    made.save()
    return made.pk


def models_of(listed: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    return [model for model in listed if model._meta.app_label in OURS and model._meta.managed]


def count_again(connection: BaseDatabaseWrapper, listed: list[type[models.Model]]) -> None:
    """New rows go on after those that came with their keys."""
    from django.core.management.color import no_style

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
        before, moving = filled(connections["default"])
        connections[FIRST].close()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    listed = models_of(django.apps.apps.get_models(include_auto_created=True))
    after = {model._meta.db_table: model._base_manager.count() for model in listed}
    told = {"before": before, "after": after, "pages": answers(), "moving": moving, "moved": moved(), "next": next_learning()}
    print(json.dumps(told))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "krscp.settings"
    django.setup()
    main()
