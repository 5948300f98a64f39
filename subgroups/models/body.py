"""Bodies that own recommendations: the SLG, subgroups, boards, projects. One official name, many others."""

from django.db import models
from django.urls import reverse

from subgroups.models.history import history_of
from subgroups.models.seen import SeenByColumns


class BodyKind(models.TextChoices):
    SLG = "slg", "Senior Leadership Group"
    STRATEGIC_LEADS = "strategic_leads", "Strategic leads"
    SUBGROUP = "subgroup", "Subgroup"
    TEAM = "team", "Partnership team"
    COMMISSIONERS = "commissioners", "Commissioners"
    BOARD = "board", "Board or partnership"
    GROUP = "group", "Group or network"
    PROJECT = "project", "Project"
    AGENCY_LEADS = "agency_leads", "Leads of a profession or service"
    AGENCY = "agency", "Agency"
    PLAN = "plan", "Programme or plan"


class NameKind(models.TextChoices):
    ALIAS = "alias", "Also called"
    PAST = "past", "Past name"


class Body(models.Model):
    """One group of people that can own a recommendation. Renaming it never breaks the record."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200, unique=True)
    abbreviation = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=20, choices=BodyKind)
    position = models.PositiveIntegerField(default=0)
    history = history_of()
    objects = SeenByColumns["Body"].as_manager()

    class Meta:
        verbose_name_plural = "bodies"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """What fits in a table: the abbreviation if there is one."""
        return self.abbreviation or self.name

    def get_absolute_url(self) -> str:
        return reverse("body", args=[self.slug])

    def owning_body_ids(self) -> frozenset[int]:
        """A body belongs to itself: its lead may look after it."""
        return frozenset({self.pk})


class BodyName(models.Model):
    """Another name of a body: an alias found in reports, or what it was called before."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="other_names")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=NameKind, default=NameKind.ALIAS)
    history = history_of()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="one_row_per_other_name")]

    def __str__(self) -> str:
        return self.name
