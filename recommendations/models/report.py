"""A scrutiny report as it was published: sections, paragraphs and what refers to what. Read only once loaded."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from krscp import clock
from krscp.constraints import one_of
from subgroups.models import history_of
from subgroups.models.seen import SeenByColumns


class Report(models.Model):
    """A scrutiny report. Its code is chosen at import and begins every address, for example `isr-2021`."""

    code = models.SlugField(unique=True, max_length=40)
    title = models.CharField(max_length=300)
    short_title = models.CharField(max_length=80)
    published = models.CharField(max_length=40, help_text="As the report states it, for example September 2021")
    steps = models.JSONField(default=list, help_text="The steps the report is organised by: number and text")
    beside_others = models.BooleanField(default=False, help_text="Whether names must say which report is meant")
    token = models.UUIDField(null=True, unique=True, help_text="Of the form that imported it")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    history = history_of()
    objects = SeenByColumns["Report"].as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title

    def told_apart(self, name: str) -> str:
        """What one of its recommendations is called, with the report's short name where there are several reports."""
        return f"{name} ({self.short_title})" if self.beside_others else name

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.code])


class Section(models.Model):
    """A printed heading. Sections stand in the report's running order; a subsection names its section."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sections")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="subsections")
    title = models.CharField(max_length=300)
    position = models.PositiveIntegerField()
    steps = models.JSONField(default=list, help_text="Steps of the Six Steps framework that the section covers")
    history = history_of()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="one_section_per_place")]

    def __str__(self) -> str:
        return self.title


class Paragraph(models.Model):
    """A block of the report's text; a numbered one can be linked to by its number."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="paragraphs")
    section = models.ForeignKey(Section, null=True, on_delete=models.PROTECT, related_name="paragraphs")
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    position = models.PositiveIntegerField()
    history = history_of()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="one_paragraph_per_place"),
            models.UniqueConstraint(
                fields=["report", "number"], condition=~Q(number=""), name="paragraph_numbers_once"
            ),
        ]

    def __str__(self) -> str:
        return f"paragraph {self.number}" if self.number else f"text at {self.position}"

    @property
    def anchor(self) -> str:
        """The paragraph's place on the report's page."""
        return f"p{self.number or f'-{self.position}'}"

    def get_absolute_url(self) -> str:
        return f"{reverse('report', args=[self.report.code])}#{self.anchor}"


class Reference(models.Model):
    """A cross-reference as printed, from one place to another, with our note where it is doubtful."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="references")
    from_recommendation = models.ForeignKey(
        "Recommendation", null=True, on_delete=models.PROTECT, related_name="references_out"
    )
    from_paragraph = models.ForeignKey(Paragraph, null=True, on_delete=models.PROTECT, related_name="references_out")
    from_section = models.ForeignKey(Section, null=True, on_delete=models.PROTECT, related_name="references_out")
    to_recommendation = models.ForeignKey(
        "Recommendation", null=True, on_delete=models.PROTECT, related_name="references_in"
    )
    to_paragraph = models.ForeignKey(Paragraph, null=True, on_delete=models.PROTECT, related_name="references_in")
    words = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    history = history_of()

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("reference_from_one_place", "from_recommendation", "from_paragraph", "from_section"),
            one_of("reference_to_one_place", "to_recommendation", "to_paragraph"),
        ]

    def __str__(self) -> str:
        return self.words
