"""A body's return for a review: one answer for each part it leads, drafted together, sent once."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse

from krscp.constraints import together
from krscp.links import page
from recommendations.models.part import Part
from recommendations.models.review import Review
from recommendations.models.update import Update
from subgroups.models import Body, User, history_of
from subgroups.models.seen import SeenByAll
from subgroups.models.signed import Signed


class ReturnQuerySet(SeenByAll["Return"]):
    """That a return is asked for is no secret; its drafts are shown to those who may update it."""

    def at(self, slug: str, body: str) -> "Return":
        """A body's return for a review. Raises Return.DoesNotExist."""
        return self.select_related("review", "body").get(review__slug=slug, body__slug=body)

    def in_order(self) -> Self:
        return self.select_related("body").order_by("body__position", "body__name")


class Return(models.Model):
    """What a body is asked for a review. Sent once by either co-chair; late ones are marked."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="returns")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="returns")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_by_post = models.CharField(max_length=300, blank=True)
    is_late = models.BooleanField("sent late", default=False)
    version = models.PositiveIntegerField(default=1)
    history = history_of()
    objects = ReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "body"], name="one_return_of_a_body"),
            together("sent_return_names_its_sender", "sent_at", "sent_by"),
        ]

    def __str__(self) -> str:
        return f"Return of {self.body.short_name} for the {self.review}"

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None

    def owning_body_ids(self) -> frozenset[int]:
        """The body whose return it is: its leads answer."""
        return frozenset({self.body_id})

    def url_of(self, name: str) -> str:
        """The address of a page about the return."""
        return reverse(name, args=[self.review.slug, self.body.slug])

    def get_absolute_url(self) -> str:
        return self.url_of("return")

    check_url = page("return_check")
    upload_url = page("return_upload")
    workbook_url = page("return_workbook")


class Answer(models.Model):
    """One row of a return: what the body will say of a part. A draft until the return is sent, then an update."""

    for_return = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="answers")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    given = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="As typed, field by field")
    part_version = models.PositiveIntegerField(help_text="Of the part that its writer saw")
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_by_post = models.CharField(max_length=300)
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    update = models.OneToOneField(Update, null=True, on_delete=models.PROTECT, related_name="answer")
    history = history_of()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["for_return", "part"], name="one_answer_for_a_part")]

    def __str__(self) -> str:
        return f"Answer about {self.part}"


class Reminder(Signed):
    """One mail sent to one person about a review: never two on one day."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    items = models.PositiveSmallIntegerField(help_text="How many recommendations or parts it listed")

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["person", "sent_on"], name="one_reminder_a_day")]

    def __str__(self) -> str:
        return f"Reminder to {self.person} on {self.sent_on}"
