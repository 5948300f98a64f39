"""Posts are permanent seats; appointments put a person in one for a time. Rights come from both."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from subgroups.models.body import Body
from subgroups.models.history import history_of
from subgroups.models.partnership import Agency
from subgroups.models.seen import SeenByAll


class PostRole(models.TextChoices):
    CO_CHAIR = "co_chair", "Co-chair"
    SLG_MEMBER = "slg_member", "SLG member"
    SLG_CHAIR = "slg_chair", "SLG chair"
    STRATEGIC_LEAD = "strategic_lead", "Strategic lead"
    COMMISSIONER = "commissioner", "Commissioner"
    LEAD = "lead", "Lead of another body"
    MANAGER = "manager", "Manager"
    TEAM = "team", "Partnership team"
    LAY_MEMBER = "lay_member", "Lay member"
    SCRUTINEER = "scrutineer", "Independent scrutineer"
    ADMINISTRATOR = "administrator", "Administrator"


class Post(models.Model):
    """A seat in a body, held for an agency. People come and go; the post stays."""

    slug = models.SlugField(unique=True, max_length=80)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=PostRole)
    title = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    position = models.PositiveIntegerField(default=0)
    history = history_of()

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title


class AppointmentQuerySet(SeenByAll["Appointment"]):
    """Who holds which post is no secret inside the partnership."""

    def in_force(self, day: date) -> Self:
        """Those held on `day`; the last day of an appointment counts."""
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)

    def at(self, pk: int) -> "Appointment":
        """The appointment at an address. Raises Appointment.DoesNotExist."""
        return self.select_related("post__body", "person").get(pk=pk)


class Appointment(models.Model):
    """A person in a post from one day to another, both included."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    history = history_of()
    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="appointment_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["post", "person", "starts"], name="one_appointment_per_start"),
            models.UniqueConstraint(
                fields=["post", "person"], condition=Q(ends=None), name="one_appointment_without_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} from {self.starts}"
