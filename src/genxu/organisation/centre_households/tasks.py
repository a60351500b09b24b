"""Printing the papers of a whole place in the background, two processes at a time."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext_lazy, ngettext

from genxu.core.errors import Conflict
from genxu.core.qr import Addresses
from genxu.core.typesetting import Output, run_apart
from genxu.jobs.kinds import job
from genxu.jobs.running import Run
from genxu.regions.models import Region

from . import coverage_queries, documents, paper_actions, proposing, rules
from .coverage_actions import PROPOSAL
from .paper_actions import Order, Part

AT_ONCE = 2
"""Processes that set at the same time, each some 280 MB large at its largest."""
LABEL = gettext_lazy("Certificates and door plates")


@job(paper_actions.KIND, LABEL, rules.print_papers, shown="centre_households/_printed.html")
def print_papers(run: Run) -> None:
    """All who serve at the place when the job begins, file by file; resumed at the batch."""
    order = Order.of(run.given)
    if "parts" not in run.checkpoint:
        _make_plan(run, order)
    parts = [Part.from_json(row) for row in run.checkpoint["parts"]]
    with TemporaryDirectory(prefix="genxu-print-") as folder:
        _Press(run, order, parts, Path(folder)).work()


def _make_plan(run: Run, order: Order) -> None:
    """Look at every name before the first page; ``Conflict`` if one cannot be printed, unless all
    others were asked for."""
    printable = paper_actions.printable(run.actor, run.job.place)
    rows = list(printable.values_list("pk", "hamlet_id", "person_name"))
    lacking = _look_at_names(run, rows)
    if lacking and not order.others:
        raise Conflict(
            ngettext(
                "%(n)s name has a character that no font here can print. Nothing was printed.",
                "%(n)s names have a character that no font here can print. Nothing was printed.",
                len(lacking),
            )
            % {"n": len(lacking)}
        )
    parts = paper_actions.plan([row[:2] for row in rows if row[0] not in lacking], order.what)
    run.checkpoint = {"parts": [part.to_json() for part in parts], "made": 0, "gone": 0}
    run.progress(0, sum(len(part.keys) for part in parts), keep=True)


def _look_at_names(run: Run, rows: Sequence[tuple[int, str, str]]) -> set[int]:
    """The keys of those who cannot be printed; the job remembers who and which characters."""
    lacking: set[int] = set()
    told: paper_actions.Lacking = []
    for start in range(0, len(rows), paper_actions.PAGES_AT_ONCE):
        some = paper_actions.suspects(rows[start : start + paper_actions.PAGES_AT_ONCE])
        unprintable, more = paper_actions.find_lacking(paper_actions.read_papers(some))
        lacking |= unprintable
        told += more
        run.progress(0)
    run.job.result = {"lacking": told}
    return lacking


@dataclass
class _Batch:
    """Files that are being set in a process of their own."""

    parts: list[Part]
    outputs: list[Output]
    gone: int
    done: "Future[None]"


class _Press:
    """Sets the parts that are not made yet, and keeps each batch as soon as it is ready."""

    def __init__(self, run: Run, order: Order, parts: list[Part], folder: Path) -> None:
        self.run = run
        self.order = order
        self.parts = parts
        self.folder = folder
        self.addresses: Addresses = documents.card_addresses(order.site)
        codes = {part.township for part in parts}
        regions = Region.objects.filter(code__in=codes)
        self.townships = {region.code: region.short_name for region in regions}

    def work(self) -> None:
        """While two batches are being set, the next one is read."""
        made: int = self.run.checkpoint["made"]
        self.pages = sum(len(part.keys) for part in self.parts[:made])
        waiting: deque[_Batch] = deque()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for batch in self._batches(made, pool):
                waiting.append(batch)
                if len(waiting) > AT_ONCE:
                    self._keep(waiting.popleft())
            while waiting:
                self._keep(waiting.popleft())
        gone: int = self.run.checkpoint["gone"]
        self.run.job.result |= {"printed": self.pages - gone, "gone": gone}

    def _batches(self, made: int, pool: ThreadPoolExecutor) -> Iterator[_Batch]:
        for parts in paper_actions.batches(self.parts[made:]):
            papers = [list(paper_actions.read_papers(part.keys).values()) for part in parts]
            gone = sum(len(p.keys) - len(some) for p, some in zip(parts, papers, strict=True))
            outputs = [self._output(*one) for one in zip(parts, papers, strict=True) if one[1]]
            yield _Batch(parts, outputs, gone, pool.submit(run_apart, outputs))

    def _output(self, part: Part, papers: list[documents.Paper]) -> Output:
        ending = "zip" if self.order.zipped else "pdf"
        name = part.file_name(self.townships[part.township], ending)
        return documents.pile(part.what, papers, self.addresses, self.folder / name)

    def _keep(self, batch: _Batch) -> None:
        """Wait for a batch, keep its files, and write down that it need not be made again."""
        while not batch.done.done():
            wait([batch.done], timeout=1)
            self.run.progress(self.pages)
        batch.done.result()
        for output in batch.outputs:
            self.run.add_file(output.path.name, output.path, output.path.suffix[1:])
            output.path.unlink()
        self.pages += sum(len(part.keys) for part in batch.parts)
        self.run.checkpoint["made"] += len(batch.parts)
        self.run.checkpoint["gone"] += batch.gone
        self.run.progress(self.pages, keep=True)


@job(
    PROPOSAL,
    gettext_lazy("Who could look after whom"),
    rules.propose_coverage,
    shown="centre_households/_proposed.html",
    leads_to=coverage_queries.where_proposed,
)
def propose_coverage(run: Run) -> None:
    """Who could look after whom in every hamlet of the place where somebody is left over."""
    proposing.propose_for_hamlets(run)
