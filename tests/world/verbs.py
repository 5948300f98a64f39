"""What people do in the world, each through the service that the page would call."""

import uuid
from datetime import date, timedelta

from krscp import clock
from recommendations.domain.kinds import DecisionKind
from recommendations.domain.workflow import Difference, Status
from recommendations.models import Decision, Escalation, Part, Priority, Recommendation, Update, UpdateKind, Withdrawal
from recommendations.services import actions, completion, decisions, escalations, updates
from subgroups.models import Body
from tests.world.days import a_minute_later
from tests.world.people import who

NEXT_DATE, TARGET = date(2026, 3, 31), date(2026, 6, 30)
SLIPPED = {"why_slipped": "Waiting for an analyst", "brings_back": "Borrow one"}


def part(place: str, code: str = "isr-2021") -> Part:
    """A part by number, and after a stroke its letter, read afresh."""
    number, _, slug = place.partition("/")
    return Part.objects.at(code=code, number=number, part=slug or "whole")


def writing(place: str, name: str, code: str) -> dict:
    """What every form sends besides what is typed."""
    a_minute_later()
    found = part(place, code)
    return {"part": found, "version": found.version, "token": uuid.uuid4(), "by": who(name)}


def to_come(usual: date, agreed: date | None = None) -> date:
    """The usual day while that is later than today and the agreed one; else a month after those."""
    latest = max(clock.today(), agreed or clock.today())
    return usual if usual > latest else latest + timedelta(days=30)


def says(place: str, name: str, status: str = Status.ON_TRACK, code: str = "isr-2021", **said: object) -> Update:
    """An update with what its status needs."""
    slips = status in (Status.AT_RISK, Status.OFF_TRACK)
    texts = {"what_next": "Write it up", "next_date": to_come(NEXT_DATE)}
    texts |= SLIPPED | {"requested_date": to_come(TARGET, part(place, code).agreed_date)} if slips else {}
    texts |= {"ask_of_slg": "Nothing yet"} if status == Status.OFF_TRACK else {}
    told = updates.Said(status=status, **({"what_happened": "The group met"} | texts | said))
    return updates.give_update(said=told, **writing(place, name, code))


def stands(place: str, name: str) -> Update:
    """“No change”."""
    told = updates.Said(status=part(place).status, kind=UpdateKind.NO_CHANGE, what_happened="Held up by staffing")
    return updates.give_update(said=told, **writing(place, name, "isr-2021"))


def takes_back(update: Update, name: str) -> Withdrawal:
    a_minute_later()
    return updates.withdraw(update=update, by=who(name))


def proposes(place: str, name: str, difference: str = Difference.NO_DIRECT_EFFECT, link: str = "") -> Update:
    look_again = date(2026, 6, 1) if difference == Difference.TOO_EARLY else None
    return completion.propose_completion(
        done="It was done",
        proof=completion.Proof("Minutes", "That it was agreed", link or "https://example.org/minutes"),
        for_children=completion.ForChildren(difference, "Children say that they are heard", look_again),
        **writing(place, name, "isr-2021"),
    )


def answers(proposal: Update, name: str, *, agrees: bool) -> None:
    """The other co-chair confirms, or objects, which returns it."""
    a_minute_later()
    reason = "" if agrees else "Two schools have not been asked"
    escalations.confirm(proposal=proposal, agrees=agrees, reason=reason, by=who(name))


def asks(place: str, name: str, ask: str, by_when: date | None = None, otherwise: str = "") -> Escalation:
    given = writing(place, name, "isr-2021")
    del given["version"]
    return escalations.escalate(ask=ask, by_when=by_when, otherwise=otherwise, **given)


def rules(place: str, name: str, kind: DecisionKind, wording: str = "The SLG agreed", **sets: object) -> Decision:
    """A decision, taken today; bodies, priorities and recommendations are named by slug and number."""
    found = sets | {key: model.objects.get(**{field: sets[key]}) for key, model, field in NAMED if key in sets}
    ruling = decisions.Ruling(kind=kind, wording=wording, decided_on=clock.today(), **found)
    return decisions.decide(ruling=ruling, **writing(place, name, "isr-2021"))


NAMED = (("owner", Body, "slug"), ("priority", Priority, "slug"), ("replacement", Recommendation, "number"))


def plans(place: str, name: str, what: str, due: date | None, done: date | None = None) -> None:
    """A sub-task, done or not."""
    given = writing(place, name, "isr-2021")
    del given["version"]
    action = actions.add_action(what=what, who="Co-chair", due=due, **given)
    if done is not None:
        actions.finish_action(action=action, on=done, by=who(name))


def shows(place: str, name: str, title: str, shown: str) -> None:
    """Evidence without a proposal, and what is different for children."""
    given = writing(place, name, "isr-2021")
    del given["version"]
    completion.add_evidence(proof=completion.Proof(title, shown, "https://example.org/audit"), **given)
    told = completion.ForChildren(Difference.EVIDENCED, "Fewer children go missing")
    completion.record_difference(part=given["part"], for_children=told, by=given["by"])
