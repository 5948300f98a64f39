"""What is measured: the demonstration's fourteen months, copied by the database itself until there is enough of it.

Each copy of a recommendation has all that its original has: parts, owners, updates, decisions, asks, actions, and the
history of each row on its own days. Copies stand in reports of their own. Here alone the product's modules are named.
"""

import os
import sys
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from itertools import groupby

import django
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone

BETWEEN = 100_000  # copy number 7 of row 12 is row 700,012
A_REPORT = 50  # copies of all recommendations
STORY = "@demo.example"
NEXT = {"not_started": "on_track", "on_track": "at_risk", "at_risk": "off_track", "off_track": "on_track"}
RANDOM = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}
COPIES = "WITH RECURSIVE copy(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM copy WHERE n < {last})"
COPY = "INSERT INTO {table} ({names}) {copies} SELECT {values} FROM {table}, copy WHERE {key} IN ({rows})"


def ready() -> None:
    """Django, for a command that is run by hand."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "krscp.settings")
    django.setup()


def write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def model(name: str) -> type[models.Model]:
    return apps.get_model("recommendations", name)


def prepare() -> None:
    """The tables and the demonstration. Leaves when the database may be somebody's."""
    person = apps.get_model("subgroups", "User")
    if person._meta.db_table in connection.introspection.table_names() and person.objects.exists():
        sys.exit("This database holds people. Name an empty one in DATABASE_URL.")
    call_command("demo", serve=False, stdout=StringIO())


def person(login: str) -> models.Model:
    """Somebody of the demonstration, read afresh."""
    return apps.get_model("subgroups", "User").objects.get(email=login + STORY)


