"""What a receipt tells: where each matter stands, who has it by office, by when, what is next, and
whose word counts."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from genxu.people.models import Grant
from genxu.people.roles import Role
from genxu.regions.codes import Level, level_of
from genxu.regions.models import Region

from .answering import PENDING, SECOND_THOUGHTS, current_among, may_answer
from .models import Matter, MatterStep, Suggestion, Verdict
from .verdict_actions import own_among
from .workflow import NEWS, NEXT, WORKING


@dataclass(frozen=True)
class Told:
    """A matter as its resident sees it: ``verdict`` is the answer that counts now, ``earlier`` what
    was said or noted before, ``until`` by when she may still take her own back."""

    matter: Matter
    steps: list[MatterStep]
    verdict: Verdict | None
    earlier: list[Verdict]
    asks: bool
    until: datetime | None
    office: str

    @property
    def noted(self) -> Verdict | None:
        """What was noted down for her and counts, or will."""
        return self.verdict if self.verdict and self.verdict.by_voice else None

    @property
    def stands_on(self) -> datetime | None:
        """When what was noted down stands, if she says nothing."""
        return self.noted.at + PENDING if self.noted and self.noted.is_pending else None

    @property
    def is_worked_on(self) -> bool:
        return self.matter.state in WORKING

    @property
    def next(self) -> str:
        return str(NEXT[self.matter.state])


def told_by_receipt(suggestion: Suggestion) -> list[Told]:
    """The matters of a suggestion, the first one first."""
    rows = Matter.objects.of_receipt(suggestion).select_related("place", "hamlet")
    matters = list(rows.order_by("pk").prefetch_related("steps"))
    centre = _centre_households(matters)
    return [_told(one, suggestion, in_house=one.assignee_id in centre) for one in matters]


def _told(matter: Matter, suggestion: Suggestion, *, in_house: bool) -> Told:
    given = list(matter.verdicts.filter(suggestion=suggestion).order_by("pk"))
    last, own = current_among(matter, given), own_among(given)
    return Told(
        matter=matter,
        steps=sorted(matter.steps.all(), key=lambda step: step.pk),
        verdict=last,
        earlier=[one for one in given if last is None or one.pk != last.pk],
        asks=may_answer(matter, last),
        until=own.at + SECOND_THOUGHTS if own else None,
        office=office_of(matter.place, in_house=in_house),
    )


def _centre_households(matters: list[Matter]) -> set[int | None]:
    """Those of the accounts that have them in hand which serve as a centre household."""
    keys = {one.assignee_id for one in matters if one.assignee_id}
    rows = Grant.objects.filter(account__in=keys, role=Role.CENTRE_HOUSEHOLD)
    return set(rows.values_list("account", flat=True)) if keys else set()


def serves_in_house(matter: Matter) -> bool:
    """Whether a centre household has it in hand."""
    return matter.assignee_id in _centre_households([matter])


def told_to_all(matter: Matter) -> list[MatterStep]:
    """The steps of a common matter that everybody reads: those by which it moved on, without
    anybody's words; what was asked and answered in between is between two."""
    steps = matter.steps.order_by("pk")
    return [one for one in steps if one.to_state != one.from_state or one.step in NEWS]


def office_of(place: Region, *, in_house: bool = False) -> str:
    """Who deals with what lies at this place: the office, never a person, who has not been asked
    whether she may be named."""
    if in_house:
        return _("a centre household of %(place)s") % {"place": place}
    said = {
        Level.HAMLET: _("the Party branch of %(place)s"),
        Level.VILLAGE: place.name,
        Level.TOWNSHIP: _("the township government of %(place)s"),
        Level.COUNTY: _("the county's departments, %(place)s"),
    }
    return str(said[level_of(place.code)]) % {"place": place}
