"""What the journal's rows and seals are signed with: keys that the database does not hold.

A row's *mark* shows that the program wrote it; its *fingerprint* stands in its seal; a seal's
*digest* signs the batch and chains it to the seal before. See docs/adr/0009.
"""

import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any

from . import keys
from .models import JournalEntry

ENTRIES, SEALS = "journal entries", "seals"
SALT = 16
"""Hexadecimal digits that make each mark another one, even of two rows that say the same."""


def new_mark(entry: JournalEntry) -> str:
    """The mark of a row that is about to be written."""
    salt = secrets.token_hex(SALT // 2)
    return salt + keys.mark(ENTRIES, _canonical([salt, *_said(entry)]))


def bears_our_mark(entry: JournalEntry) -> bool:
    """Whether the program itself wrote the row as it stands there."""
    salt, mark = entry.mark[:SALT], entry.mark[SALT:]
    return keys.is_mark(ENTRIES, _canonical([salt, *_said(entry)]), mark)


def fingerprint(entry: JournalEntry) -> str:
    """SHA-256 over every column of the row, in one canonical writing."""
    columns = [entry.pk, entry.mark, *_said(entry)]
    return hashlib.sha256(_canonical(columns).encode()).hexdigest()


def digest(previous: str, at: datetime, total: int, rows: list[list[Any]]) -> str:
    """The signature of a seal; ``count`` is the number of its rows."""
    return keys.mark(SEALS, _sealed(previous, at, total, rows))


def is_digest(given: str, previous: str, at: datetime, total: int, rows: list[list[Any]]) -> bool:
    """Whether a seal was signed with one of the keys in force."""
    return keys.is_mark(SEALS, _sealed(previous, at, total, rows), given)


def _said(entry: JournalEntry) -> list[Any]:
    """What a row says: every column but its number and its mark.

    That it was a reading stands there only of readings: rows from before say what they said.
    """
    said = [
        _moment(entry.at),
        entry.actor,
        entry.action,
        entry.place,
        entry.subject_type,
        entry.subject_id,
        entry.detail,
        str(entry.client_id) if entry.client_id else None,
    ]
    return [*said, "reading"] if getattr(entry, "reading", False) else said


def _sealed(previous: str, at: datetime, total: int, rows: list[list[Any]]) -> str:
    return _canonical([previous, _moment(at), len(rows), total, rows])


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _canonical(value: list[Any]) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
