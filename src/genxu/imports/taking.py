"""Taking in what was checked, batch by batch: resumed where it fell, never twice.

A batch goes through the action of its kind, and in the same transaction it is noted that it is
in. What has become wrong since the check is left out and told.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.bulk import insert_rows
from genxu.core.errors import Conflict, Invalid
from genxu.core.sheets.intake import seldom_collecting
from genxu.core.sheets.kinds import SheetKind
from genxu.core.sheets.outcomes import Fate, Outcome
from genxu.core.sheets.writing import Progress
from genxu.people.granting import as_of_now
from genxu.regions.batches import hamlets_of
from genxu.regions.former import codes_now

from .actions import finish_import, kind_named
from .checking import FIELDS
from .models import Import, Problem

TRIES = 3
Batch = list[tuple[int, Any]]
"""Row of the file → row of the kind."""


def take_in(sheet: Import, actor: Actor, progress: Progress) -> Import:
    """Take in all batches that are not in yet; gives the import as it is at the end."""
    kind = kind_named(sheet.kind)
    done = sheet.taken + sheet.late
    with seldom_collecting():
        for n, batch in _ahead(_batches(sheet, kind, codes_now(sheet.place_id))):
            if n >= sheet.batch:
                actor = as_of_now(actor)
                _take_batch(sheet, kind, actor, n, batch)
                done += len(batch)
                progress.progress(done, sheet.wanted)
    sheet.refresh_from_db()
    return finish_import(actor=actor, sheet=sheet, taken=sheet.taken, late=sheet.late)


def _ahead(batches: Iterator[tuple[int, Batch]]) -> Iterator[tuple[int, Batch]]:
    """The batches, the next one made ready while the database is busy with this one."""
    with ThreadPoolExecutor(1) as beside:
        following = beside.submit(next, batches, None)
        while (batch := following.result()) is not None:
            following = beside.submit(next, batches, None)
            yield batch


def _batches(
    sheet: Import, kind: SheetKind, moved: Mapping[str, str]
) -> Iterator[tuple[int, Batch]]:
    """What was checked; the codes that places had then are followed to today's."""
    with sheet.staged.open("rb") as file:
        lines = iter(file)
        make = _maker(kind, json.loads(next(lines)))
        for n, line in enumerate(lines):
            rows = json.loads(line)
            yield n, [(row[0], make(moved.get(row[1], row[1]), row[2:])) for row in rows]


def _maker(kind: SheetKind, keys: list[str]) -> Callable[[str, list[Any]], Any]:
    """Makes a row of the kind of what was kept, in the order of the keys."""
    defaults = {c.key: c.empty for c in kind.columns if c.key not in keys}
    again = [(n, c.restore) for n, key in enumerate(keys)
             if (c := kind.column(key)) and c.restore]  # fmt: skip

    def make(hamlet: str, values: list[Any]) -> Any:
        for n, restore in again:
            if values[n] is not None:
                values[n] = restore(values[n])
        return kind.make(hamlet, {**defaults, **dict(zip(keys, values, strict=True))})

    return make


def _take_batch(sheet: Import, kind: SheetKind, actor: Actor, n: int, batch: Batch) -> None:
    """One batch. Another who is quicker makes it try again with what is then there."""
    late: list[tuple[int, Outcome]] = []
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                _act(sheet, kind, actor, batch)
                _note(sheet, n, len(batch), late)
        except Invalid:
            batch, wrong = _divided(sheet, kind, batch)
            late += wrong
            if not wrong:
                raise
        except Conflict:
            if attempt == TRIES:
                raise
        else:
            return
    raise Conflict(_("The registers change faster than this file can be taken in. Try it later."))


def _act(sheet: Import, kind: SheetKind, actor: Actor, batch: Batch) -> None:
    if batch:
        rows = [row for _number, row in batch]
        kind.take_in(
            actor=actor,
            place=sheet.place,
            rows=rows,
            count=len(rows),
            hamlets=hamlets_of(rows),
            source=f"imports.import:{sheet.pk}",
        )


def _note(sheet: Import, n: int, taken: int, late: list[tuple[int, Outcome]]) -> None:
    """That the batch is in, in its own transaction; refused if somebody else took it."""
    ours = Import.objects.filter(pk=sheet.pk, batch=n, state=Import.State.TAKING_IN)
    if not ours.update(batch=n + 1, taken=F("taken") + taken, late=F("late") + len(late)):
        raise Conflict(_("It was left aside meanwhile."))
    insert_rows(
        Problem,
        FIELDS,
        [
            (sheet.pk, number, 0, key[:60], "", str(text)[:400], False)
            for number, outcome in late
            for key, text in outcome.problems.items()
        ],
    )


def _divided(
    sheet: Import, kind: SheetKind, batch: Batch
) -> tuple[Batch, list[tuple[int, Outcome]]]:
    """What is still right of a batch, and what has become wrong since the check."""
    outcomes = kind.intake.plan([row for _number, row in batch], sheet.place)
    pairs = list(zip(batch, outcomes, strict=True))
    right = [one for one, outcome in pairs if outcome.fate is not Fate.WRONG]
    return right, [(one[0], outcome) for one, outcome in pairs if outcome.fate is Fate.WRONG]