def signed_in(somebody: models.Model, browser: Client | None = None) -> Client:
    browser = browser or Client()
    browser.force_login(somebody, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def fill(size: int) -> None:
    """Copies of the demonstration's recommendations with all that hangs on them, until there are `size`."""
    recommendation = model("Recommendation")
    originals = list(recommendation.objects.filter(pk__lt=BETWEEN).order_by("pk").values_list("pk", flat=True))
    there = recommendation.objects.count()
    if there >= size:
        return
    reports_for((size - 1) // len(originals))
    paths = owned()
    with transaction.atomic(), connection.cursor() as cursor:
        for (begin, end), numbers in groupby(lots(there, size, len(originals)), key=lambda lot: lot[1]):
            copies = [number for number, _ in numbers]
            for owned_model, path in paths.items():
                rows = owned_model._base_manager.filter(**{f"{path}__in": originals[begin:end]}, pk__lt=BETWEEN)
                if keys := list(rows.values_list("pk", flat=True)):
                    cursor.execute(copying(owned_model, paths, keys, copies))
        for sql in connection.ops.sequence_reset_sql(no_style(), list(paths)):
            cursor.execute(sql)


def settle() -> None:
    """What a server does by itself when it is left alone for a while."""
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def lots(there: int, size: int, of: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Which of the originals each copy still has to have."""
    for number in range(there // of, -(-size // of)):
        yield number, (max(there - number * of, 0), min(size - number * of, of))


def reports_for(last: int) -> None:
    """Reports beside the first one, each for as many copies as a report holds."""
    report = model("Report")
    report.objects.update(beside_others=True)
    for place in range(last // A_REPORT + 1):
        told = {"code": f"measured-{place}", "title": f"Long report {place}", "short_title": f"Long {place}"}
        report.objects.get_or_create(pk=BETWEEN + place, defaults=told | {"beside_others": True})


def owned() -> dict[type[models.Model], str]:
    """Every model whose rows belong to a recommendation, its history too, and how it leads there."""
    paths = {model("Recommendation"): "pk"}
    listed = apps.get_app_config("recommendations").get_models(include_auto_created=True)
    waiting = [one for one in listed if one not in paths]
    while found := {one: path for one in waiting if (path := way(one, paths))}:
        paths |= found
        waiting = [one for one in waiting if one not in found]
    kept = {one.history.model: path.replace("pk", "id") for one, path in paths.items() if hasattr(one, "history")}
    return paths | kept


def way(one: type[models.Model], paths: dict[type[models.Model], str]) -> str:
    """The first relation that a row cannot be without, to what belongs to a recommendation."""
    for field in one._meta.concrete_fields:
        if field.is_relation and not field.null and field.related_model in paths:
            return f"{field.name}__{paths[field.related_model]}".removesuffix("__pk")
    return ""


def copying(one: type[models.Model], paths: dict, keys: list[int], copies: list[int]) -> str:
    """The statement that copies these rows so many times."""
    values = {connection.ops.quote_name(field.column): copied(field, paths) for field in one._meta.concrete_fields}
    return COPY.format(
        table=connection.ops.quote_name(one._meta.db_table), key=one._meta.pk.column,
        names=", ".join(values), values=", ".join(values.values()), rows=", ".join(map(str, keys)),
        copies=COPIES.format(first=copies[0], last=copies[-1]),
    )  # fmt: skip


def copied(field: models.Field, paths: dict) -> str:
    """What a copy has in a column: keys are moved, tokens its own, numbers those of its report."""
    column = connection.ops.quote_name(field.column)
    if isinstance(field, models.UUIDField):
        return RANDOM[connection.vendor]
    if field.primary_key or field.name == "id" or field.related_model in paths:
        return f"{column} + n * {BETWEEN}"
    if paths.get(field.model) not in ("pk", "id"):
        return column
    own = {"number": f"{column} || '-' || n", "slug": f"{column} || '-' || n",
           "position": f"{column} + n % {A_REPORT} * 1000", "report": f"{BETWEEN} + n / {A_REPORT}"}  # fmt: skip
    return own.get(field.name, column)


def a_month_later(by: models.Model) -> None:
    """A sixth of the parts in hand has come to stand otherwise since the last freeze, in its owner's words."""
    from krscp import clock
    from recommendations.domain.workflow import PartStatus, worst

    in_hand = model("Part").objects.filter(status__in=NEXT).order_by("-pk")
    parts = list(in_hand[: in_hand.count() // 6])
    for place, part in enumerate(parts):
        part.was, part.status = part.status, NEXT[part.status]
        part.last_said_at, part.version = clock.now() - timedelta(seconds=place), part.version + 1
    model("Update").objects.bulk_create([told(part, by) for part in parts], batch_size=500)
    keep(parts, ["status", "last_said_at", "version"])
    wholes = list(model("Recommendation").objects.filter(parts__in=parts).distinct().prefetch_related("parts"))
    for whole in wholes:
        whole.status = worst(PartStatus(part.status, part.is_option) for part in whole.parts.all())
    keep(wholes, ["status"])


def told(part: models.Model, by: models.Model) -> models.Model:
    """An update that says a little of everything."""
    slipped = part.status in ("at_risk", "off_track")
    return model("Update")(
        part=part, status=part.status, status_before=part.was, created_at=part.last_said_at, token=uuid.uuid4(),
        what_happened="The group met and agreed the plan. It asked each agency for figures by the next meeting.",
        what_next="Write it up", next_date=part.agreed_date,
        why_slipped="The analyst left and the post is not filled" if slipped else "",
        brings_back="Another agency lends one" if slipped else "", ask_of_slg="Nothing yet" if slipped else "",
        author=by, author_name=by.name, author_post=by.post_titles,
    )  # fmt: skip


def keep(rows: list, fields: list[str]) -> None:
    """The rows as they are now, with their history."""
    type(rows[0]).objects.bulk_update(rows, fields, batch_size=500)
    type(rows[0]).history.bulk_history_create(rows, batch_size=500, update=True)


def sit(review: models.Model, by: models.Model) -> None:
    """The meeting of a review begins."""
    from recommendations.services import reviews

    reviews.start_meeting(review=review, by=by)


def freeze(review: models.Model, by: models.Model) -> int:
    """A review in its meeting is over; the length of its record."""
    from tests import factories

    return len(factories.freeze(review, by).content)


def past_day() -> date:
    """A day on which most things stood otherwise, and no review was frozen."""
    return timezone.localdate() - timedelta(days=100)


def item_of(review: models.Model) -> str:
    """The address of what the meeting looks at when it comes to the newest part that is off track."""
    part = model("Part").objects.filter(status="off_track").order_by("pk").last()
    return (
        f"{review.get_absolute_url()}meeting/{part.recommendation.report.code}/{part.recommendation.slug}/{part.slug}/"
    )


def another_review(by: models.Model, stage: str) -> models.Model:
    """A review in the month after the last one, at a stage: "scheduled", "collecting" or "meeting"."""
    from tests.factories import review_in

    last: date = model("Review").objects.latest("held_on").held_on
    return review_in(stage, by, last + timedelta(days=31))


def annual_report(by: models.Model, days: int) -> models.Model:
    """A draft of so many days, with every section."""
    from krscp import clock
    from recommendations.models import AnnualSection
    from recommendations.services import annual

    first = clock.today() - timedelta(days=days)
    choices = annual.Choices("Annual report", first, clock.today(), AnnualSection.values)
    return annual.build(choices=choices, token=uuid.uuid4(), by=by)
