"""What files cost that are made to keep a reader busy, and whether other people's pages wait for them.

    python -m tests.benchmarks.hostile                     processor seconds and memory, each shape and kind
    python -m tests.benchmarks.hostile --serve             uploads at once, on the documented server on loopback

`--kinds docx return` and `--shapes and words` choose; `--pieces 2000` is the n. A "return" is the workbook of a return.
"""

import argparse
import sys
from collections.abc import Callable, Iterator

from krscp import child
from recommendations.importing.ask_child import REPORT, TABLES
from tests.benchmarks.serving import serve
from tests.hostile import KINDS, ONLY_WORD, PARAGRAPHS, PIECES
from tests.hostile_workbooks import BARE
from tests.hostile_workbooks import SHAPES as RETURNS

LISTS, RETURN = ("xlsx", "csv"), "return"
EVERY = [*KINDS, RETURN]
LIMITS = child.Limits(processor=60, clock=600)
NAMES = {f"Body number {number} of the partnership": number for number in range(100)}
LETTERS, WHOLE = 20, 4  # times as many pieces as there are of paragraphs, so that files are of one size


def cost(kind: str, data: bytes) -> tuple[str, str]:
    """Seconds and MB in a process of its own, within the limits of an upload but for the seconds."""
    task = TABLES if kind in (*LISTS, RETURN) else REPORT
    options = {"measured": task, "name": "" if kind == RETURN else f"file.{kind}", "names": NAMES, "most": 300}
    try:
        found = child.run("tests.benchmarks.measured:measured", options, data, LIMITS)
    except child.Stopped:
        return "ended", "limit"
    return f"{found['seconds']:.2f}{' refused' if found['refused'] else ''}", f"{found['memory']:.0f}"


def shapes(kinds: list[str], chosen: list[str]) -> Iterator[tuple[str, str, Callable[[int], bytes]]]:
    """Kind, name, and what makes the file of so many pieces."""
    for kind in kinds:
        if kind == RETURN:
            yield from returns(chosen)
            continue
        listed = [(name, shape, LETTERS) for name, shape in PARAGRAPHS.items()]
        listed += [(f"many {name}", shape, 1) for name, shape in PIECES.items()]
        for name, shape, times in listed:
            if not chosen or name in chosen:
                yield kind, name, lambda pieces, kind=kind, shape=shape, times=times: KINDS[kind](shape(pieces * times))
        for name, make in ONLY_WORD.items() if kind == "docx" else ():
            if not chosen or name in chosen:
                yield kind, name, lambda pieces, make=make: make(pieces * WHOLE)


def returns(chosen: list[str]) -> Iterator[tuple[str, str, Callable[[int], bytes]]]:
    for name, (times, make) in RETURNS.items():
        if not chosen or name in chosen:
            yield RETURN, name, lambda pieces, make=make, times=times: make(BARE, pieces * times)


def measure(kinds: list[str], chosen: list[str], pieces: int) -> None:
    write("| kind | shape | kB | n | 2n | 4n | MB |\n|---|---|---|---|---|---|---|\n")
    for kind, name, make in shapes(kinds, chosen):
        files = [make(pieces * times) for times in (1, 2, 4)]
        found = [cost(kind, data) for data in files]
        seconds = " | ".join(one for one, _ in found)
        write(f"| {kind} | {name} | {len(files[2]) / 1000:.0f} | {seconds} | {found[2][1]} |\n")


def write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="+", default=EVERY, choices=EVERY)
    parser.add_argument("--shapes", nargs="+", default=[])
    parser.add_argument("--pieces", type=int, default=1000)
    parser.add_argument("--serve", action="store_true")
    asked = parser.parse_args()
    if asked.serve:
        serve(write)
    else:
        measure(asked.kinds, asked.shapes, asked.pieces)
