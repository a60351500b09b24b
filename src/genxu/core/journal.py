"""Writing and sealing the journal, and knowing a submission again; ``verifying`` checks it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import models, transaction

from . import clock, heads, keys, signing
from .access import PERMISSIONS, Actor
from .bulk import insert_new
from .heads import Head
from .models import JournalEntry, Pending, Seal, Submission

BATCH = 1000
SEAL = "seal"
SUBMISSIONS = "submissions"
SUBMISSIONS_KEPT = timedelta(days=30)

_followers: list[str] = [SEAL]


def follow(follower: str) -> None:
    """Have every new entry by which something was written queued for this follower too."""
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
    reading: bool = False,
) -> JournalEntry:
    """Append one entry and queue it for the followers, in the transaction under way.

    A ``reading`` is sealed, and concerns no other follower.
    """
    by_code = {"by_code": actor.by_code} if actor.behind else {}
    entry = JournalEntry(
        at=clock.now(),
        actor=actor.label,
        action=action,
        place=place,
        subject_type=subject_type,
        subject_id=subject_id,
        detail={**detail, **by_code},
        client_id=client_id,
        reading=reading,
    )
    entry.mark = signing.new_mark(entry)
    insert_new([entry])
    followers = [SEAL] if reading else _followers
    insert_new([Pending(follower=name, entry=entry) for name in followers])
    return entry


@transaction.atomic
def note_read(*, actor: Actor, action: str, subject: models.Model) -> None:
    """Log the reading of a sensitive record: the one write that a GET makes (docs/adr/0003).

    The office by which it was read is noted, for the one who was read about: role@place. What
    everybody may read who holds a code is read by whatever office is signed in behind it.
    """
    place = getattr(subject, "place_code", "")
    permission = PERMISSIONS.get(action)
    if actor.behind:
        office = actor.behind.office_at(place) or actor.behind.office_at("")
    else:
        office = actor.office_at(place, permission.roles) if permission else ""
    write(
        actor=actor,
        action=action,
        place=place,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        detail={"office": office} if office else {},
        reading=True,
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


def note_submission(entry: JournalEntry, sent: str) -> None:
    """Keep the keyed fingerprint of what an entry's client id was sent with."""
    assert entry.client_id is not None
    fingerprint = keys.mark(SUBMISSIONS, _salted(entry, sent))
    row = Submission(
        client_id=entry.client_id, entry=entry, fingerprint=fingerprint, at=clock.now()
    )
    insert_new([row])


def is_same_submission(entry: JournalEntry, sent: str) -> bool:
    """Whether this was sent with the entry's client id; taken for so when it is too long ago."""
    assert entry.client_id is not None
    first = Submission.objects.filter(client_id=entry.client_id).first()
    return first is None or keys.is_mark(SUBMISSIONS, _salted(entry, sent), first.fingerprint)


def _salted(entry: JournalEntry, sent: str) -> str:
    return f"{entry.client_id} {sent}"


def forget_submissions() -> int:
    """Delete the fingerprints older than thirty days; how many there were."""
    old = Submission.objects.filter(at__lt=clock.now() - SUBMISSIONS_KEPT)
    return old.delete()[0]


def forget_submissions_of(kind: str, ids: Iterable[Any]) -> None:
    """Delete the fingerprints of whatever was sent about these rows: they are being erased."""
    about = JournalEntry.objects.filter(subject_type=kind, subject_id__in=[str(pk) for pk in ids])
    Submission.objects.filter(client_id__in=about.values("client_id")).delete()


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
            head = _seal(entries)
            transaction.on_commit(partial(heads.keep, head), robust=True)
            sealed += len(entries)


def _seal(entries: list[JournalEntry]) -> Head:
    last = heads.newest()
    rows: list[list[Any]] = [[entry.pk, signing.fingerprint(entry)] for entry in entries]
    at, total = clock.now(), last.count + len(rows)
    digest = signing.digest(last.digest, at, total, rows)
    Seal.objects.create(
        at=at, rows=rows, count=len(rows), total=total, previous=last.digest, digest=digest
    )
    return Head(total, digest)
