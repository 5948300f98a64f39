"""Runs jobs at one moment, each on a connection of its own; a window holds one of them open while another comes."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

from django.db import connection, connections

Job = Callable[[], Any]
PATIENCE = 30.0
# How long one that is held up is looked at on SQLite, which does not tell who waits for whom.
LOOK = 0.3


@contextmanager
def on_a_file(folder: Path) -> Iterator[None]:
    """On SQLite the jobs work on a copy in a file: a database in memory has no locks to wait for."""
    if connection.vendor != "sqlite":
        yield
        return
    before, copy = connections.settings["default"], folder / "copy.sqlite3"
    with closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
    connections.settings["default"] = before | {"NAME": str(copy)}
    try:
        yield
    finally:
        connections.settings["default"] = before


def run(*jobs: Job) -> list[Any]:
    """Their results, in their order. An exception is a result too."""
    start, results = Barrier(len(jobs)), [None] * len(jobs)

    def work(place: int, job: Job) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=PATIENCE)
            results[place] = job()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=work, args=(place, job)) for place, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class Window:
    """A place inside one job at which another one comes: the first goes on when that is done, or has to wait."""

    def __init__(self) -> None:
        self.opened, self.done = Event(), Event()

    def hold(self) -> None:
        """Called by the first job, in its transaction."""
        self.opened.set()
        if connection.vendor == "sqlite":
            self.done.wait(LOOK)
            return
        for _ in range(int(PATIENCE / 0.02)):
            if self.done.wait(0.02) or somebody_waits():
                return
        raise TimeoutError("The other job neither ended nor waited.")

    def inside(self, job: Job) -> Job:
        """The second job: it begins when the window is open."""

        def wait_and_do() -> Any:
            try:
                if not self.opened.wait(PATIENCE):
                    raise TimeoutError("The window never opened.")
                return job()
            finally:
                self.done.set()

        return wait_and_do


def somebody_waits() -> bool:
    """Whether a connection to this database waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0
