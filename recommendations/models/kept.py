"""What is kept for good: a record of how something was, and the files that were made of it."""

from django.db import models

from subgroups.models.signed import Signed


class KeptRecord(Signed):
    """All that something showed, copied: no later change reaches it. `krscp.sealed_records` writes and proves it."""

    schema = models.PositiveSmallIntegerField()
    content = models.TextField()
    texts = models.TextField(default="", help_text="What people typed, each with its salt; none of them in old records")
    sha256 = models.CharField(max_length=64, help_text="Of the content as it is")

    class Meta:
        abstract = True


class KeptFile(Signed):
    """A file that was made of a record, once: the same bytes for ever."""

    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True
