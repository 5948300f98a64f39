"""Seconds and peak memory of the exports at several sizes, in a scratch database of its own.

    DATABASE_URL=sqlite:////tmp/scratch.sqlite3 python -m tests.benchmarks.exports 36 3600 100000

Filled by tests.benchmarks.world. A database that holds people is refused.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from django.db import connection

from tests.benchmarks.world import fill, prepare, ready, write

ROOT = Path(__file__).resolve().parent.parent.parent
# A process remembers the peak of the one that started it, so a small one stands between.
WATCH = """
import resource, subprocess, sys, time
start = time.monotonic()
subprocess.run(sys.argv[1:], check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
COLUMNS = "| database | recommendations | format | seconds | of these, processor | peak memory (MB) | file (MB) |"


def main(sizes: list[int], formats: list[str]) -> None:
    """Fill up to each size in turn, and measure each format."""
    prepare()
    write(f"{COLUMNS}\n|---|---|---|---|---|---|---|\n")
    for size in sorted(sizes):
        fill(size)
        for file_format in formats:
            seconds, processor, memory, length = measure(file_format)
            figures = f"{seconds:.1f} | {processor:.1f} | {memory:.0f} | {length / 1_000_000:.1f}"
            write(f"| {connection.vendor} | {size:,} | {file_format} | {figures} |\n")


def measure(file_format: str) -> tuple[float, float, float, int]:
    """Seconds, seconds of processor, peak memory in MB and bytes of file, of one run of the command on its own."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"all.{file_format}"
        command = [sys.executable, "manage.py", "export_recommendations", "--format", file_format, "--output", target]
        told = subprocess.run([sys.executable, "-c", WATCH, *command], cwd=ROOT, check=True, capture_output=True)
        seconds, processor, kilobytes = map(float, told.stdout.split())
        return seconds, processor, kilobytes / 1024, target.stat().st_size


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--formats", nargs="+", default=["csv", "xlsx", "json"])
    asked = parser.parse_args()
    ready()
    main(asked.sizes, asked.formats)
