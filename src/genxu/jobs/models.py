"""Jobs: work in the background with its progress, its checkpoint and its results."""

from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.promises import StrOrPromise
from genxu.people.offices import AskedFor, AskedForQuerySet

from .kinds import KINDS


class Job(AskedFor):
    """Something that takes a while, asked for by an actor and done with that actor's power.

    ``done`` of ``total`` is what the progress bar shows; ``checkpoint`` is where it goes on after
    a fall; ``result`` is what the kind of job found. ``held_by`` names the run that has it in hand
    (machine, process, a word of its own): what another run writes no longer counts.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting its turn")
        RUNNING = "running", _("At work")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Broken off")
        CANCELLED = "cancelled", _("Stopped")

    missing = _("There is no such job, or it is not yours.")

    kind = models.CharField(max_length=40)
    given: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    checkpoint: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    result: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    trouble = models.TextField(blank=True)
    held_by = models.CharField(max_length=120, blank=True)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    runs = models.PositiveSmallIntegerField(default=0)

    objects = AskedForQuerySet["Job"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["asked_by", "-id"], name="job_asked_by"),
            models.Index(fields=["office", "-id"], name="job_office"),
            models.Index(fields=["state", "beat_at"], name="job_state"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"

    @property
    def label(self) -> StrOrPromise:
        """What its kind is called on the page."""
        kind = KINDS.get(self.kind)
        return kind.label if kind else self.kind

    @property
    def follow_up(self) -> UUID:
        """The id of what is sent from this job's page: sent twice it happens once."""
        return uuid5(NAMESPACE_OID, f"genxu job {self.pk}")

    @property
    def badge(self) -> str:
        """The colour of its state, see ``_states.scss``."""
        return {"running": "is-working", "done": "is-done", "failed": "is-overdue",
                "cancelled": "is-unconfirmed"}.get(self.state, "is-waiting")  # fmt: skip

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)

    @property
    def percent(self) -> int | None:
        """How far it is, in whole percent; None while nobody knows."""
        if not self.total:
            return 100 if self.state == self.State.DONE else None
        return min(100, self.done * 100 // self.total)


def file_path(file: "JobFile", name: str) -> str:
    return f"{folder_of(file.job_id)}/{name}"


def folder_of(pk: int) -> str:
    """Where the files of a job lie, among the media."""
    return f"jobs/{pk}"


class JobFile(models.Model):
    """A file that a job made, kept for ``JOB_FILES_KEPT`` days after its end."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    file = models.FileField(upload_to=file_path, max_length=200)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "name"], name="job_file_name")]

    def __str__(self) -> str:
        return self.name
