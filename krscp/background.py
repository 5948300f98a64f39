"""Starts one of our commands in a process of its own, after a page has answered: nobody waits for it."""

import logging
import os
import subprocess  # nosec B404
import sys
from functools import partial
from threading import Thread

from django.conf import settings
from django.db import connection, transaction

logger = logging.getLogger(__name__)


def start(command: str) -> None:
    """Runs `manage.py command` once what was written is stored. What it has to do must wait in the database, so that
    the same command by hand, or the next day's, does what a process that was ended did not.
    """
    transaction.on_commit(partial(begin, command))


def begin(command: str) -> Thread:
    """The thread that waits for its end, so that it leaves nothing behind and a failure is in the log."""
    begun = subprocess.Popen(  # noqa: S603
        [sys.executable, str(settings.BASE_DIR / "manage.py"), command],  # nosec B603
        cwd=settings.BASE_DIR,
        env=_environment(),
        start_new_session=True,  # it goes on when the server starts anew
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    thread = Thread(target=_wait, args=(command, begun), daemon=True)
    thread.start()
    return thread


def _wait(command: str, begun: "subprocess.Popen[bytes]") -> None:
    said = begun.communicate()[1].decode("utf-8", "replace")
    if begun.returncode:
        logger.error("manage.py %s ended with %s: %s", command, begun.returncode, said[-4000:])


def _environment() -> dict[str, str]:
    """That of this process with its database, since that of the demonstration has a name of its own."""
    own = {"DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}"} if connection.vendor == "sqlite" else {}
    return os.environ | own
