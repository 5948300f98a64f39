"""What files cost that are made to keep a reader busy, and whether other people's pages wait for them.

    python -m tests.benchmarks.hostile                     processor seconds of n, 2n and 4n pieces, each shape and kind
    python -m tests.benchmarks.hostile --serve             uploads at once, on the documented server on loopback

`--kinds docx pdf` and `--shapes and words` choose; `--pieces 2000` is the n.
"""

import argparse
import os
import resource
import sys
from collections.abc import Callable, Iterator

from recommendations.imports.table_tasks import tables
from recommendations.imports.tasks import report
from tests.benchmarks.serving import serve
from tests.hostile import KINDS, ONLY_WORD, PARAGRAPHS, PIECES

LISTS = ("xlsx", "csv")
LONGEST = 60  # seconds of processor for one run
NAMES = {f"Body number {number} of the partnership": number for number in range(100)}
LETTERS, WHOLE = 20, 4  # times as many pieces as there are of paragraphs, so that files are of one size


def seconds(kind: str, data: bytes) -> float:
    """Processor seconds of reading, parsing and naming bodies, in a process of its own; negative if it was ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
        task = tables if kind in LISTS else report
        task(data, {"name": f"file.{kind}", "names": NAMES, "most": 300})
        os._exit(0)
    _, status = os.waitpid(child, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    return -spent if status else spent


def shapes(kinds: list[str], chosen: list[str]) -> Iterator[tuple[str, str, Callable[[int], bytes]]]:
    """Kind, name, and what makes the file of so many pieces."""
    for kind in kinds:
        listed = [(name, shape, LETTERS) for name, shape in PARAGRAPHS.items()]
        listed += [(f"many {name}", shape, 1) for name, shape in PIECES.items()]
        for name, shape, times in listed:
            if not chosen or name in chosen:
                yield kind, name, lambda pieces, kind=kind, shape=shape, times=times: KINDS[kind](shape(pieces * times))
        for name, make in ONLY_WORD.items() if kind == "docx" else ():
            if not chosen or name in chosen:
                yield kind, name, lambda pieces, make=make: make(pieces * WHOLE)


def measure(kinds: list[str], chosen: list[str], pieces: int) -> None:
    write("| kind | shape | kB | n | 2n | 4n |\n|---|---|---|---|---|---|\n")
    for kind, name, make in shapes(kinds, chosen):
        files = [make(pieces * times) for times in (1, 2, 4)]
        spent = [seconds(kind, data) for data in files]
        figures = " | ".join(f"{one:.2f}" if one >= 0 else f"ended after {-one:.0f}" for one in spent)
        write(f"| {kind} | {name} | {len(files[2]) / 1000:.0f} | {figures} |\n")


def write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--shapes", nargs="+", default=[])
    parser.add_argument("--pieces", type=int, default=1000)
    parser.add_argument("--serve", action="store_true")
    asked = parser.parse_args()
    if asked.serve:
        serve(write)
    else:
        measure(asked.kinds, asked.shapes, asked.pieces)
