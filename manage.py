#!/usr/bin/env python
"""Run the tracker's commands: setup, demo, invite, import_report and Django's own."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "krscp.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except Exception as error:
        if missing := what_is_missing_to(error):
            sys.exit(f"CommandError: {missing}")
        raise


def what_is_missing_to(error: Exception) -> object:
    """Why a command that is not ours failed, if it was for want of a database or of its tables."""
    from django.apps import apps
    from django.db import DatabaseError

    from krscp.sqlite.base import MAKERS, NoDatabase

    if not apps.ready or not isinstance(error, DatabaseError | NoDatabase) or MAKERS & set(sys.argv[1:2]):
        return None
    from subgroups.readiness import what_is_missing

    return what_is_missing()


if __name__ == "__main__":
    main()
