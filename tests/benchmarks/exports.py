"""Seconds and peak memory of the exports at several sizes, in a scratch database of its own.

    DATABASE_URL=sqlite:////tmp/scratch.sqlite3 python -m tests.benchmarks.exports 36 3600 100000

The rows are copies, written in bulk without history: only for measuring. A database that holds people is refused.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent.parent
CHUNK = 2_000
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
    from django.db import connection

    prepare()
    write(f"{COLUMNS}\n|---|---|---|---|---|---|---|\n")
    for size in sorted(sizes):
        fill(size)
        for file_format in formats:
            seconds, processor, memory, length = measure(file_format)
            figures = f"{seconds:.1f} | {processor:.1f} | {memory:.0f} | {length / 1_000_000:.1f}"
            write(f"| {connection.vendor} | {size:,} | {file_format} | {figures} |\n")


def write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def prepare() -> None:
    """The tables, the organisation and the report. Leaves when the database may be somebody's."""
    from django.core.management import call_command
    from django.db import connection

    from recommendations.models import Update
    from subgroups.models import User

    if User._meta.db_table in connection.introspection.table_names() and (
        User.objects.exists() or Update.objects.exists()
    ):
        sys.exit("This database holds people or updates. Name an empty one in DATABASE_URL.")
    call_command("setup", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115


def fill(size: int) -> None:
    """Copies of the report's recommendations with their parts and owners, until there are `size`."""
    from recommendations.models import Ownership, Part, Recommendation, Report

    report, _ = Report.objects.get_or_create(code="measured-1", title="A long report", short_title="Measured")
    printed = list(Recommendation.objects.filter(report__code="isr-2021").prefetch_related("parts__ownerships"))
    while (there := Recommendation.objects.count()) < size:
        wanted = {number: printed[number % len(printed)] for number in range(there, min(there + CHUNK, size))}
        new = [like(one, report=report, number=str(n), slug=str(n), position=n) for n, one in wanted.items()]
        made = zip(Recommendation.objects.bulk_create(new), wanted.values(), strict=True)
        pairs = [(like(part, recommendation=one), part) for one, of in made for part in of.parts.all()]
        Part.objects.bulk_create(part for part, _ in pairs)
        Ownership.objects.bulk_create(
            like(owned, part=part) for part, of in pairs for owned in of.ownerships.all()
        )  # fmt: skip


def like(row, **other):
    """An unsaved copy with other values."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields[1:]}
    made = type(row)(**values)
    for name, value in other.items():
        setattr(made, name, value)
    return made


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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "krscp.settings")
    django.setup()
    main(asked.sizes, asked.formats)
