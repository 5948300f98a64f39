"""The exit export: everything this installation holds, as JSON and files with a manifest, for the way out."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from krscp import clock
from krscp.files import archive
from krscp.moments import one_moment
from recommendations.exit.carried import SCHEMA, carried, file_of, migrations, rows_of
from subgroups.models import Partnership


def write_export(*, target: Path, version: str) -> int:
    """Write everything to a zip or a new folder, as at one moment; says how many rows left.

    Raises FileExistsError when the target is there already, OSError when it cannot be written.
    """
    blobs: dict[str, Callable[[], bytes]] = {}
    total = 0
    with archive.written(target) as writer, one_moment():
        for model in carried():
            rows = model._base_manager.count()
            writer.add(file_of(model), rows_of(model, blobs), rows=rows)
            total += rows
        for name, read in blobs.items():
            writer.add(name, [read()])
        writer.finish(**_described(version))
    return total


def _described(version: str) -> dict[str, object]:
    """What the whole is: how it is written, by which version, of which moment, how it is marked."""
    return {
        "schema": SCHEMA,
        "version": version,
        "migrations": migrations(),
        "as_at": clock.now().isoformat(),
        "marking": settings.MARKING,
        "demonstration": Partnership.objects.filter(is_demonstration=True).exists(),
    }
