"""Entering places, one row each. A row is a known one if hamlet and name match; then rooms and
elements that it names are added, none is taken away."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Fate, Outcome
from genxu.people.history import begin_many
from genxu.regions.batches import HamletIntake

from . import rules
from .models import Element, Room, Venue, VenueStep
from .rows import VenueRow
from .workflow import OPEN_VENUE, State

GIVEN = ("source", "since", "owner", "agreed_until")
Key = tuple[str, str]


class VenueIntake(HamletIntake[VenueRow]):
    """New places, and those of which more is known now."""

    def parents(self) -> Iterable[QuerySet[Venue]]:
        return [Venue.objects.exclude(state=State.MISTAKE).filter(hamlet__in=self.hamlets)]

    def touched(self) -> Sequence[Iterable[int]]:
        return [{one.pk for one, _row in self._changed()}]

    def read(self) -> None:
        rows = Venue.objects.exclude(state=State.MISTAKE).filter(hamlet__in=self.hamlets)
        self.known: dict[Key, Venue] = {(one.hamlet_id, one.name): one for one in rows}
        self.rooms: dict[int, set[str]] = {}
        self.there: dict[int, set[str]] = {}
        for room in Room.objects.usable().filter(hamlet__in=self.hamlets):
            self.rooms.setdefault(room.venue_id, set()).add(room.name)
        ticked = Element.objects.filter(hamlet__in=self.hamlets, seen_on__isnull=False)
        for one in ticked:
            self.there.setdefault(one.venue_id, set()).add(one.kind)
        self.seen: dict[Key, VenueRow] = {}

    def judge(self, row: VenueRow) -> Outcome:
        key = (row.hamlet, row.name)
        if earlier := self.seen.get(key):
            return twice("name", alike=earlier == row)
        self.seen[key] = row
        one = self.known.get(key)
        if one is None:
            return NEW
        row = self._kept(one, row)
        more = self._new_rooms(one, row) or self._new_elements(one, row)
        same = all(getattr(row, name) == getattr(one, name) for name in GIVEN)
        return SAME if same and not more else CHANGED

    def _kept(self, one: Venue, row: VenueRow) -> VenueRow:
        return replace(row, owner=row.owner or one.owner,
                       agreed_until=row.agreed_until or one.agreed_until)  # fmt: skip

    def _new_rooms(self, one: Venue, row: VenueRow) -> list[str]:
        known = self.rooms.get(one.pk, set())
        return [name for name in row.rooms if name not in known]

    def _new_elements(self, one: Venue, row: VenueRow) -> list[str]:
        known = self.there.get(one.pk, set())
        return [kind for kind in row.elements if kind not in known]

    def _changed(self) -> Iterator[tuple[Venue, VenueRow]]:
        for row, outcome in zip(self.rows, self.outcomes, strict=True):
            if outcome.fate is Fate.CHANGED:
                one = self.known[row.hamlet, row.name]
                yield one, self._kept(one, row)

    def write(self, actor: Actor) -> None:
        pairs = zip(self.rows, self.outcomes, strict=True)
        new = [row for row, outcome in pairs if outcome.fate is Fate.NEW]
        insert_rows(Venue, ("hamlet", "name", *GIVEN), map(_venue, new))
        changed = list(self._changed())
        update_rows(
            Venue, (*GIVEN, "version"),
            ((*(getattr(row, name) for name in GIVEN), one.version + 1, one.pk)
             for one, row in changed),
        )  # fmt: skip
        made = Venue.objects.filter(hamlet__in={row.hamlet for row in new}, steps=None)
        keys = {(one.hamlet_id, one.name): one for one in made.exclude(state=State.MISTAKE)}
        whole = [(keys[row.hamlet, row.name], row) for row in new]
        begin_many(
            VenueStep, [(one.pk, one.hamlet_id) for one, _row in whole], actor, OPEN_VENUE,
            State.OPEN,
        )  # fmt: skip
        self._add([*changed, *((one, _with_hall(row)) for one, row in whole)], actor)

    def _add(self, rows: Sequence[tuple[Venue, VenueRow]], actor: Actor) -> None:
        insert_rows(
            Room, ("hamlet", "venue", "name"),
            ((one.hamlet_id, one.pk, name) for one, row in rows
             for name in self._new_rooms(one, row)),
        )  # fmt: skip
        ticked = [(one, kind) for one, row in rows for kind in self._new_elements(one, row)]
        missing = Element.objects.filter(venue__in={one.pk for one, _kind in ticked}, seen_on=None)
        known = {(one.pk, kind) for one, kind in ticked}
        gone = [row.pk for row in missing if (row.venue_id, row.kind) in known]
        Element.objects.filter(pk__in=gone).delete()
        insert_rows(
            Element, ("hamlet", "venue", "kind", "seen_on", "by"),
            ((one.hamlet_id, one.pk, kind, clock.today(), actor.name) for one, kind in ticked),
        )  # fmt: skip


def _venue(row: VenueRow) -> tuple[Any, ...]:
    return (row.hamlet, row.name, *(getattr(row, name) for name in GIVEN))


def _with_hall(row: VenueRow) -> VenueRow:
    """Without any room it is one hall."""
    return row if row.rooms else replace(row, rooms=(_("Hall"),))


record_venues = VenueIntake.action(rules.record_venues)
