"""The dry run: every row is read, placed and planned, and nothing is written to a register.

What is right is kept in a file of its own (a line of JSON for each batch), so that taking it in
does not read the spreadsheet again. Every problem is kept with its row and column.
"""

import json
import tempfile
from array import array
from collections.abc import Iterable, Sequence
from typing import IO, Any

from django.core.files import File
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.bulk import insert_rows
from genxu.core.sheets import reading
from genxu.core.sheets.intake import seldom_collecting
from genxu.core.sheets.kinds import SheetKind
from genxu.core.sheets.outcomes import Fate, Outcome
from genxu.core.sheets.values import Reader, Unreadable, text
from genxu.core.sheets.writing import Progress
from genxu.regions.naming import Places

from .actions import finish_check, kind_named
from .files import on_disk
from .marking import write_marked
from .matching import columns_of
from .models import Import, Problem
from .placing import KEYS, finder

BATCH = 5000
"""Rows that are planned and written together; a little more, so that the rows of a hamlet that
stand together stay together: the seats of a council are looked at as a whole."""
FIELDS = ("sheet", "row", "position", "column", "value", "text", "warning")
Cells = Sequence[Any]


def check(sheet: Import, actor: Actor, progress: Progress) -> Import:
    """Check a whole file; it may be done again from the start at any time."""
    Problem.objects.filter(sheet=sheet).delete()
    with on_disk(sheet.file) as path, tempfile.TemporaryFile() as staged:
        work = _Check(sheet, kind_named(sheet.kind), staged)
        total = work.rows_told
        with seldom_collecting(), reading.rows(path, sheet.sheet) as lines:
            for done in work.read(lines):
                progress.progress(done, total)
        staged.seek(0)
        with tempfile.TemporaryFile() as marked:
            if work.has_problems:
                write_marked(
                    sheet, path, marked, work.width, lambda: progress.progress(total, total)
                )
                marked.seek(0)
            return finish_check(
                actor=actor,
                sheet=sheet,
                counts=work.counts,
                staged=File(staged),
                marked=File(marked) if work.has_problems else None,
            )


def required(read: Reader) -> Reader:
    """The same reader for a column that must be filled in."""

    def needs(cell: Any) -> Any:
        found = read(cell)
        if found is None or found == "":
            raise Unreadable(_("This is still missing."))
        return found

    return needs


