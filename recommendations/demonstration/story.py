"""Tells the made-up story of fixtures/demonstration.toml through the services, each event at its own time."""

import tomllib
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from krscp import clock
from recommendations.demonstration.reviews import LABEL, STEPS, steps
from recommendations.domain.kinds import DecisionKind
from recommendations.models import Part, Priority, Recommendation, UpdateKind
from recommendations.services import actions, completion, decisions, updates
from subgroups.models import Body, Post, User
from subgroups.services.people import give_password, invite, mark_demonstration

STORY = settings.FIXTURES / "demonstration.toml"
LABELLED = {"what_happened", "done", "wording", "title", "text", "what", "reason"}
DAYS = {"next_date", "requested_date", "agreed_date", "recheck_on", "look_again_on", "due", "done_on"}
MORNING = time(9)
BETWEEN = timedelta(minutes=7)

Event = dict[str, Any]


def read_story() -> dict[str, Any]:
    """Accounts, first dates and events, as the file has them: days counted from today."""
    return tomllib.loads(STORY.read_text(encoding="utf-8"))


def loaded_at(story: dict[str, Any], today: date) -> datetime:
    """The morning on which the story says that the report was loaded."""
    return moment(today + timedelta(days=story["loaded"]))


def moment(day: date) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=timezone.get_default_timezone())


@transaction.atomic
def tell(story: dict[str, Any], today: date) -> None:
    """Label the database, open the accounts and play every event, oldest first; all of it or nothing."""
    with clock.at(loaded_at(story, today)):
        mark_demonstration()
        for account in story["account"]:
            for slug in account["posts"]:
                post = Post.objects.get(slug=slug)
                invite(email=email_of(account, story), name=account["name"], post=post, starts=clock.today())
    people = {account["login"]: User.objects.get(email=email_of(account, story)) for account in story["account"]}
    opening, closing = steps(story["review"])
    for at, event in in_order([*first_dates(story), *opening, *story["event"], *closing], today):
        with clock.at(at):
            play(event, people[event["by"]], today)


def email_of(account: dict[str, Any], story: dict[str, Any]) -> str:
    return f"{account['login']}@{story['domain']}"


def set_passwords(story: dict[str, Any], password: str) -> list[User]:
    """Let every account of the story sign in with `password`; the people, in the story's order."""
    people = [User.objects.get(email=email_of(account, story)) for account in story["account"]]
    give_password(people=people, password=password)
    return people


def first_dates(story: dict[str, Any]) -> Iterator[Event]:
    """One "agree a date" event for each part of the table."""
    common = {key: value for key, value in story["first_dates"].items() if key != "agreed"}
    for reference, days in story["first_dates"]["agreed"].items():
        yield common | {"part": reference, "does": DecisionKind.AGREE_DATE, "agreed_date": days}


def in_order(events: Iterable[Event], today: date) -> Iterator[tuple[datetime, Event]]:
    """Events oldest first, each with its instant: those of one day follow each other, minutes apart."""
    for day, group in groupby(sorted(events, key=lambda event: event["day"]), key=lambda event: event["day"]):
        for place, event in enumerate(group):
            yield moment(today + timedelta(days=day)) + place * BETWEEN, event


def play(event: Event, by: User, today: date) -> None:
    """One event through the service that a page would call."""
    if event["does"] in STEPS:
        STEPS[event["does"]](event, by, today)
        return
    number, _, slug = event["part"].partition("/")
    part = Part.objects.at(code="isr-2021", number=number, part=slug or "whole")
    given = {key: spoken(key, value, today) for key, value in event.items() if key not in {"part", "day", "by", "does"}}
    does = event["does"]
    if does in DecisionKind.values:
        decide(part, by, DecisionKind(does), given)
    else:
        PLAYS[does](part, by, given)


def spoken(key: str, value: Any, today: date) -> Any:
    """A value as the services take it: days as dates, statements labelled."""
    if key in DAYS:
        return today + timedelta(days=value)
    return f"{LABEL}{value}" if key in LABELLED else value


def write(part: Part) -> dict[str, Any]:
    """What every form sends beside its answers."""
    return {"part": part, "version": part.version, "token": uuid.uuid4()}


def give_update(part: Part, by: User, given: Event) -> None:
    updates.give_update(said=updates.Said(**given), by=by, **write(part))


def say_no_change(part: Part, by: User, given: Event) -> None:
    give_update(part, by, given | {"kind": UpdateKind.NO_CHANGE})


def withdraw(part: Part, by: User, given: Event) -> None:
    updates.withdraw(update=part.updates.latest("created_at"), by=by)


def propose(part: Part, by: User, given: Event) -> None:
    completion.propose_completion(
        done=given["done"], proof=proof(given), for_children=for_children(given), by=by, **write(part)
    )


def proof(given: Event) -> completion.Proof:
    return completion.Proof(title=given["title"], shows=given["shows"], link=given["link"])


def for_children(given: Event) -> completion.ForChildren:
    return completion.ForChildren(given["difference"], given["text"], given.get("look_again_on"))


def add_evidence(part: Part, by: User, given: Event) -> None:
    completion.add_evidence(part=part, proof=proof(given), by=by)


def record_difference(part: Part, by: User, given: Event) -> None:
    completion.record_difference(part=part, for_children=for_children(given), by=by)


def add_action(part: Part, by: User, given: Event) -> None:
    done_on = given.pop("done_on", None)
    action = actions.add_action(part=part, token=uuid.uuid4(), by=by, **given)
    if done_on:
        with clock.at(moment(done_on)):
            actions.finish_action(action=action, on=done_on, by=by)


def decide(part: Part, by: User, kind: DecisionKind, given: Event) -> None:
    """A decision; bodies, priorities and recommendations are named in the story by slug and number."""
    for key, model, field in NAMED:
        if key in given:
            given[key] = model.objects.get(**{field: given[key]})
    ruling = decisions.Ruling(kind=kind, decided_on=clock.today(), **given)
    decisions.decide(ruling=ruling, by=by, **write(part))


NAMED = (("owner", Body, "slug"), ("priority", Priority, "slug"), ("replacement", Recommendation, "number"))
PLAYS = {
    "update": give_update,
    "no_change": say_no_change,
    "withdraw": withdraw,
    "propose": propose,
    "evidence": add_evidence,
    "difference": record_difference,
    "action": add_action,
}
