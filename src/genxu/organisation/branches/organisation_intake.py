"""Taking in the organisations that stand already in the township's books.

Identity: a hamlet has one organisation; a joint branch is known by its name within a township.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Outcome, wrong
from genxu.regions.batches import HamletIntake
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
class _Book:
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


class OrganisationIntake(HamletIntake[OrganisationRow]):
    def _near(self) -> QuerySet[ServedHamlet]:
        """Those that serve the hamlets, and the joint branches of their townships: of these the
        seat may lie in a hamlet that no row names."""
        held = ServedHamlet.objects.filter(until=None).exclude(organisation__state__in=ENDED)
        townships = {code[:TOWNSHIP] for code in self.hamlets}
        return held.filter(hamlet__in=self.hamlets) | held.filter(
            organisation__kind=JOINT, organisation__hamlet__parent__parent__in=townships
        )

    def parents(self) -> Iterable[QuerySet[Any]]:
        """The townships, so that a joint branch is new in one batch only; then what a step of an
        organisation holds."""
        townships = {row.hamlet[:TOWNSHIP] for row in self.sound if row.kind == JOINT}
        yield Region.objects.filter(code__in=townships)
        yield Organisation.objects.filter(pk__in=self._near().values("organisation"))

    def touched(self) -> Sequence[Iterable[int | None]]:
        served = {book.pk for _hamlet, book in self.new_served} - {None}
        return (), served | self._changed().keys()

    def _changed(self) -> dict[int | None, _Book]:
        return {book.pk: book for book in self.by_hamlet.values() if book.changed}

    def read(self) -> None:
        self.by_hamlet: dict[str, _Book] = {}
        self.joint: dict[tuple[str, str], _Book] = {}
        self.new_served: list[tuple[str, _Book]] = []
        books: dict[int, _Book] = {}
        fields = ("pk", "hamlet_id", "kind", "name", "state", "founded_on", "term_ends_on",
                  "version")  # fmt: skip
        near = self._near().values_list("hamlet", *(f"organisation__{f}" for f in fields))
        for hamlet, *values in near:
            book = books.setdefault(values[0], _Book(*values))
            self.by_hamlet[hamlet] = book
            if book.kind == JOINT:
                self.joint[book.seat[:TOWNSHIP], book.name] = book

    def judge(self, row: OrganisationRow) -> Outcome:
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
        name = row.name or usual_name(row.kind, self.hamlets[row.hamlet].short_name)
        ends = row.term_ends_on or term_of(row.kind, row.founded_on)
        book = _Book(None, row.hamlet, row.kind, name, State.FOUNDED, row.founded_on, ends)
        if row.kind == JOINT:
            self.joint[row.hamlet[:TOWNSHIP], name] = book
        return self._serve(row.hamlet, book)

    def _serve(self, hamlet: str, book: _Book) -> Outcome:
        self.by_hamlet[hamlet] = book
        self.new_served.append((hamlet, book))
        return NEW

    def _against(self, row: OrganisationRow, known: _Book) -> Outcome:
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
        if known.pk is None or known.changed:
            return twice("hamlet", alike=False)
        if values[1] and values[2] and values[2] <= values[1]:
            return wrong({"term_ends_on": _("A term ends after the founding.")})
        known.name, known.founded_on, known.term_ends_on = values
        known.changed = True
        return CHANGED

    def write(self, actor: Actor) -> None:
        """The new ones with their hamlets and their first step, and new hamlets of joint branches;
        name and term of those that were known."""
        new = {book.seat: book for _hamlet, book in self.new_served if book.pk is None}
        now, today, founded = clock.now(), clock.today(), State.FOUNDED.value
        insert_rows(
            Organisation,
            ("hamlet", "kind", "name", "state", "drafted_on", "founded_on", "term_ends_on"),
            ((seat, b.kind, b.name, founded, today, b.founded_on, b.term_ends_on)
             for seat, b in new.items()),
        )  # fmt: skip
        rows = Organisation.objects.filter(hamlet__in=new, state=founded)
        for seat, pk in rows.values_list("hamlet_id", "pk"):
            new[seat].pk = pk
        insert_rows(
            ServedHamlet,
            ("organisation", "hamlet", "since"),
            ((book.pk, hamlet, book.founded_on) for hamlet, book in self.new_served),
        )
        insert_rows(
            OrganisationStep,
            ("organisation", "hamlet", "step", "to_state", "at", "on", "by"),
            ((b.pk, seat, REGISTERED, founded, now, timezone.localdate(now), actor.account_id)
             for seat, b in new.items()),
        )  # fmt: skip
        update_rows(
            Organisation,
            ("name", "founded_on", "term_ends_on", "version"),
            ((b.name, b.founded_on, b.term_ends_on, b.version + 1, pk)
             for pk, b in self._changed().items()),
        )  # fmt: skip


def _unready(book: _Book) -> Outcome:
    message = _("“%(name)s” is being prepared here (%(state)s). Found or withdraw it first.")
    return wrong({"hamlet": message % {"name": book.name, "state": State(book.state).label}})


plan_organisations = OrganisationIntake.plan


@action(rules.register_organisations, notes=("count", "hamlets", "source"))
def register_organisations(
    *, actor: Actor, place: Region, rows: Sequence[OrganisationRow], count: int,
    hamlets: list[str], source: str = "",
) -> Region:  # fmt: skip
    """Take in organisations that stand already, all or none.

    Their members are not in this file: the rules of founding are shown as warnings on their pages.
    """
    OrganisationIntake(rows, place).take_in(actor, count, hamlets)
    return place
