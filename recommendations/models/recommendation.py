"""A recommendation, verbatim, with our reading of it kept apart."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Case, F, FilteredRelation, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject, Substr, Upper
from django.urls import reverse

from krscp.text import beginning
from recommendations.domain.workflow import SET_ASIDE, WORST_FIRST, AsksFor, Status
from recommendations.models.report import Paragraph, Report, Section
from subgroups.models import Body, history_of
from subgroups.models.seen import SeenByAll

LONGEST_NAME = 60
OWNER_NAMES = ("name", "abbreviation", "other_names__name")
STATUS_ORDER = Case(*(When(status=status, then=place) for place, status in enumerate([*WORST_FIRST, *SET_ASIDE])))
DUE_ORDER = F("next_due").asc(nulls_last=True)  # those without a date come last
# What another page needs to name one and lead to it.
NAMED = JSONObject(
    code="report__code", slug="slug", number="number", title="short_title", text=Substr("text", 1, 4 * LONGEST_NAME),
    report="report__short_title", how="follows_how",
)  # fmt: skip


def called(short_title: str, text: str) -> str:
    """The short title that was given; else how the wording begins, since most reports give none."""
    return short_title or beginning(" ".join(text.split()), LONGEST_NAME)


class RecommendationQuerySet(SeenByAll["Recommendation"]):
    def at(self, code: str, number: str) -> "Recommendation":
        """The recommendation at an address, with its place in the report. Raises Recommendation.DoesNotExist."""
        placed = self.select_related("report", "section__parent", "follows__report").with_neighbours()
        placed = placed.with_main_priority().with_follower()
        return placed.get(report__code=code, slug=number)

    def numbered(self, number: str) -> Self:
        """Those with this number, one in each report."""
        return self.filter(number__iexact=number)

    def holding(self, words: str) -> Self:
        """Those in which every word is found: in the wording, the short title, the number or an owner's names."""
        found = self
        for word in words.split():
            found = found.filter(pk__in=_holding(word))
        return found

    def with_neighbours(self) -> Self:
        """With what the one before and the one after in the running order are called; None at the ends."""
        siblings = Recommendation.objects.filter(report=OuterRef("report"))
        before = siblings.filter(position__lt=OuterRef("position")).order_by("-position")
        after = siblings.filter(position__gt=OuterRef("position")).order_by("position")
        return self.annotate(
            previous=Subquery(before.values(told=NAMED)[:1]), next=Subquery(after.values(told=NAMED)[:1])
        )

    def with_follower(self) -> Self:
        """With what the first recommendation that follows on from it is called, and where it stands."""
        followers = Recommendation.objects.filter(follows=OuterRef("pk")).order_by("pk")
        return self.annotate(follower=Subquery(followers.values(told=NAMED)[:1]))

    def with_main_priority(self) -> Self:
        """With `main_priority` and its slug: the one that the SLG has set as its main one, or None."""
        main = FilteredRelation("priority_links", condition=Q(priority_links__is_main=True))
        named, slug = F("main_link__priority__name"), F("main_link__priority__slug")
        return self.annotate(main_link=main, main_priority=named, main_priority_slug=slug)


class Follows(models.TextChoices):
    """How a recommendation goes on from one of an earlier report."""

    CONTINUES = "continues", "Continues"
    REPLACES = "replaces", "Replaces"


