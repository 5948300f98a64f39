"""Filters of the recommendations list, read from a shareable address; the screen and its files use the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django_filters import CharFilter, ChoiceFilter, FilterSet, MultipleChoiceFilter

from krscp.clock import beginning_of
from krscp.days import display_date
from krscp.forms.fields import Checkboxes, Form, clean_data
from krscp.text import beginning, clean_text
from recommendations.domain.flags import Flag
from recommendations.domain.workflow import Status
from recommendations.models import Ownership, Part, Priority, Recommendation, RecommendationPriority, Report, Section
from recommendations.models.recommendation import DUE_ORDER, STATUS_ORDER, RecommendationQuerySet
from recommendations.register.changed import as_choice, changed_since, known_days
from subgroups.models import Body

NO_PRIORITY = "none"
STEPS = range(1, 7)
LONGEST_SEARCH = 100
# An address can carry any amount of nonsense; the notice must not.
MOST_IGNORED, LONGEST_IGNORED = 5, 60
ORDERS = {"number": "Number", "status": "Status, worst first", "due": "Due date, soonest first"}
IN_REPORT_ORDER = ("report_id", "position")
FOLDED = "recommendations/register/folded_field.html"


@dataclass(frozen=True)
class Chip:
    """One chosen filter and the address of the list without it."""

    label: str
    url: str


class RecommendationFilter(FilterSet):
    """What may be asked of the list. Values and names it does not know are set aside in `ignored`."""

    q = CharFilter(method="search", label="Search", help_text="Wording, number or owner")
    sort = ChoiceFilter(method="order", label="Sort by", choices=list(ORDERS.items()), empty_label=None)
    since = ChoiceFilter(
        method="changed", label="Changed", empty_label="At any time",
        template_name="recommendations/register/since_field.html",
    )  # fmt: skip
    report = MultipleChoiceFilter(
        field_name="report__code", label="Report", widget=Checkboxes(small=True), distinct=False
    )
    status = MultipleChoiceFilter(
        label="Status", choices=Status.choices, widget=Checkboxes(small=True), distinct=False
    )
    owner = MultipleChoiceFilter(
        method="owned_by", label="Owner", widget=Checkboxes(small=True), template_name=FOLDED
    )
    flag = MultipleChoiceFilter(
        method="flagged", label="Flags", choices=[(flag.value, flag.label) for flag in Flag],
        widget=Checkboxes(small=True),
    )  # fmt: skip
    priority = MultipleChoiceFilter(method="under", label="Priority", widget=Checkboxes(small=True))
    step = MultipleChoiceFilter(
        method="in_step", label="Step", choices=[(str(step), f"Step {step}") for step in STEPS],
        widget=Checkboxes(small=True), template_name=FOLDED,
    )  # fmt: skip

    class Meta:
        model = Recommendation
        fields: list[str] = []
        form = Form

    def __init__(self, data: QueryDict, queryset: QuerySet, *, today: date) -> None:
        asked = cast(QueryDict, clean_data(data))
        super().__init__(asked, queryset.order_by(*IN_REPORT_ORDER))
        self.today = today
        self._offer_reports()
        self.filters["owner"].extra["choices"] = _owners(asked.getlist("owner"))
        self.filters["priority"].extra["choices"] = _priorities()
        self.days = known_days(asked.getlist("since"), today)
        self.filters["since"].extra["choices"] = [(name, as_choice(name, day)) for name, day in self.days.items()]
        self.labels = {
            name: {str(value): str(label) for value, label in found.field.choices if value != ""}
            for name, found in self.filters.items()
            if hasattr(found.field, "choices")
        }
        self.data, self.ignored = self._sorted_out(asked)

    def _offer_reports(self) -> None:
        """The reports to choose from; no filter where there is one only."""
        reports = list(Report.objects.values_list("code", "short_title"))
        if len(reports) < 2:
            del self.filters["report"]
        else:
            self.filters["report"].extra["choices"] = reports

    def _sorted_out(self, data: QueryDict) -> tuple[QueryDict, list[str]]:
        """What we know, cleaned, and what we do not. An empty answer and the page's number are no filters."""
        kept, ignored = QueryDict(mutable=True), []
        for name, sent in data.lists():
            for value in dict.fromkeys(filter(None, (value.strip() for value in sent))):
                if name == "q":
                    kept[name] = value[:LONGEST_SEARCH]
                elif name == "since" and value in self.days:
                    kept[name] = value
                elif value in self.labels.get(name, {}):
                    kept.appendlist(name, value)
                elif name != "page":
                    ignored.append(beginning(f"{clean_text(name)}={value}", LONGEST_IGNORED))
        return kept, ignored[:MOST_IGNORED]

    @property
    def notice(self) -> str:
        """What to say of filters that were set aside, or ""."""
        if not self.ignored:
            return ""
        what = "a filter" if len(self.ignored) == 1 else "filters"
        return f"We ignored {what} we do not know: {', '.join(self.ignored)}"

    def _chosen(self) -> Iterator[tuple[str, str, str]]:
        """Name, value and words of each filter that is on; the order of the list is none."""
        for name, values in self.data.lists():
            if name != "sort":
                yield from ((name, value, self._words(name, value)) for value in values)

    def _words(self, name: str, value: str) -> str:
        if name == "since":
            return f"Changed since {display_date(self.days[value])}"
        return f"“{value}”" if name == "q" else self.labels[name][value]

    @property
    def chips(self) -> list[Chip]:
        """A chip for each filter that is on, in the order of the address."""
        return [Chip(words, self._without(name, value)) for name, value, words in self._chosen()]

    def _without(self, name: str, value: str) -> str:
        rest = self.data.copy()
        rest.setlist(name, [other for other in rest.getlist(name) if other != value])
        return f"?{rest.urlencode()}"

    @property
    def querystring(self) -> str:
        """The filters that are on, as they stand in an address."""
        return self.data.urlencode()

    @property
    def in_words(self) -> str:
        """"Status: Off track or At risk; Changed since 1 March 2026", or "" when nothing is filtered."""
        chosen: dict[str, list[str]] = {}
        for name, _value, words in self._chosen():
            chosen.setdefault(name, []).append(words)
        return "; ".join(f"{self._heading(name)}{' or '.join(words)}" for name, words in chosen.items())

    def _heading(self, name: str) -> str:
        """“Changed since 1 March 2026” needs none."""
        return "" if name == "since" else f"{self.filters[name].label}: "

    def owned_by(self, queryset: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        """Those that one of the bodies leads or supports, on any part."""
        owned = Ownership.objects.filter(part__recommendation=OuterRef("pk"), body__slug__in=slugs)
        return queryset.filter(Exists(owned))

    def under(self, queryset: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        """Those whose main priority is one of these, or that have none: each is counted once."""
        main = RecommendationPriority.objects.filter(recommendation=OuterRef("pk"), is_main=True)
        wanted = Q(Exists(main.filter(priority__slug__in=slugs)))
        return queryset.filter(wanted | ~Q(Exists(main)) if NO_PRIORITY in slugs else wanted)

    def in_step(self, queryset: QuerySet, name: str, steps: list[str]) -> QuerySet:
        """Those printed under a section that covers one of the steps (5 and 6 share theirs)."""
        wanted = {int(step) for step in steps}
        covered = Section.objects.values_list("pk", "steps")
        sections = [pk for pk, covers in covered if wanted & set(covers)]
        return queryset.filter(Q(section__in=sections) | Q(section__parent__in=sections))

    def changed(self, queryset: QuerySet, name: str, asked: str) -> QuerySet:
        """Those that changed since the beginning of that day in London."""
        return changed_since(queryset, beginning_of(self.days[asked]))

    def flagged(self, queryset: QuerySet, name: str, flags: list[str]) -> QuerySet:
        """Those with one of the flags on any part."""
        wanted = Q()
        for flag in flags:
            wanted |= Q(**{Flag(flag).field: True})
        parts = Part.objects.flagged(self.today).filter(wanted, recommendation=OuterRef("pk"))
        return queryset.filter(Exists(parts))

    def search(self, queryset: QuerySet, name: str, text: str) -> QuerySet:
        """Those in which every word is found: in the wording, the short title, the number or an owner's names."""
        return cast(RecommendationQuerySet, queryset).holding(text)

    def order(self, queryset: QuerySet, name: str, by: str) -> QuerySet:
        return queryset.order_by(*SORTS[by], *IN_REPORT_ORDER)


def _owners(asked: list[str]) -> list[tuple[str, str]]:
    """Bodies that own something, and any other that the address names: that list is empty, not unknown."""
    owns = Exists(Ownership.objects.filter(body=OuterRef("pk")))
    bodies = Body.objects.filter(owns | Q(slug__in=asked))
    return [(body.slug, body.short_name) for body in bodies]


def _priorities() -> list[tuple[str, str]]:
    return [*Priority.objects.values_list("slug", "name"), (NO_PRIORITY, "No priority recorded")]


SORTS: dict[str, list] = {"number": [], "status": [STATUS_ORDER], "due": [DUE_ORDER]}
