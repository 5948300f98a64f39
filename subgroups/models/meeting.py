"""A meeting: which posts were represented, and what it considered. Whatever is held as one points at it."""

from django.db import models

from subgroups.models.history import history_of
from subgroups.models.post import Post


class Meeting(models.Model):
    """What is recorded of people who meet. When and why they do is told by what has it, a review for one."""

    history = history_of()

    def __str__(self) -> str:
        return f"Meeting {self.pk}"


class LearningKind(models.TextChoices):
    AUDIT = "audit", "Audit"
    DEEP_DIVE = "deep_dive", "Deep dive"
    SCRUTINY = "scrutiny", "Independent scrutiny"
    CASE_REVIEW = "case_review", "Rapid or practice review"
    OTHER = "other", "Other learning"


class Learning(models.Model):
    """What a meeting considered: how topics of audits, deep dives and scrutiny feed into the priorities (Rec 7)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="learning")
    kind = models.CharField(max_length=12, choices=LearningKind)
    title = models.CharField(max_length=200)
    held_on = models.DateField("date", null=True, blank=True)
    priorities = models.JSONField("priorities it speaks to", default=list, help_text="Their names, as they were then")
    changes = models.TextField("what it changes")
    token = models.UUIDField(unique=True)
    history = history_of()

    class Meta:
        verbose_name_plural = "learning"
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Attending(models.TextChoices):
    PRESENT = "present", "Present"
    DEPUTY = "deputy", "Deputy"
    APOLOGIES = "apologies", "Apologies"


class Attendance(models.Model):
    """Whether a post was represented at the meeting; posts, not people (product, section 3)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=12, choices=Attending)
    history = history_of()

    class Meta:
        verbose_name_plural = "attendance"
        ordering = ["post__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "post"], name="one_attendance_of_a_post")]

    def __str__(self) -> str:
        return f"{self.post}: {self.get_how_display()}"
