"""The journal: what was done, by whom, where; the seals that chain its rows; what was sent."""

from typing import Self

from django.db import models

from .access import Actor, within
from .declared import declared
from .rules import read_journal


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    def visible_to(self, actor: Actor) -> Self:
        """Entries of places that the actor may audit, under the codes that they had before too:
        an app that knows of such has ``codes_before`` in its room ``former``."""
        places = actor.places(read_journal.roles)
        here = within(actor, "place", read_journal.roles)
        if places and "" not in places:
            for codes_before in declared("former", "codes_before"):
                here |= models.Q(place__in=codes_before(places))
        return self.filter(here)


class JournalEntry(models.Model):
    """One action that happened. The database refuses to change or delete it.

    No column depends on anything sensitive that was typed. ``mark`` is made with a key that the
    database does not hold, over all that the row says: nobody else can write a row.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    action = models.CharField(max_length=64)
    place = models.CharField(max_length=15)
    subject_type = models.CharField(max_length=48)
    subject_id = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    client_id = models.UUIDField(null=True, unique=True)
    mark = models.CharField(max_length=80)
    reading = models.BooleanField(default=False)
    """Nothing was written, somebody looked: such an entry ages no page (``fresh``)."""

    objects = JournalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["place", "id"], name="journal_place"),
            models.Index(
                fields=["place", "id"], condition=models.Q(reading=False), name="journal_writing"
            ),
            models.Index(fields=["subject_type", "subject_id"], name="journal_subject"),
            models.Index(fields=["at"], name="journal_at"),
        ]
        constraints = [models.UniqueConstraint(fields=["mark"], name="journal_mark_unique")]

    def __str__(self) -> str:
        return f"{self.pk} {self.action}"

    @property
    def place_code(self) -> str:
        return self.place


class Pending(models.Model):
    """An entry that a follower of the journal has not yet dealt with; made in the same transaction.

    Each follower takes its rows when it runs and deletes them. A transaction that commits late
    with a low number is therefore never overlooked.
    """

    follower = models.CharField(max_length=16)
    entry = models.ForeignKey(JournalEntry, on_delete=models.DO_NOTHING, db_index=False)

    class Meta:
        indexes = [models.Index(fields=["follower", "entry"], name="pending_follower")]

    def __str__(self) -> str:
        return f"{self.follower} {self.entry_id}"


class Submission(models.Model):
    """What a client's id was first sent with, as a keyed fingerprint; deleted after thirty days.

    It tells a second sending from a corrected one. It stands apart from the journal, which keeps
    for good whatever it keeps.
    """

    client_id = models.UUIDField(unique=True)
    entry = models.ForeignKey(
        JournalEntry, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.client_id)


class Seal(models.Model):
    """A batch of journal rows with the fingerprint of each, chained to the seal before it.

    ``rows`` is a list of [entry id, fingerprint]; ``total`` says how many rows are sealed up to
    here; ``digest`` is signed with a key that the database does not hold, and covers the others.
    The database refuses to change or delete it.
    """

    at = models.DateTimeField()
    rows = models.JSONField()
    count = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.digest[:12]}"


class Heartbeat(models.Model):
    """When a process of the background was last heard of; ``genxu.portal.health`` looks at it."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Tries(models.Model):
    """How often something was tried in one span of time (``ratelimit.Limit``).

    The key is a keyed mark: who or what it is counted for cannot be read from it.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:12]} {self.count}"
