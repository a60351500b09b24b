"""Takes a spreadsheet in as the jobs do, or does only what nobody can leave out: the floor.

Run as ``python -m bench.importing FILE PLACE`` or ``… FILE --floor``: prints seconds as JSON.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

COLUMNS = "a integer, b text, c text, d text, e text, f integer, g text, h text, i integer"
TITLES = 2
"""Rows above the first household: a title and the headers."""


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    file = Path(sys.argv[1])
    found = _floor(file) if sys.argv[2] == "--floor" else _import(file, sys.argv[2])
    print(json.dumps(found))


def _import(file: Path, place: str) -> dict[str, float]:
    """Seconds of looking at the file, of the dry run and of taking it in; the largest memory."""
    from django.core.files import File

    from genxu.core.access import system
    from genxu.core.sheets.reading import look
    from genxu.imports import actions, matching
    from genxu.imports.checking import check
    from genxu.imports.taking import take_in
    from genxu.regions.queries import place_of

    actor, region, clock = system("bench"), place_of(place), Clock()
    seen = look(file)
    kind = actions.kind_named("households")
    found = matching.best_match(seen, matching.tables(kind, region.code))
    clock.lap("look")
    with file.open("rb") as content:
        sheet = actions.bring_sheet(
            actor=actor, place=region, kind=kind.name, file=File(content, name=file.name),
            look=matching.as_kept(seen), found=found,
        )  # fmt: skip
    sheet = actions.match_sheet(actor=actor, sheet=sheet, match=found, in_background=False)
    clock.lap("bring")
    sheet = check(sheet, actor, clock)
    clock.lap("check")
    counts = dict(sheet.counts)
    if sheet.wanted:
        sheet = actions.take_in_sheet(actor=actor, sheet=sheet, in_background=False)
        sheet = take_in(sheet, actor, clock)
    else:
        actions.leave_sheet(actor=actor, sheet=sheet)
    clock.lap("take_in")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**clock.laps, "megabytes": peak, **counts, "taken": sheet.taken}


class Clock:
    """Laps by the clock; hears of progress and says nothing."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self.last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name], self.last = now - self.last, now

    def progress(self, done: int, total: int | None = None) -> None:
        pass


def _floor(file: Path) -> dict[str, float]:
    """Calamine reads the file, and its rows go in by the database's fastest road."""
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    clock = Clock()
    sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0)
    rows: list[Any] = list(sheet.iter_rows())[TITLES:]
    clock.lap("read")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS raw_sheet")
        cursor.execute(f"CREATE TABLE raw_sheet ({COLUMNS})")
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy("COPY raw_sheet FROM STDIN") as copy:
                for row in map(_plain, rows):
                    copy.write_row(row)
        else:
            marks = ",".join("?" * 9)
            connection.connection.executemany(
                f"INSERT INTO raw_sheet VALUES ({marks})", map(_plain, rows)
            )
    clock.lap("copy")
    return clock.laps


def _plain(row: list[Any]) -> list[Any]:
    return [str(int(cell)) if isinstance(cell, float) else cell for cell in row]


if __name__ == "__main__":
    main()