class Recommendation(models.Model):
    """One recommendation of a report. Its wording is never edited; its status is its worst part's.

    That and its next date are kept by `services.claims.sum_up`, for lists to be sorted by.
    """

    report = models.ForeignKey(  # the order of the report is an index that begins with it
        Report, on_delete=models.PROTECT, related_name="recommendations", db_index=False
    )
    section = models.ForeignKey(Section, null=True, on_delete=models.PROTECT, related_name="recommendations")
    number = models.CharField(max_length=20)
    slug = models.SlugField(max_length=20)
    position = models.PositiveIntegerField(help_text="Place in the report's running order")
    text = models.TextField(help_text="Whole wording, verbatim, with the words of its sub-points")
    opening = models.TextField(help_text="The wording before listed sub-points; all of it where there are none")
    # The numbered ones that lead to it, with unnumbered ones that go on from them.
    paragraphs = models.ManyToManyField(Paragraph, related_name="recommendations")
    short_title = models.CharField(max_length=60, blank=True, help_text="Our reading: the report gives none")
    asks_for = models.CharField(max_length=20, choices=AsksFor, blank=True, help_text="Our reading")
    asks_for_reason = models.CharField(max_length=300, blank=True)
    no_lead_reason = models.CharField(max_length=300, blank=True, help_text="Why no owner is confirmed")
    second_step = models.PositiveSmallIntegerField(null=True, blank=True)
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by", verbose_name="follows"
    )
    follows_how = models.CharField(max_length=10, choices=Follows, blank=True)
    import_notes = models.JSONField(default=list, help_text="What the importer restored or doubted")
    status = models.CharField(max_length=20, choices=Status, default=Status.NOT_STARTED, db_index=True)
    next_due = models.DateField(null=True, blank=True, help_text="The earliest agreed date of its open parts")
    version = models.PositiveIntegerField(default=1)
    history = history_of()
    objects = RecommendationQuerySet.as_manager()

    # Read by with_main_priority().
    main_priority: str | None
    main_priority_slug: str | None
    # Read by with_neighbours().
    previous: dict[str, str] | None
    next: dict[str, str] | None
    # Read by with_follower().
    follower: dict[str, str] | None

    class Meta:
        ordering = ["report_id", "position"]
        # The orders in which the list shows a page of rows, and how one is found; for words see the migrations.
        indexes = [
            models.Index(fields=["report", "position"], name="in_report_order"),
            models.Index(STATUS_ORDER, "report_id", "position", name="worst_first"),
            models.Index(fields=["next_due", "report", "position"], name="soonest_first"),
            models.Index(Upper("number"), name="found_by_number"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["report", "slug"], name="recommendation_numbers_once"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="recommendation_status_known"),
            models.CheckConstraint(
                condition=Q(follows=None, follows_how="") | (Q(follows__isnull=False) & ~Q(follows_how="")),
                name="follows_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.label}"

    @property
    def state(self) -> Status:
        return Status(self.status)

    @property
    def called(self) -> str:
        """Its name beside its number."""
        return called(self.short_title, self.text)

    @property
    def label(self) -> str:
        """The number alone, where that is enough: with one report. With several it names the report too."""
        return self.report.told_apart(self.number)

    @property
    def title(self) -> str:
        """What it is called wherever it is named: number, name and, where there are several, its report."""
        return self.report.told_apart(f"{self.number} {self.called}")

    @property
    def steps(self) -> list[int]:
        """The steps of the printed section (33 to 36 stand under steps 5 and 6)."""
        section = self.section
        while section is not None and not section.steps:
            section = section.parent
        return section.steps if section is not None else []

    def owning_body_ids(self) -> frozenset[int]:
        """The bodies that lead any of its parts."""
        return frozenset().union(*(part.owning_body_ids() for part in self.parts.all()))

    def led_by(self, body_id: int) -> list[tuple[str, str]]:
        """What a body leads here, as people speak of it, with its address.

        "28(e)" for a lettered part of several; the number for all of them, or for a part of our own (3, 18).
        """
        parts = list(self.parts.all())
        led = [part for part in parts if body_id in part.owning_body_ids()]
        if led and (len(led) == len(parts) or any(part.origin == "per_body" for part in led)):
            return [(self.label, self.get_absolute_url())]
        return [(str(part), part.get_absolute_url()) for part in led]

    def get_absolute_url(self) -> str:
        return reverse("recommendation", args=[self.report.code, self.slug])


def _holding(word: str) -> models.QuerySet:
    """The keys of those that hold a word: each place by itself, so that the database takes an index for each.

    Curly and straight quotes are equal when comparing.
    """
    spelt = {re.sub("['’]", mark, word) for mark in "'’"}
    bodies = Body.objects.filter(_any(spelt, OWNER_NAMES))
    owned = apps.get_model("recommendations", "Part").objects.filter(ownerships__body__in=bodies)
    found = [Recommendation.objects.filter(_any(spelt, [name])) for name in ("text", "short_title")]
    found.append(Recommendation.objects.numbered(word))
    return owned.order_by().values("recommendation").union(*(one.order_by().values("pk") for one in found))


def _any(spelt: Iterable[str], names: Iterable[str]) -> Q:
    """Where one of the fields holds one of the spellings."""
    return reduce(or_, (Q(**{f"{name}__icontains": spelling}) for name in names for spelling in spelt))
