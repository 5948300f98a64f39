"""Forms that were acted on: what each answered, so that one sent again acts no more and answers the same."""

from django.db import models

from krscp import clock
from krscp.days import display_date


class SentForm(models.Model):
    """One form, by its token, and the answer that whoever sent it was given. Kept for two days."""

    token = models.UUIDField(unique=True)
    words = models.TextField(blank=True)
    kind = models.CharField(max_length=8, default="success")
    address = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return f"Form sent on {display_date(self.sent_at)}"
