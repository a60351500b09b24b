"""Writing, sealing and verifying the journal."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from . import clock
from .access import PERMISSIONS, Actor
from .bulk import insert_new
from .models import JournalEntry, Pending, Seal

BATCH = 1000
GENESIS = "0" * 64
SEAL = "seal"

_followers: list[str] = [SEAL]


def follow(follower: str) -> None:
    """Have every new entry queued for this follower too."""
    if follower not in _followers:
        _followers.append(follower)


def write(
    *,
    actor: Actor,
    action: str,
    place: str,
    subject_type: str,
    subject_id: str,
    detail: Mapping[str, Any],
    client_id: UUID | None = None,
) -> JournalEntry:
    """Append one entry and queue it for the followers, in the transaction under way."""
    entry = JournalEntry(
        at=clock.now(),
        actor=actor.label,
        action=action,
        place=place,
        subject_type=subject_type,
        subject_id=subject_id,
        detail=dict(detail),
        client_id=client_id,
    )
    insert_new([entry])
    insert_new([Pending(follower=name, entry=entry) for name in _followers])
    return entry


@transaction.atomic
def note_read(*, actor: Actor, action: str, subject: models.Model) -> None:
    """Log the reading of a sensitive record: the one write that a GET makes (docs/adr/0003).

    The office by which it was read is noted, for the one who was read about: role@place.
    """
    place = getattr(subject, "place_code", "")
    permission = PERMISSIONS.get(action)
    office = actor.office_at(place, permission.roles) if permission else ""
    write(
        actor=actor,
        action=action,
        place=place,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        detail={"office": office} if office else {},
    )


def take(follower: str, limit: int | None = None) -> list[JournalEntry]:
    """The entries waiting for a follower, oldest first, taken off its queue.

    Call it inside the transaction that does the follower's work.
    """
    queue = Pending.objects.select_for_update(skip_locked=True).filter(follower=follower)
    queue = queue.order_by("entry_id")
    if limit:
        queue = queue[:limit]
    waiting = list(queue.values_list("pk", "entry_id"))
    entries: list[JournalEntry] = []
    for start in range(0, len(waiting), BATCH):
        part = waiting[start : start + BATCH]
        entries += JournalEntry.objects.filter(pk__in=[e for _, e in part]).order_by("pk")
        Pending.objects.filter(pk__in=[p for p, _ in part]).delete()
    return entries


def fingerprint(entry: JournalEntry) -> str:
    """SHA-256 over every column of the row, in one canonical writing."""
    columns = [
        entry.pk,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.action,
        entry.place,
        entry.subject_type,
        entry.subject_id,
        entry.detail,
        str(entry.client_id) if entry.client_id else None,
    ]
    text = json.dumps(columns, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def chain(previous: str, rows: list[list[Any]]) -> str:
    """The digest of a seal."""
    text = json.dumps([previous, rows], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def seal() -> int:
    """Seal all waiting entries in batches; how many rows were sealed.

    Two sealers at once take different rows; they cannot fork the chain, since ``previous`` is
    unique: the second one fails then, and its rows stay queued.
    """
    sealed = 0
    while True:
        with transaction.atomic():
            entries = take(SEAL, BATCH)
            if not entries:
                return sealed
            last = Seal.objects.order_by("-pk").first()
            previous = last.digest if last else GENESIS
            rows: list[list[Any]] = [[entry.pk, fingerprint(entry)] for entry in entries]
            Seal.objects.create(
                at=clock.now(),
                rows=rows,
                count=len(rows),
                previous=previous,
                digest=chain(previous, rows),
            )
            sealed += len(rows)


@dataclass(frozen=True)
class Verdict:
    """What verifying found: how many rows were sound, and the first fault if there is one."""

    checked: int
    waiting: int
    head: str
    fault: str = ""
    entry_id: int | None = None

    @property
    def sound(self) -> bool:
        return not self.fault


def verify() -> Verdict:
    """Check every seal and every sealed row; names the first altered or missing row.

    Rows of the journal that neither a seal nor the queue knows were slipped in, and are named too.
    """
    checked, previous = 0, GENESIS
    # In this order: what is written or sealed meanwhile is then never taken for slipped in.
    ids = list(JournalEntry.objects.order_by("pk").values_list("pk", flat=True))
    waiting = set(Pending.objects.filter(follower=SEAL).values_list("entry_id", flat=True))
    known: set[int] = set()
    for seal_row in Seal.objects.order_by("pk").iterator(chunk_size=50):
        if seal_row.previous != previous or chain(previous, seal_row.rows) != seal_row.digest:
            text = _("Seal %(seal)s is broken: the chain does not fit.") % {"seal": seal_row.pk}
            return Verdict(checked, 0, previous, text)
        found = {e.pk: e for e in _entries([pk for pk, _hash in seal_row.rows])}
        for pk, sealed_as in seal_row.rows:
            entry = found.get(pk)
            if entry is None:
                return Verdict(checked, 0, previous, _("Row %(row)s is missing.") % {"row": pk}, pk)
            if fingerprint(entry) != sealed_as:
                text = _("Row %(row)s was altered.") % {"row": pk}
                return Verdict(checked, 0, previous, text, pk)
            known.add(pk)
            checked += 1
        previous = seal_row.digest
    for pk in ids:
        if pk not in known and pk not in waiting:
            text = _("Row %(row)s was slipped in: no seal knows it.") % {"row": pk}
            return Verdict(checked, len(waiting), previous, text, pk)
    return Verdict(checked, len(waiting - known), previous)


def _entries(ids: list[int]) -> Iterator[JournalEntry]:
    yield from JournalEntry.objects.filter(pk__in=ids)
