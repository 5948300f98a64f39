"""The log of what was taken out, by whom and when."""

from django.db import models

from krscp.files.formats import FOR_PROGRAMS, FORMATS
from subgroups.models.signed import Signed


class ExportRecord(Signed):
    """One file made: what, in which format, filtered how, with how many rows."""

    what = models.CharField(max_length=80)
    file_format = models.CharField(max_length=10)
    filtered_by = models.CharField(max_length=500, blank=True)
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ["-created_at"]

    @property
    def in_words(self) -> str:
        """The format as people call it."""
        return (FORMATS | FOR_PROGRAMS).get(self.file_format, self.file_format.upper())

    def __str__(self) -> str:
        return f"{self.what} as {self.file_format}"
