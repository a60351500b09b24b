"""Stewards from a spreadsheet, one row each: unit, hamlet, name, number.

A row is a known steward if hamlet and number match; then the unit and the first day may change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_new
from genxu.core.days import wrong_day
from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import CHANGED, NEW, SAME, Fate, Outcome, wrong
from genxu.people.granting import give_roles
from genxu.people.numbers import KnownNumbers, Word, accounts_for
from genxu.people.roles import Role
from genxu.people.rows import clean_phone
from genxu.regions.batches import HamletIntake

from . import rules
from .models import Posting
from .posting_actions import serving_at, unit_named, wrong_person


@dataclass(frozen=True, slots=True)
class PostingRow:
    """Whom a unit sends to a hamlet, since when (empty: today)."""

    hamlet: str
    name: str
    phone: str
    institution: str
    since: date | None = None

    def cleaned(self) -> "PostingRow":
        return replace(self, name=clean_name(self.name), phone=clean_phone(self.phone),
                       institution=self.institution.strip())  # fmt: skip

    def problems(self) -> Mapping[str, StrOrPromise]:
        found = wrong_person(self.name, self.phone)
        if not self.institution:
            found["institution"] = _("This is still missing.")
        return found | wrong_day("since", self.since)


class PostingIntake(HamletIntake[PostingRow]):
    """New stewards with their accounts, known ones with another unit."""

    def read(self) -> None:
        self.known = serving_at(self.hamlets)
        self.units = {
            one.pk: one.institution.name
            for one in Posting.objects.serving().filter(hamlet__in=self.hamlets).select_related(
                "institution")
        }  # fmt: skip
        self.numbers = KnownNumbers(row.phone for row in self.sound)
        self.seen: dict[tuple[str, str], PostingRow] = {}

    def judge(self, row: PostingRow) -> Outcome:
        if earlier := self.seen.get((row.hamlet, row.phone)):
            return twice("phone", alike=earlier == row)
        self.seen[row.hamlet, row.phone] = row
        if why := self.numbers.why_not(row.phone, row.name):
            return wrong({"phone": why})
        known = self.known.get((row.hamlet, row.phone))
        if known is None:
            return NEW
        same = self.units[known.pk] == row.institution and row.since in (None, known.since)
        return SAME if same else CHANGED

    def write(self, actor: Actor) -> None:
        pairs = zip(self.rows, self.outcomes, strict=True)
        rows = [(row, one.fate) for row, one in pairs if one.fate in (Fate.NEW, Fate.CHANGED)]
        new = [row for row, fate in rows if fate is Fate.NEW]
        accounts = accounts_for(((row.phone, row.name) for row in new), Word(actor))
        insert_new([
            Posting(
                hamlet_id=row.hamlet, institution=unit_named(row.hamlet, row.institution),
                name=row.name, account=accounts[row.phone], since=row.since or clock.today(),
            )
            for row in new
        ])  # fmt: skip
        give_roles((accounts[row.phone], Role.STEWARD, row.hamlet) for row in new)
        for row, fate in rows:
            if fate is Fate.CHANGED:
                one = self.known[row.hamlet, row.phone]
                one.institution = unit_named(row.hamlet, row.institution)
                one.since, one.version = row.since or one.since, one.version + 1
                one.save()


record_postings = PostingIntake.action(rules.record_postings)
