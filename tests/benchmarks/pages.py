"""Milliseconds of processor, queries and bytes of the pages at several sizes, in a scratch database of its own.

    DATABASE_URL=postgres://user@127.0.0.1/scratch python -m tests.benchmarks.pages --sizes 36 3600 20000 --json FILE

Filled by tests.benchmarks.world, with a review frozen at each size and another in its meeting. A database that holds
people is refused.
"""

import argparse
import gc
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import mean, median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.benchmarks import world
from tests.form_data import filled_in

COLUMNS = "| page | size | database | cpu (ms) | floor (ms) | queries | bytes | p50 (ms) |"
BARE = "/privacy/"
PATIENCE = 20_000  # milliseconds
TICK = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Page:
    """What is asked for by whom; with `typed` its form is filled in and sent."""

    name: str
    login: str
    path: str
    typed: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """What one page cost."""

    page: str
    size: int
    database: str
    cpu_ms: float
    floor_cpu_ms: float
    queries: int
    bytes: int
    p50_ms: float


def main(sizes: list[int], target: Path, only: Sequence[str] = (), seconds: float = 2) -> None:
    """Fill up to each size in turn and measure each page for so many seconds; `only` says how its name begins."""
    alone()
    world.write(f"{COLUMNS}\n|{'---|' * 8}\n")
    rows: list[Row] = []
    for size in sorted(sizes):
        for row in at_size(size, only, seconds):
            rows.append(row)
            world.write(f"| {' | '.join(map(in_words, asdict(row).values()))} |\n")
            target.write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")


def in_words(value: str | float) -> str:
    return f"{value:,}" if isinstance(value, int | float) else value


def at_size(size: int, only: Sequence[str], seconds: float) -> Iterator[Row]:
    """The freeze first, which asks for no page, and then the pages."""
    world.fill(size)
    world.settle()
    manager, chair = world.person("manager"), world.person("vca.cochair1")
    over = world.model("Review").objects.latest("held_on")
    if not over.is_in_meeting:
        world.sit(over, manager)
    length, clock, used = spent(lambda: world.freeze(over, manager))
    yield Row("freeze", size, connection.vendor, round(used, 1), 0, 0, length, round(clock, 1))
    world.a_month_later(chair)
    now = world.another_review(manager, "meeting")
    world.settle()
    floors = {login: measured(Page("", login, BARE), seconds) for login in ("manager", "vca.cochair1", "slg.member")}
    for page in pages(over, now, world.annual_report(manager, 365)):
        if only and not page.name.startswith(tuple(only)):
            continue
        cpu, queries, length, clock = measured(page, seconds)
        floor = floors[page.login][0]
        yield Row(page.name, size, connection.vendor, cpu, floor, queries, length, clock)


def pages(over: Any, now: Any, report: Any) -> Iterator[Page]:
    """What is measured: `over` is frozen, `now` is in its meeting and compared with it."""
    day = timezone.localdate()
    yield Page("home of the Manager", "manager", "/")
    yield Page("home of a co-chair", "vca.cochair1", "/")
    yield Page("home of an SLG member", "slg.member", "/")
    yield Page("reviews", "manager", "/reviews/")
    yield Page("review", "manager", now.get_absolute_url())
    yield Page("frozen review", "manager", over.get_absolute_url())
    yield Page("a part in the meeting", "manager", world.item_of(now))
    yield Page("list", "manager", "/recommendations/")
    yield Page("list, filtered", "manager", "/recommendations/?status=off_track&status=at_risk&owner=vca&flag=overdue")
    yield Page("search", "manager", "/recommendations/?q=audit&sort=due")
    yield Page("a recommendation", "manager", "/isr-2021/25/")
    yield Page("as at a past day", "manager", f"/as-at/{world.past_day()}/")
    yield Page("a return", "vca.cochair1", now.returns.get(body__slug="vca").get_absolute_url())
    yield Page("a body", "manager", "/bodies/vca/")
    yield Page("annual report", "manager", report.get_absolute_url())
    soon = day + timedelta(days=30)
    said = {"status": "on_track", "what_happened": "The group met", "what_next": "Write it up",
            "next_date_day": soon.day, "next_date_month": soon.month, "next_date_year": soon.year}  # fmt: skip
    own = world.model("Part").objects.filter(status="on_track", ownerships__kind="lead", ownerships__body__slug="vca")
    yield Page("an update, sent", "vca.cochair1", own.latest("pk").update_url, said)


def measured(page: Page, seconds: float) -> tuple[float, int, int, float]:
    """Processor (the mean), queries and bytes, and time on the clock (the median).

    Queries are counted in a first request, which stands for the others where it took very long.
    """
    gc.collect()  # what the page before left behind
    browser = world.signed_in(world.person(page.login))
    ask = asking(browser, page)
    with CaptureQueriesContext(connection) as captured:
        answer, clock, cpu = spent(ask)
    queries = len(captured)
    if answer.status_code != (302 if page.typed else 200):
        raise SystemExit(f"{page.path} answers {answer.status_code}")
    clocks, used = [clock], [cpu]
    if seconds and clock < PATIENCE:
        clocks, used = [], []
        while sum(clocks) < seconds * 1000:
            _, clock, cpu = spent(asking(browser, page))
            clocks.append(clock)
            used.append(cpu)
    return round(mean(used), 1), queries, len(answer.content), round(median(clocks), 1)


def asking(browser: Client, page: Page) -> Callable[[], Any]:
    """The request. A form is opened and filled in before."""
    if not page.typed:
        return lambda: browser.get(page.path)
    sent = filled_in(browser.get(page.path)) | page.typed
    return lambda: browser.post(page.path, sent)


def spent(run: Callable[[], Any]) -> tuple[Any, float, float]:
    """What it gives, milliseconds on the clock, and of the processor: here and in the database."""
    began, used, theirs = time.monotonic(), time.process_time(), ticks()
    found = run()
    clock, cpu = time.monotonic() - began, time.process_time() - used
    return found, clock * 1000, cpu * 1000 + (ticks() - theirs) * TICK


def alone() -> None:
    """The process that serves this connection leaves nothing to others, whose time nobody could tell."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")


def ticks() -> int:
    """What that process has used; nothing for a database on another machine, or one that works in our own process."""
    try:
        told = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text(encoding="utf-8")
    except (OSError, AttributeError):
        return 0
    return sum(map(int, told.rpartition(")")[2].split()[11:13]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[36, 3600, 20000])
    parser.add_argument("--json", type=Path, required=True, help="where the figures are written to")
    parser.add_argument("--only", nargs="+", default=[], help="what to measure, by how its name begins")
    asked = parser.parse_args()
    world.ready()
    world.prepare()
    main(asked.sizes, asked.json, asked.only)
