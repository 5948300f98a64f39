"""Seconds of processor of the pages, papers and the freeze at several sizes, in a scratch database of its own.

    DATABASE_URL=sqlite:////tmp/scratch.sqlite3 python -m tests.benchmarks.readings 36 360 3600

Filled by tests.benchmarks.world. A database that holds people is refused.
"""

import argparse
import gzip
import time
from collections.abc import Callable, Iterator

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.benchmarks import world

COLUMNS = "| database | recommendations | what | seconds | of these, processor | bytes | on the wire |"


Run = Callable[[], tuple[int, int]]


def main(sizes: list[int], wanted: list[str]) -> None:
    """Fill up to each size in turn, and measure everything that is wanted."""
    world.prepare()
    world.write(f"{COLUMNS}\n|---|---|---|---|---|---|---|\n")
    manager, chair = world.person("manager"), world.person("vca.cochair1")
    for size in sorted(sizes):
        world.fill(size)
        world.settle()
        for what, run in readings(manager, chair):
            if not wanted or any(what.startswith(name) for name in wanted):
                clock, processor, length, sent = measure(run)
                figures = f"{clock:.2f} | {processor:.2f} | {length:,} | {sent:,}"
                world.write(f"| {connection.vendor} | {size:,} | {what} | {figures} |\n")


def readings(manager, chair) -> Iterator[tuple[str, Run]]:
    """What is measured by name; each run gives how many bytes came, and how many of them went over the wire."""
    yield "home of a co-chair", page(chair, "/")
    yield "home of the Manager", page(manager, "/")
    yield "list", page(manager, "/recommendations/")
    yield "search", page(manager, "/recommendations/?q=audit&sort=due")
    yield "a recommendation", page(manager, "/isr-2021/25/")
    yield "report", page(manager, world.model("Report").objects.latest("pk").get_absolute_url())
    yield "reviews", page(manager, "/reviews/")
    yield "as at a day", page(manager, f"/as-at/{world.past_day()}/")
    yield "CSV of the list", page(manager, "/recommendations/export/csv/")
    report = world.annual_report(manager, 90).get_absolute_url()
    yield "annual report", page(manager, report)
    yield "annual report in Word", page(manager, f"{report}export/word/")
    yield from of_a_review(manager, chair)


def of_a_review(manager, chair) -> Iterator[tuple[str, Run]]:
    """A new review at each size: its pages, its returns, and the freeze that ends it."""
    review = world.another_review(manager, "collecting")
    here = review.get_absolute_url()
    wanted = review.returns.get(body__slug="vca")
    yield "a return", page(chair, wanted.get_absolute_url())
    yield "a return as a workbook, taken back", lambda: workbook_back(chair, wanted)
    world.sit(review, manager)
    yield "review", page(manager, here)
    yield "a part in the meeting", page(manager, world.item_of(review))
    yield "pack in Word", page(manager, f"{here}pack/word/")
    yield "freeze", lambda: (world.freeze(review, manager), 0)
    yield "frozen review", page(manager, here)


def workbook_back(chair, wanted) -> tuple[int, int]:
    """Downloaded and, as it is, uploaded again."""
    browser = world.signed_in(chair)
    book = b"".join(browser.get(f"{wanted.get_absolute_url()}workbook/"))
    answer = browser.post(f"{wanted.get_absolute_url()}upload/", {"file": SimpleUploadedFile("return.xlsx", book)})
    return len(book), len(answer.content)


def page(person, path: str) -> Run:
    """The page of an address, as a browser that takes compressed pages asks for it."""

    def run() -> tuple[int, int]:
        browser = world.signed_in(person, Client(headers={"accept-encoding": "gzip"}))
        answer = browser.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answers {answer.status_code}")
        return unpacked(answer, b"".join(answer))

    return run


def unpacked(answer, sent: bytes) -> tuple[int, int]:
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
    world.ready()
    main(asked.sizes, asked.only)
