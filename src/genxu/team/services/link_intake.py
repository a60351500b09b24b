"""Links from a spreadsheet, one row a household: its number, its steward's, when it said yes.

A household that is linked to somebody else is not taken away from him by a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.bulk import insert_rows
from genxu.core.days import wrong_day
from genxu.core.names import clean_name
from genxu.core.promises import StrOrPromise
from genxu.core.sheets.intake import twice
from genxu.core.sheets.outcomes import NEW, SAME, Fate, Outcome, wrong
from genxu.people.register import Register
from genxu.people.rows import clean_phone
from genxu.regions.batches import HamletIntake

from . import rules
from .models import Link
from .posting_actions import serving_at


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A household by its number, its steward by his, who heard its yes and when."""

    hamlet: str
    household_number: int
    phone: str
    heard_by: str
    heard_on: date

    def cleaned(self) -> "LinkRow":
        return replace(self, phone=clean_phone(self.phone), heard_by=clean_name(self.heard_by))

    def problems(self) -> Mapping[str, StrOrPromise]:
        found: dict[str, StrOrPromise] = {}
        if not self.heard_by:
            found["heard_by"] = _("Who heard the household's yes?")
        return found | wrong_day("heard_on", self.heard_on)


class LinkIntake(HamletIntake[LinkRow]):
    """New links; what stands already stays."""

    def read(self) -> None:
        self.stewards = serving_at(self.hamlets)
        self.register = Register(self.hamlets)
        rows = Link.objects.now().filter(hamlet__in=self.hamlets)
        self.taken = dict(rows.values_list("household", "posting"))
        self.seen: dict[int, LinkRow] = {}

    def judge(self, row: LinkRow) -> Outcome:
        household = self.register.by_number.get((row.hamlet, row.household_number))
        if household is None or not household.lives_here:
            text = _("There is no household No. %s in this hamlet.")
            return wrong({"household_number": text % row.household_number})
        posting = self.stewards.get((row.hamlet, row.phone))
        if posting is None:
            return wrong({"phone": _("No steward with this number serves in this hamlet.")})
        if row.heard_on < posting.since:
            return wrong({"heard_on": _("He was not posted here yet.")})
        if earlier := self.seen.get(household.pk):
            return twice("household_number", alike=earlier == row)
        self.seen[household.pk] = row
        standing = self.taken.get(household.pk, posting.pk)
        if standing != posting.pk:
            return wrong({"household_number": _("This household has another steward.")})
        return SAME if household.pk in self.taken else NEW

    def write(self, actor: Actor) -> None:
        pairs = zip(self.rows, self.outcomes, strict=True)
        new = [row for row, one in pairs if one.fate is Fate.NEW]
        insert_rows(
            Link, ("hamlet", "posting", "household", "heard_by", "since"),
            (
                (row.hamlet, self.stewards[row.hamlet, row.phone].pk,
                 self.register.by_number[row.hamlet, row.household_number].pk, row.heard_by,
                 row.heard_on)
                for row in new
            ),
        )  # fmt: skip


record_links = LinkIntake.action(rules.record_links)
