"""Soaks the races: in a database made for it and thrown away, on the server that DATABASE_URL names, or SQLite."""

import argparse
import os
import sys
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "krscp.settings")
django.setup()


def soak(rounds: int, names: list[str]) -> int:
    """Run each race so many times and print how it went; says how many faults there were."""
    from tests.conftest import load
    from tests.insert_races.jobs import RACES
    from tests.insert_races.race import Tally
    from tests.simultaneous import run

    run(load)
    faults = 0
    sys.stdout.write(f"{'job':<34}{'rounds':>8}{'lost':>8}{'doubled':>9}{'raw errors':>12}\n")
    for name in names or RACES:
        tally = Tally()
        for turn in range(1, rounds + 1):
            [race] = run(partial(RACES[name], turn))
            if isinstance(race, Exception):
                raise race
            tally.add(run(*race.jobs), run(race.count)[0], race)
        faults += tally.faults
        sys.stdout.write(f"{name:<34}{rounds:>8}{tally.lost:>8}{tally.doubled:>9}{len(tally.raw):>12}\n")
        sys.stdout.writelines(f"  {words[:300]}\n" for words in sorted(set(tally.raw))[:3])
        sys.stdout.flush()
    return faults


def main() -> int:
    from django.conf import settings
    from django.db import connection

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=300)
    asked.add_argument("jobs", nargs="*", help="Names of races; all of them, if none is given")
    given = asked.parse_args()
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    name = "races-soak.sqlite3" if connection.vendor == "sqlite" else "test_races_soak"
    connection.settings_dict["TEST"] |= {"NAME": name}
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        return 1 if soak(given.rounds, given.jobs) else 0
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
