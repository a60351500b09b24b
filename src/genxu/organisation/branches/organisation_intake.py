"""Taking in the organisations that stand already in the township's books.

One row or thousands go through one action; what is planned for a row is what happens to it.
Identity: a hamlet has one organisation; a joint branch is known by its name within a township.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Outcome, refuse_wrong, wrong
from genxu.regions.batches import begin_batch
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from . import rules
from .models import Organisation, OrganisationStep, ServedHamlet
from .rows import OrganisationRow, usual_name
from .thresholds import term_of
from .workflow import ENDED, REGISTERED, State

JOINT = Organisation.Kind.JOINT_BRANCH
TOWNSHIP = LENGTHS[Level.TOWNSHIP]


@dataclass(slots=True)
class Book:
    """An organisation as the books have it, or will have it; ``pk`` is None while it is new."""

    pk: int | None
    seat: str
    kind: str
    name: str
    state: str
    founded_on: date | None
    term_ends_on: date | None
    version: int = 1
    changed: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """How a joint branch is found: its township and its name."""
        return self.seat[:TOWNSHIP], self.name


class _Planner:
    """The organisations around the hamlets that a batch names, and what becomes of its rows."""

    def __init__(self, rows: Sequence[OrganisationRow], place: Region | None) -> None:
        self.place = place
        self.hamlets = known_hamlets({row.hamlet for row in rows})
        self.by_hamlet: dict[str, Book] = {}
        self.joint: dict[tuple[str, str], Book] = {}
        self.new_served: list[tuple[str, Book]] = []
        self._read({code[:TOWNSHIP] for code in self.hamlets})

    def _read(self, townships: set[str]) -> None:
        """Of a joint branch the seat may lie in a hamlet that no row names."""
        held = ServedHamlet.objects.filter(until=None).exclude(organisation__state__in=ENDED)
        near = held.filter(hamlet__in=self.hamlets) | held.filter(
            organisation__kind=JOINT, organisation__hamlet__parent__parent__in=townships
        )
        books: dict[int, Book] = {}
        fields = ("pk", "hamlet_id", "kind", "name", "state", "founded_on", "term_ends_on",
                  "version")  # fmt: skip
        for hamlet, *values in near.values_list("hamlet", *(f"organisation__{f}" for f in fields)):
            book = books.setdefault(values[0], Book(*values))
            self.by_hamlet[hamlet] = book
            if book.kind == JOINT:
                self.joint[book.key] = book

    def plan(self, given: OrganisationRow) -> Outcome:
        row = given.cleaned()
        problems = row.problems() or wrong_place(row.hamlet, self.hamlets, self.place)
        if problems:
            return wrong(problems)
        known = self.by_hamlet.get(row.hamlet)
        if known is not None:
            return self._against(row, known)
        joint = self.joint.get((row.hamlet[:TOWNSHIP], row.name)) if row.kind == JOINT else None
        if joint is None:
            return self._new(row)
        return self._serve(row.hamlet, joint) if joint.state == State.FOUNDED else _unready(joint)

    def _new(self, row: OrganisationRow) -> Outcome:
        if row.founded_on is None:
            return wrong({"founded_on": _("The day of its founding is missing.")})
        book = Book(
            None, row.hamlet, row.kind, row.name or usual_name(row.kind, self.hamlets[row.hamlet]),
            State.FOUNDED, row.founded_on, row.term_ends_on or term_of(row.kind, row.founded_on),
        )  # fmt: skip
        if row.kind == JOINT:
            self.joint[book.key] = book
        return self._serve(row.hamlet, book)

    def _serve(self, hamlet: str, book: Book) -> Outcome:
        self.by_hamlet[hamlet] = book
        self.new_served.append((hamlet, book))
        return NEW

    def _against(self, row: OrganisationRow, known: Book) -> Outcome:
        if known.state != State.FOUNDED:
            return _unready(known)
        if row.kind != known.kind:
            message = _("Here stands “%(name)s” (%(kind)s). Dissolve it before another is founded.")
            kind = Organisation.Kind(known.kind).label
            return wrong({"kind": message % {"name": known.name, "kind": kind}})
        values = (row.name or known.name, row.founded_on or known.founded_on,
                  row.term_ends_on or known.term_ends_on)  # fmt: skip
        if values == (known.name, known.founded_on, known.term_ends_on):
            return SAME
        if known.pk is None:
            return wrong({"hamlet": _("Another row says something else of this organisation.")})
        if values[1] and values[2] and values[2] <= values[1]:
            return wrong({"term_ends_on": _("A term ends after the founding.")})
        known.name, known.founded_on, known.term_ends_on = values
        known.changed = True
        return CHANGED


def _unready(book: Book) -> Outcome:
    message = _("“%(name)s” is being prepared here (%(state)s). Found or withdraw it first.")
    return wrong({"hamlet": message % {"name": book.name, "state": State(book.state).label}})


def known_hamlets(codes: Iterable[str]) -> dict[str, str]:
    """Code → name as people say it, of those codes that are hamlets."""
    rows = Region.objects.of_level(Level.HAMLET).filter(code__in=codes)
    return {one.code: one.short_name for one in rows}


def wrong_place(hamlet: str, known: Iterable[str], place: Region | None) -> dict[str, str]:
    if hamlet not in known:
        return {"hamlet": _("There is no hamlet with the code %s.") % hamlet}
    if place is not None and not hamlet.startswith(place.code):
        return {"hamlet": _("This hamlet does not lie in %s.") % place}
    return {}


def plan_organisations(
    rows: Sequence[OrganisationRow], place: Region | None = None
) -> list[Outcome]:
    """What would become of each row if all were taken in now: two queries for any number."""
    planner = _Planner(rows, place)
    return [planner.plan(row) for row in rows]


@action(rules.register_organisations, notes=("count", "hamlets", "source"))
def register_organisations(
    *,
    actor: Actor,
    place: Region,
    rows: Sequence[OrganisationRow],
    count: int,
    hamlets: list[str],
    source: str = "",
) -> Region:
    """Take in organisations that stand already, all or none; ``Invalid`` names what is wrong.

    Their members are not in this file: the rules of founding are shown as warnings on their pages.
    """
    begin_batch(rows, count, hamlets)
    planner = _Planner(rows, place)
    refuse_wrong([planner.plan(row) for row in rows])
    _insert(actor, planner.new_served)
    changed = {book.pk: book for book in planner.by_hamlet.values() if book.changed}
    update_rows(
        Organisation,
        ("name", "founded_on", "term_ends_on", "version"),
        ((b.name, b.founded_on, b.term_ends_on, b.version + 1, pk) for pk, b in changed.items()),
    )
    return place


def _insert(actor: Actor, served: Sequence[tuple[str, Book]]) -> None:
    """The new ones with their hamlets and their first step, and new hamlets of joint branches."""
    new = {book.seat: book for _hamlet, book in served if book.pk is None}
    today = clock.today()
    insert_rows(
        Organisation,
        ("hamlet", "kind", "name", "state", "drafted_on", "founded_on", "term_ends_on"),
        (
            (seat, b.kind, b.name, State.FOUNDED.value, today, b.founded_on, b.term_ends_on)
            for seat, b in new.items()
        ),
    )
    rows = Organisation.objects.filter(hamlet__in=new, state=State.FOUNDED)
    for seat, pk in rows.values_list("hamlet_id", "pk"):
        new[seat].pk = pk
    insert_rows(
        ServedHamlet,
        ("organisation", "hamlet", "since"),
        ((book.pk, hamlet, book.founded_on) for hamlet, book in served),
    )
    now = clock.now()
    insert_rows(
        OrganisationStep,
        ("organisation", "hamlet", "step", "to_state", "at", "on", "by"),
        (
            (b.pk, seat, REGISTERED, State.FOUNDED.value, now, timezone.localdate(now),
             actor.account_id)
            for seat, b in new.items()
        ),
    )  # fmt: skip
