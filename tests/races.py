"""A soak of what happens at once, with real connections: python -m tests.races --rounds 300

Each race is played so many times in a test database of its own (DATABASE_URL says where). For each is told: how often
something acknowledged was lost, stood in neither place, or ended in a raw error in place of words. To add a race, write
a function that makes its jobs and its judge, and put it into RACES.
"""

import argparse
import datetime as dt
import os
import sys
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "krscp.settings")
    django.setup()

from django.core.exceptions import PermissionDenied
from django.db import models
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from krscp.refusals import Refusal
from krscp.sealed_records import Record
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Status
from recommendations.models import Escalation, Review, Snapshot, Update
from recommendations.services import escalations, reviews
from recommendations.services.updates import withdraw
from tests.conftest import cast_member, load, make_quick
from tests.factories import A_DAY, decide, propose, review_in, say, the_part
from tests.review_writers import WRITERS, Writer, belongings
from tests.simultaneous import Job, on_a_file, run

IN_WORDS = (Refusal, PermissionDenied)
APART = dt.timedelta(days=182)


@dataclass
class Tally:
    """What went wrong, over so many rounds."""

    rounds: int = 0
    lost: int = 0
    in_neither_place: int = 0
    raw_errors: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.in_neither_place or self.raw_errors)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.rounds + other.rounds,
            self.lost + other.lost,
            self.in_neither_place + other.in_neither_place,
            self.raw_errors + other.raw_errors,
        )


Judge = Callable[[list[Any]], Tally]
Race = Callable[[int], tuple[list[Job], Judge]]


def play(race: Race, turn: int) -> Tally:
    """One round: made ready, run at once, judged; each on connections of its own."""
    [ready] = run(partial(race, turn))
    if isinstance(ready, Exception):
        raise ready
    jobs, judge = ready
    results = run(*jobs)
    [judged] = run(partial(judge, results))
    if isinstance(judged, Exception):
        raise judged
    raw = [one for one in results if isinstance(one, Exception) and not isinstance(one, IN_WORDS)]
    return judged + Tally(rounds=1, raw_errors=len(raw))


def done(result: Any) -> bool:
    return not isinstance(result, Exception)


def is_lost(result: Any) -> bool:
    """Whether it was acknowledged, and is not there."""
    return isinstance(result, models.Model) and not type(result)._default_manager.filter(pk=result.pk).exists()


# The freeze of a review against whoever writes into it.


def freeze_against(writer: Writer) -> Race:
    def race(turn: int) -> tuple[list[Job], Judge]:
        manager, drawn = cast_member("manager"), {}
        for name in ("vca_cochair1", "vca_cochair2", "qi_cochair", "slg_member"):
            cast_member(name)
        review = review_in("meeting", manager, A_DAY + APART * Review.objects.count())
        job = writer(Review.objects.get(pk=review.pk), cast_member)

        def draw(current: Review) -> Record:
            drawn.update(belongings(current))
            return Record(1, "{}", "", "")

        def judge(results: list[Any]) -> Tally:
            lost = sum(is_lost(result) for result in results) + (not isinstance(results[0], Snapshot))
            return Tally(lost=lost, in_neither_place=int(belongings(review) != drawn))

        return [partial(reviews.freeze, review=review, draw=draw, by=manager), job], judge

    return race


# What people say, ask and decide about one part.


def ask_against_ask(turn: int) -> tuple[list[Job], Judge]:
    """Eight who have seen no ask: one asks, the others are told."""
    part, by = the_part("25"), cast_member("manager")
    asked = {"by_when": None, "otherwise": "", "by": by, "seen": 0}
    jobs = [
        partial(escalations.escalate, part=part, ask=f"Ask {n}", token=uuid.uuid4(), **asked) for n in range(8)
    ]

    def judge(results: list[Any]) -> Tally:
        kept = [result for result in results if done(result)]
        wrong = len(kept) != 1 or list(Escalation.objects.open().filter(part=part)) != kept
        decide(part, cast_member("slg_member"), DecisionKind.ANSWER)
        return Tally(lost=int(wrong))

    return jobs, judge


