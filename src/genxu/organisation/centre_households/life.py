"""Taking one step in the life of a centre household, and what is checked on the way."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock, workflow
from genxu.core.access import Actor
from genxu.core.errors import Conflict, Invalid
from genxu.core.words import optional, required
from genxu.people.history import remember
from genxu.people.models import Household
from genxu.people.rows import clean_name

from .appointing import LONGEST_TERM
from .models import CentreHousehold, CentreHouseholdStep, Duty
from .workflow import STEPS

NAME_LIMIT = 40
STATEMENT_LIMIT = 200
WORDS_LIMIT = 500
OLDEST = date(2000, 1, 1)


def advance(
    one: CentreHousehold,
    actor: Actor,
    step: str,
    *,
    version: int | None = None,
    words: str = "",
    **changes: Any,
) -> CentreHousehold:
    """Take one step of the table: check it, change the row, remember the step."""
    words = optional(words, WORDS_LIMIT)
    chosen = workflow.check(
        STEPS, step, one.state, one.get_state_display(), version=one.version, seen=version
    )
    before, one.state, one.version = one.state, chosen.target or one.state, one.version + 1
    for name, value in changes.items():
        setattr(one, name, value)
    one.save()
    note_step(one, actor, step, before, words)
    return one


def note_step(one: CentreHousehold, actor: Actor, step: str, before: str, words: str = "") -> None:
    remember(CentreHouseholdStep, actor, step, before, one.state, words,
             centre_household=one, hamlet_id=one.hamlet_id)  # fmt: skip


def must_live_here(household: Household) -> None:
    """A centre household lives among those it looks after; of a double the kept one counts."""
    while household.merged_into is not None:
        household = household.merged_into
    if not household.lives_here:
        raise Conflict(_("This household does not live in the hamlet any more."))


def clean_person_name(text: str) -> str:
    return required(clean_name(text), NAME_LIMIT, "person_name", _("The name is missing"))


def clean_duties(duties: Sequence[str]) -> list[str]:
    """In the order of the list; none named means all of them."""
    if not set(duties) <= set(Duty.values):
        raise Invalid({"duties": _("Please choose one of those offered.")})
    return [duty for duty in Duty.values if not duties or duty in duties]


def clean_years(years: int) -> int:
    if not 1 <= years <= LONGEST_TERM:
        message = _("A term lasts from 1 to %(most)s years.")
        raise Invalid({"years": message % {"most": LONGEST_TERM}})
    return years


def clean_day(day: date | None, field: str) -> date:
    today = clock.today()
    if day is None:
        return today
    if day > today:
        raise Invalid({field: _("That day is still to come.")})
    if day < OLDEST:
        raise Invalid({field: _("That was too long ago.")})
    return day
