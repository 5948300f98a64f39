"""How far a return is, and which of its rows a page shows: reckoned from what is saved, without a form for each row."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from recommendations.domain.workflow import IN_HAND
from recommendations.models import Answer, Ownership, Part, Return
from recommendations.tracking.forms.update import NO_CHANGE

ON_A_PAGE = 25


@dataclass(frozen=True)
class ReturnTally:
    """How many rows there are and are answered, what the rest seems to lack, and who has saved drafts, by post."""

    rows: int
    answered: int
    reasons: int
    outdated: int
    writers: list[str]

    @property
    def progress(self) -> str:
        """How much is answered, and what the rest lacks where it seems to be: "9 of 11 answered"."""
        told = [f"{self.answered} of {self.rows} answered"]
        told += [f"{self.reasons} must say what is holding it up"] if self.reasons else []
        told += [f"{self.outdated} must be looked at again, since something newer was said"] if self.outdated else []
        return ". ".join(told)


def tally_of(
    answers: Mapping[int, Answer], rows: int, reasons: Collection[int], outdated: Collection[int]
) -> ReturnTally:
    """As each row's form would reckon: an answer that lacks a reason, or is older than what was said, is none."""
    answered = [pk for pk, answer in answers.items() if "status" in answer.given]
    writers = list(dict.fromkeys(answer.saved_by_post for answer in answers.values()))
    lacking = {*reasons, *outdated}
    return ReturnTally(rows, sum(pk not in lacking for pk in answered), len(reasons), len(outdated), writers)


def says_no_reason(answer: Answer) -> bool:
    """Whether it is “No change” and not a word more."""
    return answer.given.get("status") == NO_CHANGE and "what_happened" not in answer.given


def parts_of(wanted: Return) -> QuerySet[Part]:
    """The parts that the body leads and that are in hand, alone or shared, in the order of the reports."""
    led = Ownership.objects.filter(kind="lead", body=wanted.body_id).values("part")
    found = Part.objects.filter(pk__in=led, status__in=IN_HAND)
    return found.order_by("recommendation__report_id", "recommendation__position", "position")


def page_of(keys: Sequence[int], asked: QueryDict, faulty: Collection[int] = ()) -> Page:
    """The keys of the parts on the page that an address names, by a row or by its number; or of the first fault."""
    rows = {asked["row"]} if "row" in asked else {str(pk) for pk in faulty if "page" not in asked}
    place = next((place for place, pk in enumerate(keys) if str(pk) in rows), None)
    return Paginator(keys, ON_A_PAGE).get_page(asked.get("page") if place is None else place // ON_A_PAGE + 1)


def place_of(wanted: Return, page: Page | None, later: int = 0) -> str:
    """The address of the rows of a page, or of one some pages later, where there is one."""
    if page is None or not page.has_other_pages():
        return wanted.get_absolute_url()
    return f"{wanted.get_absolute_url()}?page={min(page.number + later, page.paginator.num_pages)}"


def row_in(rows: int, pk: int) -> str:
    """What leads to a row, behind the address of its return."""
    return f"?row={pk}#row-{pk}" if rows > ON_A_PAGE else f"#row-{pk}"
