"""What is checked on the way of a centre household through its life."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.texts import required
from genxu.people.models import Household

from .appointing import LONGEST_TERM
from .models import Duty

NAME_LIMIT = 40
STATEMENT_LIMIT = 200
WORDS_LIMIT = 500
OLDEST = date(2000, 1, 1)


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
    return happened(day or clock.today(), field, OLDEST, _("That was too long ago."))
