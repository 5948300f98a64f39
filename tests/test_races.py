"""A few rounds of each race; tests/races.py plays as many as wanted."""

import pytest

from tests.races import RACES, Tally, play

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("loaded", "together")]
ROUNDS = 2


def test_nothing_is_lost_or_in_neither_place_and_every_refusal_is_in_words():
    tallies = {name: sum((play(race, turn) for turn in range(ROUNDS)), Tally()) for name, race in RACES.items()}
    assert tallies == {name: Tally(rounds=ROUNDS) for name in RACES}
