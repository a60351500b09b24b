"""Taking in the organisations that stand already in the township's books."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Outcome, wrong
from genxu.people.history import begin_many
from genxu.regions.batches import HamletIntake
from genxu.regions.models import Region

from . import rules
from .books import JOINT, Book, Books, near, township_of
from .models import Organisation, OrganisationStep, ServedHamlet
from .rows import OrganisationRow, usual_name
from .thresholds import term_of
from .workflow import REGISTERED, State


class OrganisationIntake(HamletIntake[OrganisationRow]):
    """Organisations that are new here, and name and term of those that stand."""

    def parents(self) -> Iterable[QuerySet[Any]]:
        """The townships, so that a joint branch is new in one batch only; then what a step of an
        organisation holds."""
        townships = {township_of(row.hamlet) for row in self.sound if row.kind == JOINT}
        yield Region.objects.filter(code__in=townships)
        yield Organisation.objects.filter(pk__in=near(self.hamlets).values("organisation"))

    def touched(self) -> Sequence[Iterable[int | None]]:
        served = {book.pk for _hamlet, book in self.books.served} - {None}
        return (), served | self.books.changed.keys()

    def read(self) -> None:
        self.books = Books(self.hamlets)

    def judge(self, row: OrganisationRow) -> Outcome:
        known = self.books.by_hamlet.get(row.hamlet)
        book = known or self.books.find_joint(row)
        if book is None:
            return self._new(row)
        if book.state != State.FOUNDED:
            message = _(
                "“%(name)s” is being prepared here (%(state)s). Found or withdraw it first."
            )
            told = message % {"name": book.name, "state": State(book.state).label}
            return wrong({"hamlet": told})
        return self._against(row, book) if known else self._serve(row.hamlet, book)

    def _new(self, row: OrganisationRow) -> Outcome:
        if row.founded_on is None:
            return wrong({"founded_on": _("The day of its founding is missing.")})
        name = row.name or usual_name(row.kind, self.hamlets[row.hamlet].short_name)
        ends = row.term_ends_on or term_of(row.kind, row.founded_on)
        book = Book(None, row.hamlet, row.kind, name, State.FOUNDED, row.founded_on, ends)
        return self._serve(row.hamlet, book)

    def _serve(self, hamlet: str, book: Book) -> Outcome:
        self.books.serve(hamlet, book)
        return NEW

    def _against(self, row: OrganisationRow, known: Book) -> Outcome:
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
        if self.place is not None and not known.seat.startswith(self.place.code):
            # What hangs on the seat must learn of it: the journal tells of this place alone.
            text = _("Its organisation has its seat outside %s: whoever keeps the seat does this.")
            return wrong({"hamlet": text % self.place})
        if values[1] and values[2] and values[2] <= values[1]:
            return wrong({"term_ends_on": _("A term ends after the founding.")})
        known.name, known.founded_on, known.term_ends_on = values
        known.changed = True
        return CHANGED

    def write(self, actor: Actor) -> None:
        self._found(actor)
        update_rows(
            Organisation,
            ("name", "founded_on", "term_ends_on", "version"),
            ((b.name, b.founded_on, b.term_ends_on, b.version + 1, pk)
             for pk, b in self.books.changed.items()),
        )  # fmt: skip

    def _found(self, actor: Actor) -> None:
        """The new ones with their hamlets and first step, and new hamlets of joint branches."""
        new = self.books.new
        today, founded = clock.today(), State.FOUNDED.value
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
            ((book.pk, hamlet, book.founded_on) for hamlet, book in self.books.served),
        )
        begun = ((b.pk, seat) for seat, b in new.items() if b.pk)
        begin_many(OrganisationStep, begun, actor, REGISTERED, founded)


register_organisations = OrganisationIntake.action(rules.register_organisations)
