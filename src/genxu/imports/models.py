"""Imports: a spreadsheet on its way in, what was wrong in it, the headers matched before."""

from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import SYSTEM_ROLE, Actor, within
from genxu.core.promises import StrOrPromise
from genxu.core.sheets.kinds import sheet_kinds
from genxu.jobs.models import Job
from genxu.people.offices import AskedFor, AskedForQuerySet
from genxu.people.roles import KEEPERS
from genxu.regions.models import Region

FOLDER = "imports"
KEPT_DAYS = 30
"""So long the list of what was wrong is kept, for it quotes the file; then only the counts are."""


def kept_at(sheet: "Import", name: str) -> str:
    """Where a file of an import lies: under a name of ours, outside of what is served."""
    ending = name.rpartition(".")[2].lower()[:5]
    return f"{FOLDER}/{clock.today():%Y/%m}/{uuid4().hex}.{ending}"


class ImportQuerySet(AskedForQuerySet["Import"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own files and those of one's office, of places that are still in one's charge."""
        in_charge = within(actor, self.model.place_field, self.model.seen_by)
        return super().visible_to(actor).filter(in_charge)


class Import(AskedFor):
    """A file of one kind for a place: uploaded, checked dry, then taken in, or left.

    ``look`` is what the file holds (its sheets and their tops), ``columns`` says which column is
    which of ours, ``counts`` what becomes of its rows; ``staged`` keeps the rows that will be
    written, ``marked`` is the file with its problems marked. ``batch`` batches are taken in.
    """

    class State(models.TextChoices):
        MATCHING = "matching", _("Columns to be matched")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked, not yet taken in")
        TAKING_IN = "taking_in", _("Being taken in")
        DONE = "done", _("Taken in")
        LEFT = "left", _("Left aside")

    seen_by = (*KEEPERS, SYSTEM_ROLE)
    missing = _("There is no such file, or it is not yours.")

    kind = models.CharField(max_length=30)
    file = models.FileField(upload_to=kept_at, blank=True)
    file_name = models.CharField(max_length=200)
    look: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    sheet = models.CharField(max_length=60, blank=True)
    header_row = models.PositiveIntegerField(default=0)
    columns: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MATCHING)
    counts: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    staged = models.FileField(upload_to=kept_at, blank=True)
    marked = models.FileField(upload_to=kept_at, blank=True)
    batch = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["asked_by", "-id"], name="import_asked_by"),
            models.Index(fields=["office", "-id"], name="import_office"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def label(self) -> "StrOrPromise":
        """What its kind is called."""
        return sheet_kinds()[self.kind].label

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.LEFT)

    @property
    def look_headers(self) -> list[str]:
        """The cells of the row in which the headers are."""
        for one in self.look.get("sheets", ()):
            if one["name"] == self.sheet and self.header_row < len(one["top"]):
                return list(one["top"][self.header_row])
        return []

    @property
    def wanted(self) -> int:
        """How many rows are to be written."""
        return int(self.counts.get("new", 0)) + int(self.counts.get("changed", 0))


class Problem(models.Model):
    """What is wrong in a cell, or only striking (``warning``); ``column`` is its header."""

    sheet = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    column = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    text = models.CharField(max_length=400)
    warning = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["sheet", "row", "position"], name="problem_row")]

    def __str__(self) -> str:
        return f"{self.row} {self.column}"


class KnownHeader(models.Model):
    """A header that somebody of a place matched by hand: the next file of the kind knows it.

    An empty ``column`` means that the header is none of ours, whatever it sounds like.
    """

    kind = models.CharField(max_length=30)
    place = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    header = models.CharField(max_length=60)
    column = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "place", "header"], name="header_once"),
        ]

    def __str__(self) -> str:
        return f"{self.header} → {self.column}"
