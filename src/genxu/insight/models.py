"""Figures kept ready for the dashboards. They can be thrown away and counted anew at any time."""

from django.db import models

from genxu.regions.models import Region


class Standing(models.Model):
    """The value of a figure at a place now; a place without a row stands at zero."""

    place = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    value = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "key"], name="standing_once")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.key} {self.value}"


class MonthlyChange(models.Model):
    """By how much a figure at a place changed within a month; ``month`` is its first day."""

    place = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    month = models.DateField()
    change = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "key", "month"], name="change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.key} {self.month:%Y-%m} {self.change:+d}"


class Recount(models.Model):
    """When the figures were last brought up to date: one row."""

    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at}"