class _Check:
    """One walk through a sheet. ``counts`` add up: rows = new + changed + same + wrong + empty."""

    def __init__(self, sheet: Import, kind: SheetKind, staged: IO[bytes]) -> None:
        self.sheet, self.kind, self.staged = sheet, kind, staged
        self.at = {key: int(n) for n, key in sheet.columns.items()}
        by_key = {column.key: column for column in columns_of(kind)}
        own = [(by_key[key], n) for key, n in self.at.items() if key not in KEYS]
        self.readers = [(n, c.key, required(c.read) if c.required else c.read) for c, n in own]
        self.cells = {key: (column.header, self.at.get(key, -1)) for key, column in by_key.items()}
        self.cells["hamlet"] = next(
            (self.cells[key] for key in reversed(KEYS) if key in self.at), self.cells["at_hamlet"]
        )
        given = {column.key for column, _n in own}
        self.defaults = {c.key: c.empty for c in kind.columns if c.key not in given}
        self.find = finder(Places(sheet.place), self.at)
        self.counts = dict.fromkeys(("rows", *map(str, Fate), "empty", "striking"), 0)
        self.width = 1 + max(self.at.values(), default=0)
        self.batch: list[tuple[int, Cells, str, Any, dict[str, Any]]] = []
        self.problems: list[tuple[Any, ...]] = []
        self.has_problems = False
        self.first_at: dict[int, int] = {}
        self.contents, self.numbers = array("q"), array("q")
        self.main = next(c.key for c in kind.columns if c.required)
        self._keep([key for _n, key, _read in self.readers])
        told = next(one for one in sheet.look["sheets"] if one["name"] == sheet.sheet)
        self.rows_told: int = told["rows"]
        self.errors: dict[int, dict[int, str]] = {}
        for row, n, error in told["errors"]:
            self.errors.setdefault(row, {})[n] = error

    def read(self, lines: Iterable[Cells]) -> Iterable[int]:
        """Walk through the rows; gives the row where it is after each batch."""
        readers, find, make, defaults = self.readers, self.find, self.kind.make, self.defaults
        number, needed, batch = 0, self.width, self.batch
        for number, cells in enumerate(lines, 1):
            if number <= self.sheet.header_row + 1:
                continue
            if not any(cells):
                self.counts["empty"] += 1
                continue
            if len(cells) < needed:
                cells = [*cells, *[""] * (needed - len(cells))]
            hamlet = find(cells)
            try:
                values = {key: read(cells[n]) for n, key, read in readers}
            except Unreadable:
                self._wrong(number, cells, hamlet)
                continue
            if not isinstance(hamlet, str) or number in self.errors:
                self._wrong(number, cells, hamlet)
                continue
            if len(batch) >= BATCH and (batch[-1][2] != hamlet or len(batch) >= 2 * BATCH):
                self._plan()
                yield number
            batch.append((number, cells, hamlet, make(hamlet, {**defaults, **values}), values))
        self._plan()
        self.counts["rows"] = max(0, number - self.sheet.header_row - 1)
        yield number

    def _wrong(self, number: int, cells: Cells, hamlet: "str | tuple[str, str]") -> None:
        """A row that cannot be read: each of its cells is asked what is wrong with it."""
        if not any(text(cells[n]) for n in self.at.values()) and number not in self.errors:
            self.counts["empty"] += 1
            return
        shown = self.errors.get(number, {})
        wrong = {}
        for key, n in self.at.items():
            if n in shown:
                wrong[key] = _("Excel shows an error here: %s. Correct the formula.") % shown[n]
        for n, key, read in self.readers:
            try:
                read(cells[n])
            except Unreadable as error:
                wrong.setdefault(key, str(error))
        if isinstance(hamlet, tuple) and not set(wrong) & set(KEYS):
            wrong[hamlet[0]] = hamlet[1]
        if not wrong:  # only a column that is not ours shows an error
            self._read_despite(number, cells, str(hamlet))
            return
        self.counts[Fate.WRONG] += 1
        self._note(number, cells, wrong, warning=False)

    def _read_despite(self, number: int, cells: Cells, hamlet: str) -> None:
        values = {key: read(cells[n]) for n, key, read in self.readers}
        row = self.kind.make(hamlet, {**self.defaults, **values})
        self.batch.append((number, cells, hamlet, row, values))

    def _plan(self) -> None:
        """What becomes of a batch; what will be written is kept."""
        fresh = [one for one in self.batch if not self._seen_before(one)]
        kept: list[list[Any]] = []
        outcomes = self.kind.intake.plan([one[3] for one in fresh], self.sheet.place)
        for (number, cells, hamlet, _row, values), outcome in zip(fresh, outcomes, strict=True):
            self.counts[outcome.fate] += 1
            if outcome.problems or outcome.warnings:
                self._told(number, cells, outcome)
            if outcome.fate in (Fate.NEW, Fate.CHANGED):
                kept.append([number, hamlet, *values.values()])
        if kept:
            self._keep(kept)
        if self.problems:
            insert_rows(Problem, FIELDS, self.problems)
        self.batch.clear()
        self.problems.clear()

    def _keep(self, what: list[Any]) -> None:
        """A line of the staged file: first the keys, then batches of [row, hamlet, values…]."""
        self.staged.write(json.dumps(what, default=str, ensure_ascii=False).encode() + b"\n")

    def _seen_before(self, one: tuple[int, Cells, str, Any, dict[str, Any]]) -> bool:
        """Whether a row is about the same thing as one above it; then it is told here."""
        number, cells, _hamlet, row, _values = one
        key = hash(self.kind.key(row))
        content = hash(row)
        first = self.first_at.setdefault(key, len(self.contents))
        if first == len(self.contents):
            self.contents.append(content)
            self.numbers.append(number)
            return False
        about = {"row": self.numbers[first]}
        if self.contents[first] == content:
            self.counts[Fate.SAME] += 1
            told = _("It stands in row %(row)s already.") % about
            self._told(number, cells, Outcome(Fate.SAME, warnings={self.main: told}))
        else:
            self.counts[Fate.WRONG] += 1
            told = _("It stands in row %(row)s already, and not alike.") % about
            self._told(number, cells, Outcome(Fate.WRONG, problems={self.main: told}))
        return True

    def _told(self, number: int, cells: Cells, outcome: Outcome) -> None:
        if outcome.problems:
            self._note(number, cells, outcome.problems, warning=False)
        if outcome.warnings:
            self.counts["striking"] += 1
            self._note(number, cells, outcome.warnings, warning=True)

    def _note(self, number: int, cells: Cells, told: Any, *, warning: bool) -> None:
        """Keep what is to be said of the cells of a row."""
        self.has_problems = True
        for key, sentence in told.items():
            header, n = self.cells.get(key, (self.cells[self.main][0], -1))
            value = text(cells[n])[:60] if n >= 0 else ""
            n = max(n, 0)
            self.problems.append(
                (self.sheet.pk, number, n, header, value, str(sentence)[:400], warning)
            )
