"""Entering people on rotas, one row a person on the rota of its kind that stands in her hamlet."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.bulk import insert_rows, update_rows
from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Fate, Outcome, wrong
from genxu.organisation.branches.models import Member
from genxu.regions.batches import HamletIntake

from . import rules
from .models import OnRota, Rota
from .plans import Asked
from .workflow import STANDING

GIVEN = ("since", "until", "exempt", "new_hand")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of a hamlet: which rota, who, when she can come. ``rota`` is a kind or a name."""

    hamlet: str
    name: str
    rota: str = Rota.Kind.CLEANUP
    phone: str = ""
    since: date | None = None
    until: date | None = None
    exempt: bool = False
    new_hand: bool = False

    def cleaned(self) -> "PersonRow":
        return replace(self, name=clean_name(self.name), rota=self.rota.strip())

    def problems(self) -> Mapping[str, StrOrPromise]:
        """Field → what is wrong with it; of a cleaned row."""
        found: dict[str, Any] = Asked(since=self.since, until=self.until).problems()
        if not self.name:
            found["name"] = _("Please say who it is.")
        return found

    @property
    def given(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in GIVEN)


class PersonIntake(HamletIntake[PersonRow]):
    """People on the rotas that stand; known ones changed. A member is known by her name, and by
    her phone where two have one name."""

    def parents(self) -> Iterable[QuerySet[Rota]]:
        """Whoever changes somebody on a rota holds the rota."""
        return [Rota.objects.filter(hamlet__in=self.hamlets, state__in=STANDING)]

    def read(self) -> None:
        self.rotas: dict[tuple[str, str], Rota] = {}
        standing = Rota.objects.filter(hamlet__in=self.hamlets, state__in=STANDING)
        for rota in standing.order_by("-ends_on"):
            self.rotas[rota.hamlet_id, rota.name or rota.kind] = rota
        self.members: dict[tuple[str, str], list[Member]] = {}
        for one in Member.objects.present().filter(hamlet__in=self.hamlets).order_by("pk"):
            self.members.setdefault((one.hamlet_id, one.name), []).append(one)
        self.known: dict[tuple[int, str, str], OnRota] = {}
        people = OnRota.objects.present().filter(rota__in=standing.order_by())
        for person in people.select_related("member"):
            self.known[person.rota_id, person.called, person.number] = person
        self.planned: dict[tuple[int, str, str], PersonRow] = {}

    def judge(self, row: PersonRow) -> Outcome:
        rota = self.rotas.get((row.hamlet, row.rota))
        if rota is None:
            return wrong({"rota": _("No such rota stands in this hamlet. Prepare it first.")})
        key = (rota.pk, row.name, self._phone(row))
        if earlier := self.planned.get(key):
            return twice("name", alike=earlier == row)
        self.planned[key] = row
        known = self.known.get(key)
        if known is None:
            return NEW
        return SAME if tuple(getattr(known, n) for n in GIVEN) == row.given else CHANGED

    def write(self, actor: Actor) -> None:
        changes = dict(zip(self.rows, self.outcomes, strict=True))
        at = {row: key for key, row in self.planned.items()}
        rows = [row for row, one in changes.items() if one.fate in (Fate.NEW, Fate.CHANGED)]
        known = [(row, one) for row in rows if (one := self.known.get(at[row]))]
        update_rows(OnRota, GIVEN, ((*row.given, one.pk) for row, one in known))
        new = [row for row in rows if at[row] not in self.known]
        insert_rows(
            OnRota,
            ("rota", "hamlet", "member", "name", "phone", "away", *GIVEN),
            ((at[row][0], row.hamlet, *self._who(row), json.dumps([]), *row.given) for row in new),
        )
        touched = {at[row][0] for row in rows}
        Rota.objects.filter(pk__in=touched).update(version=F("version") + 1)

    def _member(self, row: PersonRow) -> Member | None:
        found = self.members.get((row.hamlet, row.name), [])
        if len(found) > 1:
            found = [one for one in found if one.phone == row.phone]
        return found[0] if found else None

    def _phone(self, row: PersonRow) -> str:
        member = self._member(row)
        return member.phone if member else row.phone

    def _who(self, row: PersonRow) -> tuple[int | None, str, str]:
        member = self._member(row)
        return (member.pk, "", "") if member else (None, row.name, row.phone)


record_duty_people = PersonIntake.action(rules.record_duty_people)
