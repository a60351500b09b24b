"""Printing the papers of a distribution, two processes at a time."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.money import yuan
from genxu.core.typesetting import Output, run_apart
from genxu.jobs.kinds import job
from genxu.jobs.running import Run

from . import documents, paper_actions, rules
from .documents import Row, What
from .models import Distribution
from .paper_actions import SLIPS_AT_ONCE

AT_ONCE = 2
"""Processes that set at the same time."""


@dataclass(frozen=True)
class File:
    """One file to be made: of these rows."""

    what: What
    name: str
    rows: list[Row]


def files_of(what: list[str], one: Distribution, rows: list[Row]) -> list[File]:
    """The sheet is one file, slips are one for each thousand."""
    found = []
    if What.SHEET in what:
        found.append(File(What.SHEET, f"{one.year} {What.SHEET.on_file}.pdf", rows))
    if What.SLIPS in what:
        for start in range(0, len(rows), SLIPS_AT_ONCE):
            some = rows[start : start + SLIPS_AT_ONCE]
            name = f"{one.year} {What.SLIPS.on_file} {some[0].n}-{some[-1].n}.pdf"
            found.append(File(What.SLIPS, name, some))
    return found


@job(paper_actions.KIND, _("Papers of a distribution"), rules.print_distribution,
     shown="distributions/_printed.html")  # fmt: skip
def print_distribution(run: Run) -> None:
    """File by file; taken up again behind those that are made."""
    rows = Distribution.objects.select_related("place__parent", "collective", "motion__assembly")
    one = rows.get(pk=run.given["distribution"])
    listed, by_hand = documents.printable(paper_actions.rows_of(one))
    files = files_of(run.given["what"], one, listed)
    run.job.result = {"by_hand": [f"{row.n} {row.name}" for row in by_hand], "files": len(files)}
    made = set(run.checkpoint.get("made", []))
    with TemporaryDirectory(prefix="genxu-distribution-") as folder:
        _set(run, one, [file for file in files if file.name not in made], Path(folder))


def _set(run: Run, one: Distribution, files: list[File], folder: Path) -> None:
    """Two at a time; each is kept as soon as it is ready."""
    head = paper_actions.head_of(one)
    address = paper_actions.public_address(run.given["site"], one)
    outputs: dict[Any, tuple[File, Output]] = {}
    done = sum(len(file.rows) for file in files)
    done = (run.job.total or done) - done
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for file in files:
            path = folder / file.name
            output = documents.pile(file.what, head, file.rows, address, yuan(one.shared), path)
            outputs[pool.submit(run_apart, [output])] = file, output
        for ready in as_completed(outputs):
            ready.result()
            file, output = outputs[ready]
            run.add_file(file.name, output.path, "pdf")
            output.path.unlink()
            done += len(file.rows)
            run.checkpoint["made"] = [*run.checkpoint.get("made", []), file.name]
            run.progress(done, keep=True)
