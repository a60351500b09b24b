"""Imports: a spreadsheet on its way in, and the headers that were matched before."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.jobs.models import Job
from genxu.people.models import Account
from genxu.regions.models import Region


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own files."""
        return self.filter(asked_by=actor.label)


class Import(models.Model):
    """A file of one kind for a place: uploaded, checked dry, then taken in, or left.

    ``columns`` says which column of the file is which of ours; ``counts`` how many rows are new,
    changed, the same, wrong; ``problems`` and ``staged`` are files of ours beside the upload.
    """

    class State(models.TextChoices):
        MATCHING = "matching", _("Columns to be matched")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked, not yet taken in")
        TAKING_IN = "taking_in", _("Being taken in")
        DONE = "done", _("Taken in")
        FAILED = "failed", _("Broken off")
        LEFT = "left", _("Left aside")

    kind = models.CharField(max_length=30)
    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=64)
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    file = models.FileField(upload_to="imports/%Y/%m/")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    sheet = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    header_row = models.PositiveIntegerField(default=0)
    columns: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    counts: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    problems = models.FileField(upload_to="imports/%Y/%m/", blank=True)
    staged = models.FileField(upload_to="imports/%Y/%m/", blank=True)
    taken = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["asked_by", "-id"], name="import_asked_by")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def place_code(self) -> str:
        return self.place_id


class KnownHeader(models.Model):
    """A header that somebody of a place matched by hand: the next file of the kind knows it."""

    kind = models.CharField(max_length=30)
    place = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    header = models.CharField(max_length=60)
    column = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "place", "header"], name="header_once"),
        ]

    def __str__(self) -> str:
        return f"{self.header} → {self.column}"
