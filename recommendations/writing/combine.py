"""“Combine”: what somebody else saved and what was being written, in the boxes of one form, theirs first."""

from django.http import QueryDict

from krscp.forms.date_field import PARTS
from krscp.forms.tokens import KEEP
from recommendations.models import Decision, Part, Update
from recommendations.services.escalations import NOTHING_YET

# The box of each form that holds what happened, was done or was decided.
MAIN = ("what_happened", "done", "wording")
OTHERS = ("what_next", "why_slipped", "brings_back", "ask_of_slg")


def words_of(theirs: Update | Decision) -> dict[str, str]:
    """What they said, by the box that it belongs in."""
    if isinstance(theirs, Decision):
        return dict.fromkeys(MAIN, theirs.wording)
    return dict.fromkeys(MAIN, theirs.what_happened) | {name: getattr(theirs, name) for name in OTHERS}


def joined(sent: QueryDict, theirs: Update | Decision | None, part: Part) -> QueryDict:
    """What was sent, with their words above one's own, ready to be edited and saved on top of what stands."""
    both = sent.copy()
    both.pop(KEEP, None)
    both["version"] = str(part.version)
    if theirs is None:
        return both
    for name, text in words_of(theirs).items():
        if name in both:
            both[name] = _above(text, str(both[name]))
    _take_next_date(both, theirs)
    return both


def _above(theirs: str, mine: str) -> str:
    """Both, each once; “Nothing yet” adds nothing to what somebody asks."""
    theirs, mine = ("" if text.strip() == NOTHING_YET else text.strip() for text in (theirs, mine))
    if theirs in mine or mine in theirs:
        return max(theirs, mine, key=len)
    return f"{theirs}\n\n{mine}"


def _take_next_date(both: QueryDict, theirs: Update | Decision) -> None:
    """Their day of the next step, where one's own is empty: of two days only one can stand."""
    day = theirs.next_date if isinstance(theirs, Update) else None
    names = [f"next_date_{part}" for part in PARTS]
    if day is not None and "next_date_day" in both and not any(both.get(name) for name in names):
        both.update(dict(zip(names, (str(day.day), str(day.month), str(day.year)), strict=True)))
