"""Seconds of processor of the pages, papers and the freeze at several sizes, in a scratch database of its own.

    DATABASE_URL=sqlite:////tmp/scratch.sqlite3 python -m tests.benchmarks.readings 36 360 3600

Each part has a status, dates and what its owner said, written in bulk with history: only for measuring. A database
that holds people is refused.
"""

import argparse
import os
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import django

from tests.benchmarks.exports import fill, prepare, write

COLUMNS = "| database | recommendations | what | seconds | of these, processor | bytes | on the wire |"
STANDINGS = ("not_started", "on_track", "at_risk", "off_track", "complete", "on_track")


def main(sizes: list[int], wanted: list[str]) -> None:
    """Fill up to each size in turn, and measure everything that is wanted."""
    from django.db import connection

    prepare()
    write(f"{COLUMNS}\n|---|---|---|---|---|---|---|\n")
    from tests.factories import make_person

    manager = make_person("manager", email="manager@people.example")
    chair = make_person("vca-co-chair-1", email="chair@people.example")
    lived: set[int] = set()
    for size in sorted(sizes):
        fill(size)
        live(chair, lived)
        for what, run in readings(manager, chair):
            if not wanted or any(what.startswith(name) for name in wanted):
                clock, processor, length, sent = measure(run)
                figures = f"{clock:.2f} | {processor:.2f} | {length:,} | {sent:,}"
                write(f"| {connection.vendor} | {size:,} | {what} | {figures} |\n")


