"""Entering volunteers, one row each. A row is a known one if name and phone, or name and household,
match; what a row leaves empty stays as it is."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.codes import CODE_FIELDS, code_values
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Fate, Outcome, wrong
from genxu.people.register import Register
from genxu.regions.batches import HamletIntake

from . import rules
from .models import Volunteer
from .rows import VolunteerRow

GIVEN = ("phone", "household", "minor", "guardian")


class VolunteerIntake(HamletIntake[VolunteerRow]):
    """New volunteers, and those of whom more is known now. Each single one is changed by its own
    pages under its own lock, so the version of what is changed is counted."""

    def read(self) -> None:
        self.known: dict[tuple[str, str], list[Volunteer]] = {}
        for one in Volunteer.objects.present().filter(hamlet__in=self.hamlets).order_by("pk"):
            self.known.setdefault((one.hamlet_id, one.name), []).append(one)
        asked = any(row.household_number for row in self.rows)
        self.register = Register(self.hamlets if asked else ())
        self.seen: dict[tuple[str, str, str, int | None], VolunteerRow] = {}

    def parents(self) -> Any:
        return [Volunteer.objects.present().filter(hamlet__in=self.hamlets)]

    def touched(self) -> Any:
        return [{one.pk for one, _row in self._changed()}]

    def judge(self, row: VolunteerRow) -> Outcome:
        if row.household_number and self._household(row) is None:
            text = _("There is no household No. %s in this hamlet.")
            return wrong({"household_number": text % row.household_number})
        key = (row.hamlet, row.name, row.phone, row.household_number)
        if earlier := self.seen.get(key):
            return twice("name", alike=earlier == row)
        namesakes = [one for one in self.seen if one[:2] == key[:2]]
        if any(not _apart(key[2:], one[2:]) for one in namesakes):
            return wrong({"name": self._unclear()})
        self.seen[key] = row
        found = self._known(row)
        if found is None:
            clear = all(_apart((row.phone, self._household(row)), (o.phone, o.household_id))
                        for o in self.known.get(key[:2], ()))  # fmt: skip
            return NEW if clear else wrong({"name": self._unclear()})
        return SAME if self._given(row, found) == _now(found) else CHANGED

    def write(self, actor: Actor) -> None:
        now, today = clock.now(), clock.today()
        insert_rows(
            Volunteer,
            ("hamlet", "name", "asked_at", "accepted_on", *GIVEN, *CODE_FIELDS),
            ((row.hamlet, row.name, now, today, *self._given(row), *code_values().values())
             for row in self._new()),
        )  # fmt: skip
        update_rows(
            Volunteer, (*GIVEN, "version"),
            ((*self._given(row, one), one.version + 1, one.pk) for one, row in self._changed()),
        )  # fmt: skip

    def _new(self) -> Iterator[VolunteerRow]:
        pairs = zip(self.rows, self.outcomes, strict=True)
        return (row for row, one in pairs if one.fate is Fate.NEW)

    def _changed(self) -> Iterator[tuple[Volunteer, VolunteerRow]]:
        for row, one in zip(self.rows, self.outcomes, strict=True):
            if one.fate is Fate.CHANGED and (found := self._known(row)):
                yield found, row

    def _known(self, row: VolunteerRow) -> Volunteer | None:
        """The one of this name with this phone or household, or the only one, of whom nothing
        else is said."""
        namesakes = self.known.get((row.hamlet, row.name), [])
        for one in namesakes:
            if row.phone and one.phone == row.phone:
                return one
        household = self._household(row)
        for one in namesakes:
            if household and one.household_id == household:
                return one
        bare = not row.phone and not household
        return namesakes[0] if bare and len(namesakes) == 1 else None

    def _given(self, row: VolunteerRow, one: Volunteer | None = None) -> tuple[Any, ...]:
        household = self._household(row) or (one.household_id if one else None)
        guardian = row.guardian or (one.guardian if one else "")
        return row.phone or (one.phone if one else ""), household, bool(guardian), guardian

    def _household(self, row: VolunteerRow) -> int | None:
        known = self.register.by_number.get((row.hamlet, row.household_number or 0))
        return known.pk if known and known.lives_here else None

    def _unclear(self) -> str:
        return _("There is one of this name already. If it is another, give phone or household.")


def _now(one: Volunteer) -> tuple[Any, ...]:
    return one.phone, one.household_id, one.minor, one.guardian


def _apart(one: tuple[str, int | None], other: tuple[str, int | None]) -> bool:
    return any(mine and his and mine != his for mine, his in zip(one, other, strict=True))


record_volunteers = VolunteerIntake.action(rules.record_volunteers)
