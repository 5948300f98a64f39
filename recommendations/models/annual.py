"""The annual report's tables: what a Manager chose to put in, and what a finished period's report keeps for good."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from recommendations.models.kept import KeptFile, KeptRecord
from subgroups.models import history_of
from subgroups.models.seen import SeenByAll


class AnnualSection(models.TextChoices):
    """What a report may hold, in its order: the key priorities first (recommendation 6), then what cuts across."""

    PRIORITIES = "priorities", "Progress by priority"
    CHILDREN = "children", "Difference for children"
    STALLED = "stalled", "Little or no progress, with reasons"
    REFUSED = "refused", "Not accepted, with reasons"
    DECISIONS = "decisions", "Decisions taken"
    ATTENDANCE = "attendance", "Attendance"
    IMPACT = "impact", "Evidence of impact"


class AnnualReportQuerySet(SeenByAll["AnnualReport"]):
    def at(self, pk: int) -> "AnnualReport":
        """The report at an address. Raises AnnualReport.DoesNotExist."""
        return self.select_related("run").get(pk=pk)


class AnnualReport(models.Model):
    """A builder's choices, saved under a title, to be run again."""

    title = models.CharField(max_length=120)
    period_from = models.DateField("period from")
    period_to = models.DateField("period to")
    sections = models.JSONField(help_text="Of AnnualSection, in its order")
    token = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=1)
    history = history_of()
    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period_to", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(period_from__lte=F("period_to")), name="annual_period_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def kept(self) -> "AnnualRun | None":
        """What was kept of it, once its period was over and it was run."""
        return getattr(self, "run", None)

    def is_over(self, today: date) -> bool:
        """Whether its last day has ended, so that nothing recorded from now on belongs to it."""
        return self.period_to < today

    def get_absolute_url(self) -> str:
        return reverse("annual_report_page", args=[self.pk])


class AnnualRun(KeptRecord):
    """The report of a finished period as it was run: all that it shows."""

    report = models.OneToOneField(AnnualReport, on_delete=models.PROTECT, related_name="run")

    def __str__(self) -> str:
        return f"Kept: {self.report}"


class AnnualFile(KeptFile):
    """One file of a run."""

    run = models.ForeignKey(AnnualRun, on_delete=models.PROTECT, related_name="files")
    file_format = models.CharField(max_length=8)

    class Meta:
        ordering = ["file_format"]
        constraints = [models.UniqueConstraint(fields=["run", "file_format"], name="one_annual_file_of_a_format")]

    def __str__(self) -> str:
        return f"{self.run}, {self.file_format}"
