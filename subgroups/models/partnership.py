"""The partnership itself, and the agencies that work in it."""

from django.db import models

from subgroups.models.history import history_of


class Partnership(models.Model):
    """Whose tracker this is: its name stands on every page and paper. There is one row."""

    name = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=20)
    boroughs = models.JSONField(default=list, help_text="Local authority areas, for parts that are for one of them")
    is_demonstration = models.BooleanField(default=False, help_text="Set by the demonstration, never unset")
    history = history_of()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_partnership")]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An employer in the partnership. Co-chairs come from different agencies (para 14)."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200, unique=True)
    sector = models.CharField(max_length=60, blank=True)
    history = history_of()

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
