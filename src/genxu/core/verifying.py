"""Verifying the journal: every row, every seal, its end, and what protects it.

What it proves and what it cannot is said in docs/adr/0009.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from . import heads, signing
from .append_only import lifted
from .heads import GENESIS, Head
from .journal import BATCH, SEAL
from .models import JournalEntry, Pending, Seal

Heard = Callable[[int, int], None]
TABLES = (JournalEntry._meta.db_table, Seal._meta.db_table)


@dataclass(frozen=True)
class Verdict:
    """What verifying found: how many rows were sound, the first fault if there is one, and what
    is no fault but should be otherwise."""

    checked: int
    waiting: int
    head: Head
    fault: str = ""
    entry_id: int | None = None
    remarks: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.fault


class Fault(Exception):
    """The first thing that is wrong, in one sentence."""

    def __init__(self, text: str, entry_id: int | None = None) -> None:
        super().__init__(text)
        self.entry_id = entry_id


@dataclass
class Walk:
    """How far the seals were followed."""

    heard: Heard
    head: Head = field(default_factory=lambda: Head(0, GENESIS))
    known: set[int] = field(default_factory=set)
    passed: dict[int, str] = field(default_factory=lambda: {0: GENESIS})
    """Number of sealed rows → digest, of each seal passed."""
    waiting: int = 0


def verify(head: Head | None = None, heard: Heard = lambda _done, _total: None) -> Verdict:
    """Check everything; ``head`` is one that was kept elsewhere. ``heard`` is told how far it is:
    how many rows are checked, of how many."""
    walk, remarks = Walk(heard), _remarks()
    try:
        _check(walk, head)
    except Fault as fault:
        found, entry_id = str(fault), fault.entry_id
        return Verdict(walk.head.count, walk.waiting, walk.head, found, entry_id, remarks)
    return Verdict(walk.head.count, walk.waiting, walk.head, remarks=remarks)


def _check(walk: Walk, elsewhere: Head | None) -> None:
    # In this order: what is written or sealed meanwhile is then never taken for a fault.
    kept = _kept()
    ids = list(JournalEntry.objects.order_by("pk").values_list("pk", flat=True))
    waiting = set(Pending.objects.filter(follower=SEAL).values_list("entry_id", flat=True))
    _check_not_emptied(ids, waiting)
    for seal in Seal.objects.order_by("pk").iterator(chunk_size=50):
        _check_seal(walk, seal)
        _check_rows(walk, seal)
        walk.heard(walk.head.count, len(ids))
    _check_unsealed([pk for pk in ids if pk not in walk.known], waiting)
    walk.waiting = len(waiting - walk.known)
    _check_end(walk, kept, _("The head kept beside the database (%s) is not in the journal: its "
                             "end was cut off, or all of it exchanged."))  # fmt: skip
    _check_end(walk, elsewhere, _("The head %s is not in the journal: its end was cut off, or all "
                                  "of it exchanged."))  # fmt: skip
    _check_triggers()


def _kept() -> Head | None:
    try:
        return heads.kept()
    except heads.Altered as error:
        raise Fault(_("The head kept beside the database was altered: %s") % error) from error


def _check_triggers() -> None:
    gone = [name for table in TABLES for name in lifted(connection, table)]
    if gone:
        text = _("The database no longer refuses changes. Triggers missing or switched off: %s")
        raise Fault(text % ", ".join(gone))


def _check_not_emptied(ids: list[int], waiting: set[int]) -> None:
    """Tables without rows whose numbers have been given are tables that were emptied."""
    entries, seals = TABLES
    if not ids and (last := _last_number(entries)):
        raise Fault(_("The journal is empty, but rows up to %s had been written.") % last)
    if len(waiting) < len(ids) and not Seal.objects.exists():
        last = _last_number(seals)
        raise Fault(_("There are no seals, but seals up to %s had been set.") % last)


def _last_number(table: str) -> int:
    """The highest number that the database has given to a row of the table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "pg_get_serial_sequence(%s, 'id')::regclass"
            cursor.execute(f"SELECT pg_sequence_last_value({sequence})", [table])
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] else 0


def _check_seal(walk: Walk, seal: Seal) -> None:
    if seal.previous != walk.head.digest:
        text = _("Seal %(seal)s is broken: the chain does not fit.")
    elif seal.count != len(seal.rows) or seal.total != walk.head.count + len(seal.rows):
        text = _("The number of rows of seal %(seal)s was altered.")
    elif not signing.is_digest(seal.digest, seal.previous, seal.at, seal.total, seal.rows):
        text = _(
            "Seal %(seal)s is not signed with our key: its time or its rows were altered, the "
            "chain was made anew, or the secret was changed without keeping the old one."
        )
    else:
        return
    raise Fault(text % {"seal": seal.pk})


def _check_rows(walk: Walk, seal: Seal) -> None:
    found = {entry.pk: entry for entry in _entries([pk for pk, _sealed_as in seal.rows])}
    for pk, sealed_as in seal.rows:
        if pk not in found:
            raise Fault(_("Row %(row)s is missing.") % {"row": pk}, pk)
        if signing.fingerprint(found[pk]) != sealed_as:
            raise Fault(_("Row %(row)s was altered.") % {"row": pk}, pk)
        _check_mark(found[pk])
        walk.known.add(pk)
    walk.head = Head(seal.total, seal.digest)
    walk.passed[seal.total] = seal.digest


def _check_mark(entry: JournalEntry) -> None:
    if not signing.bears_our_mark(entry):
        text = _("Row %(row)s was slipped in, or altered before it was sealed: it does not bear "
                 "our mark.")  # fmt: skip
        raise Fault(text % {"row": entry.pk}, entry.pk)


def _check_unsealed(ids: list[int], waiting: set[int]) -> None:
    """A row that is not sealed bears our mark, and waits to be sealed."""
    for start in range(0, len(ids), BATCH):
        for entry in _entries(ids[start : start + BATCH]).order_by("pk"):
            _check_mark(entry)
            if entry.pk not in waiting:
                text = _("Row %(row)s is in no seal and does not wait for one: its seal was "
                         "removed.")  # fmt: skip
                raise Fault(text % {"row": entry.pk}, entry.pk)


def _check_end(walk: Walk, head: Head | None, text: str) -> None:
    if head and walk.passed.get(head.count) != head.digest:
        raise Fault(text % head)


def _entries(ids: list[int]) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(pk__in=ids)


def _remarks() -> tuple[str, ...]:
    role = _mighty_role() if connection.vendor == "postgresql" else ""
    if not role:
        return ()
    text = _("The database role %s may change the journal's tables and lift what protects them. "
             "Serve with a lesser role: genxu database grant.")  # fmt: skip
    return (text % role,)


def _mighty_role() -> str:
    """The role in use, if it is a superuser or may act for the owner of the journal."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user FROM pg_roles WHERE rolname = current_user AND (rolsuper OR EXISTS"
            " (SELECT 1 FROM pg_class WHERE oid IN (%s::regclass, %s::regclass)"
            " AND pg_has_role(current_user, relowner, 'MEMBER')))",
            TABLES,
        )
        row = cursor.fetchone()
    return str(row[0]) if row else ""