def objection_against_a_new_proposal(turn: int) -> tuple[list[Job], Judge]:
    """One co-chair objects while the other takes the proposal back and proposes anew: the new one waits."""
    part, by, other = the_part("25"), cast_member("vca_cochair1"), cast_member("vca_cochair2")
    first = propose(part, by)

    def anew() -> Update:
        withdraw(update=first, by=by)
        return propose(part, by)

    def judge(results: list[Any]) -> Tally:
        second, now = results[1], the_part("25")
        waits = escalations.proposal_of(now)
        wrong = done(second) and (waits != second or now.status != Status.AWAITING_SIGN_OFF)
        if waits is not None:
            decide(now, cast_member("slg_member"), DecisionKind.SEND_BACK, agreed_date=A_DAY)
        return Tally(lost=int(wrong))

    return [partial(escalations.confirm, proposal=first, agrees=False, reason="No", by=other), anew], judge


def withdrawal_against_sign_off(turn: int) -> tuple[list[Job], Judge]:
    """A proposal is taken back or signed off, never both."""
    member, before = cast_member("slg_member"), the_part("25").status
    proposal = propose(the_part("25"), cast_member("vca_cochair1"))

    def judge(results: list[Any]) -> Tally:
        taken, now = [done(result) for result in results], the_part("25")
        expected = Status.COMPLETE if taken[1] else before
        wrong = sum(taken) != 1 or now.status != expected
        if now.status == Status.COMPLETE:
            decide(now, member, DecisionKind.REOPEN)
        return Tally(lost=int(wrong))

    sign_off = partial(decide, the_part("25"), member, DecisionKind.SIGN_OFF)
    return [partial(withdraw, update=proposal, by=cast_member("vca_cochair1")), sign_off], judge


def update_against_decision(turn: int) -> tuple[list[Job], Judge]:
    """Both are kept, one after the other, or one is told of the other."""
    part = the_part("25")
    said = partial(say, part, cast_member("vca_cochair1"))
    decided = partial(decide, part, cast_member("slg_member"), DecisionKind.AGREE_DATE, agreed_date=A_DAY)

    def judge(results: list[Any]) -> Tally:
        kept = sum(done(result) for result in results)
        wrong = any(is_lost(result) for result in results) or the_part("25").version != part.version + kept
        return Tally(lost=int(wrong))

    return [said, decided], judge


RACES: dict[str, Race] = {
    **{f"freeze against {writer.__name__.replace('_', ' ')}": freeze_against(writer) for writer in WRITERS},
    "ask against ask, eight": ask_against_ask,
    "objection against a new proposal": objection_against_a_new_proposal,
    "withdrawal against sign-off": withdrawal_against_sign_off,
    "update against decision": update_against_decision,
}


def main(rounds: int, only: str) -> int:
    """Play them and tell; 1 when anything went wrong."""
    make_quick()
    setup_test_environment()
    made, clean = setup_databases(verbosity=0, interactive=False), True
    load()
    try:
        with tempfile.TemporaryDirectory() as folder, on_a_file(Path(folder)):
            for name in (name for name in RACES if only in name):
                tally = sum((play(RACES[name], turn) for turn in range(rounds)), Tally())
                clean = clean and tally.is_clean
                sys.stdout.write(
                    f"{name:<45} {tally.rounds} rounds, {tally.lost} lost, {tally.in_neither_place} in neither place, "
                    f"{tally.raw_errors} raw errors\n"
                )
                sys.stdout.flush()
    finally:
        teardown_databases(made, verbosity=0)
    return 0 if clean else 1


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=300)
    options.add_argument("--only", default="", help="the races whose name holds this")
    given = options.parse_args()
    sys.exit(main(given.rounds, given.only))
