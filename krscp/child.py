"""Runs a function in a process of its own, within limits: what files from anywhere cost, no other page pays.

    run("package.module:function", {"name": "report.pdf"}, data)

The function takes the bytes and the options and returns what JSON can hold. Its process starts afresh, knows neither
settings nor secrets nor the database, and ends with its work. It may use so many seconds of processor, not of the
clock, on which it can be late without fault of its own; the clock only ends what hangs. Few run at once on a server,
a few more wait, and others are told that it is busy: locks on files count them over all processes of the server.
"""

import importlib
import json
import logging
import os
import signal
import subprocess  # nosec B404
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

try:
    import fcntl
    import resource
except ImportError:  # Windows, where the demonstration may run: without limits
    fcntl = resource = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE, WAITING = 2, 4
LONGEST_WAIT = 40  # seconds for a turn
BETWEEN_LOOKS = 0.1
NICE = 5  # so that pages go before files
MOST_ANSWER = 12_000_000  # characters
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
COVERAGE = "COVERAGE_"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What one run may use: seconds of processor, bytes of memory, and seconds on the clock."""

    processor: int = 20
    memory: int = 768 * 1024 * 1024
    clock: int = 90


class Busy(Exception):
    """So many run and wait that this one was not begun."""


class Stopped(Exception):
    """It used more than its limits allow, or broke its process."""


class Failed(Exception):
    """The function raised what nobody expected: a fault of ours, which is written to the log."""


def run(task: str, options: dict[str, Any], data: bytes, limits: Limits = Limits()) -> Any:
    """What "package.module:function" returns of the bytes and options. Raises Busy, Stopped or Failed."""
    head = json.dumps({"task": task, "options": options, "limits": asdict(limits)})
    with turn() as places:
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "krscp.child"],  # nosec B603
                input=head.encode() + b"\n" + data,
                capture_output=True,
                timeout=limits.clock,
                check=False,
                env=_environment(),
                pass_fds=places,  # the turn lasts as long as the process, even if nobody waits for it any more
            )
        except subprocess.TimeoutExpired as problem:
            raise Stopped from problem
    if done.returncode < 0:
        raise Stopped
    if done.returncode:
        logger.error("%s failed in its process: %s", task, done.stderr.decode("utf-8", "replace")[-4000:])
        raise Failed
    answer = json.loads(done.stdout)
    if "value" not in answer:
        raise Stopped
    return answer["value"]


def _environment() -> dict[str, str]:
    """No secret and no address of the database, only where the code is, and what measures how much of it is tested."""
    kept = {name: text for name, text in os.environ.items() if name in PASSED_ON or name.startswith(COVERAGE)}
    return kept | {"PYTHONPATH": str(ROOT)}


@contextmanager
def turn() -> Iterator[tuple[int, ...]]:
    """Until it is left, one of the few turns; the descriptor is what holds it. Raises Busy."""
    if fcntl is None:
        yield ()
        return
    seat = taken("seat", AT_ONCE + WAITING)
    if seat is None:
        raise Busy
    try:
        place = _waited_for("place", AT_ONCE)
        try:
            yield (place,)
        finally:
            os.close(place)
    finally:
        os.close(seat)


def _waited_for(name: str, count: int) -> int:
    """One of the places, as soon as one is free."""
    until = time.monotonic() + LONGEST_WAIT
    while (place := taken(name, count)) is None:
        if time.monotonic() > until:
            raise Busy
        time.sleep(BETWEEN_LOOKS)
    return place


def taken(name: str, count: int) -> int | None:
    """The descriptor of one of so many files that nobody else has locked; None where all are."""
    for number in range(count):
        place = os.open(folder() / f"{name}-{number}", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(place)
        else:
            return place
    return None


def folder() -> Path:
    """Where the locks are: one for each account and copy of the code, which nobody else may write to."""
    made = Path(tempfile.gettempdir()) / f"krscp-{os.getuid()}-{zlib.crc32(str(ROOT).encode()):08x}"
    made.mkdir(mode=0o700, exist_ok=True)
    if made.is_symlink() or made.stat().st_uid != os.getuid():
        raise PermissionError(f"{made} belongs to somebody else. Remove it.")
    return made


def keep_to(limits: Limits) -> None:
    """The system refuses memory and ends the process beyond its limits."""
    if resource is None:
        return
    os.nice(NICE)
    signal.alarm(limits.clock)
    for which, most in (
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, limits.processor), (resource.RLIMIT_AS, limits.memory),
    ):  # fmt: skip
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OSError):  # a system that knows no such limit, as macOS for memory
            continue


def answered(task: str, options: dict[str, Any], data: bytes) -> str:
    """What the function returns, as JSON; without a value where that took too much memory or is too long."""
    module, _, function = task.partition(":")
    try:
        found = json.dumps({"value": getattr(importlib.import_module(module), function)(data, options)})
    except MemoryError:
        return "{}"
    return found if len(found) <= MOST_ANSWER else "{}"


def main() -> None:
    """Reads a line of JSON and then the bytes; writes the answer."""
    asked = json.loads(sys.stdin.buffer.readline())
    keep_to(Limits(**asked["limits"]))
    sys.stdout.write(answered(asked["task"], asked["options"], sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
