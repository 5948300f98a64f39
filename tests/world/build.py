"""Builds the world in an empty database, chapter by chapter."""

import time_machine

from tests.conftest import load
from tests.world import people, year_one, year_two
from tests.world.days import LOADED

CHAPTERS = (
    year_one.begin, year_one.slip, year_one.first_review, year_one.a_long_winter, year_one.second_review,
    year_two.papers, people.hand_over, year_one.quarterly, year_two.second_report, year_two.autumn,
    year_two.returns_now, year_two.today,
)  # fmt: skip


def build() -> None:
    """Everything that has happened, oldest first."""
    with time_machine.travel(LOADED, tick=False):
        load()
        people.arrive()
    for chapter in CHAPTERS:
        chapter()