def live(owner, lived: set[int]) -> None:
    """Every part that has not `lived` gets a status, a date and, for five of six, what its owner said."""
    from django.db import connection

    from krscp import clock
    from recommendations.domain.workflow import WORST_FIRST
    from recommendations.models import Part, Recommendation, Update

    today, parts, said = clock.today(), [part for part in Part.objects.all() if part.pk not in lived], []
    for place, part in enumerate(parts):
        part.status = STANDINGS[place % len(STANDINGS)]
        part.agreed_date = part.first_agreed_date = today + timedelta(days=place % 400 - 100)
        if part.status != "not_started":
            part.last_said_at = clock.now() - timedelta(days=place % 60, seconds=place)
            said.append(told(part, owner, Update))
    Part.objects.bulk_update(parts, ["status", "agreed_date", "first_agreed_date", "last_said_at"], batch_size=500)
    Update.objects.bulk_create(said, batch_size=500)
    wholes = list(Recommendation.objects.filter(parts__in=parts).distinct().prefetch_related("parts"))
    for whole in wholes:
        whole.status = min((part.status for part in whole.parts.all()), key=WORST_FIRST.index)
    Recommendation.objects.bulk_update(wholes, ["status"], batch_size=500)
    remember([*wholes, *parts])
    lived.update(part.pk for part in parts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def told(part, owner, update):
    """An update that says a little of everything."""
    slipped = "The analyst left and the post is not filled" if part.status in ("at_risk", "off_track") else ""
    return update(
        part=part, status=part.status, status_before="not_started", created_at=part.last_said_at, token=uuid.uuid4(),
        what_happened="The group met and agreed the plan. It asked each agency for figures by the next meeting.",
        what_next="Write it up", next_date=part.agreed_date, why_slipped=slipped,
        author=owner, author_name=owner.name, author_post=owner.post_titles,
    )  # fmt: skip


def remember(rows: list) -> None:
    """History of the rows as they are, and of the owners of parts."""
    from krscp import clock
    from recommendations.models import Ownership, Part

    owners = list(Ownership.objects.filter(part__in=[row for row in rows if isinstance(row, Part)]))
    for row in [*rows, *owners]:
        row._history_date = clock.now()
    for model in {type(row) for row in [*rows, *owners]}:
        of = [row for row in [*rows, *owners] if isinstance(row, model)]
        known = set(model.history.values_list("id", flat=True))
        for update, some in ((True, [o for o in of if o.pk in known]), (False, [o for o in of if o.pk not in known])):
            model.history.bulk_history_create(some, batch_size=500, update=update)


Run = Callable[[], tuple[int, int]]


def readings(manager, chair) -> Iterator[tuple[str, Run]]:
    """What is measured by name; each run gives how many bytes came, and how many of them went over the wire."""
    from krscp import clock

    day = clock.today().isoformat()
    yield "home of a co-chair", page(chair, "/")
    yield "home of the Manager", page(manager, "/")
    yield "list", page(manager, "/recommendations/")
    yield "search", page(manager, "/recommendations/?q=audit&sort=due")
    yield "a recommendation", page(manager, "/isr-2021/25/")
    yield "report", page(manager, "/measured-1/")
    yield "reviews", page(manager, "/reviews/")
    yield "as at a day", page(manager, f"/as-at/{day}/")
    yield "CSV of the list", page(manager, "/recommendations/export/csv/")
    yield "annual report", annual(manager, "")
    yield "annual report in Word", annual(manager, "export/word/")
    yield from of_a_review(manager, chair)


def of_a_review(manager, chair) -> Iterator[tuple[str, Run]]:
    """A new review at each size: its pages, its returns, and the freeze that ends it."""
    from recommendations.models import Part, Review
    from recommendations.services import reviews
    from tests.factories import A_DAY, freeze, make_review

    review = make_review(A_DAY + timedelta(days=31 * Review.objects.count()))
    here = review.get_absolute_url()
    reviews.ask_for_returns(review=review, by=manager)
    wanted = review.returns.get(body__slug="vca")
    yield "a return", page(chair, wanted.get_absolute_url())
    yield "a return as a workbook, taken back", lambda: workbook_back(chair, wanted)
    reviews.start_meeting(review=review, by=manager)
    worst = Part.objects.filter(status="off_track").order_by("pk").last()
    yield "review", page(manager, here)
    yield "a part in the meeting", page(manager, f"{here}meeting/{address_of(worst)}/")
    yield "pack in Word", page(manager, f"{here}pack/word/")
    yield "freeze", lambda: (len(freeze(review, manager).content), 0)
    yield "frozen review", page(manager, here)


def address_of(part) -> str:
    return f"{part.recommendation.report.code}/{part.recommendation.slug}/{part.slug}"


def workbook_back(chair, wanted) -> tuple[int, int]:
    """Downloaded and, as it is, uploaded again."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    browser = Client()
    browser.force_login(chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    book = b"".join(browser.get(f"{wanted.get_absolute_url()}workbook/"))
    answer = browser.post(f"{wanted.get_absolute_url()}upload/", {"file": SimpleUploadedFile("return.xlsx", book)})
    return len(book), len(answer.content)


def annual(manager, ending: str) -> Run:
    """A draft of the year, with every section."""
    from krscp import clock
    from recommendations.models import AnnualSection
    from recommendations.services import annual as services

    choices = services.Choices("Annual report", clock.today() - timedelta(days=90), clock.today(), AnnualSection.values)
    report = services.build(choices=choices, token=uuid.uuid4(), by=manager)
    return page(manager, f"{report.get_absolute_url()}{ending}")


def page(person, path: str) -> Run:
    """The page of an address, as a browser that takes compressed pages asks for it."""
    from django.test import Client

    def run() -> tuple[int, int]:
        browser = Client(headers={"accept-encoding": "gzip"})
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = browser.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answers {answer.status_code}")
        return unpacked(answer, b"".join(answer))

    return run


def unpacked(answer, sent: bytes) -> tuple[int, int]:
    import gzip

    packed = answer.get("Content-Encoding") == "gzip"
    return len(gzip.decompress(sent)) if packed else len(sent), len(sent)


def measure(run: Run) -> tuple[float, float, int, int]:
    """Seconds on the clock and of the processor (that of this process; PostgreSQL's own is not in it)."""
    began, used = time.monotonic(), time.process_time()
    length, sent = run()
    return time.monotonic() - began, time.process_time() - used, length, sent


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--only", nargs="+", default=[], help="what to measure, by how its name begins")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "krscp.settings")
    django.setup()
    main(asked.sizes, asked.only)
