"""Hamlets with households drawn to centre households, made through the real actions."""

from collections.abc import Sequence

from genxu.organisation.centre_households.coverage_actions import assign_households
from genxu.organisation.centre_households.models import CentreHousehold, Coverage
from genxu.people.household_intake import register_households
from genxu.people.models import Household
from genxu.people.rows import HouseholdRow
from tests.cast import HOME, OPERATOR, Cast, phone_of

from .factories import appointed, secretary_of

Drawn = Sequence[tuple[Household, CentreHousehold | None]]


def settle(cast: Cast, count: int, hamlet: str = HOME) -> list[Household]:
    """So many more households in the hamlet."""
    known = Household.objects.filter(hamlet=hamlet).count()
    rows = [HouseholdRow(hamlet, None, f"罗测{n}", "", 3) for n in range(count)]
    register_households(
        actor=OPERATOR, place=cast.hamlet(hamlet), rows=rows, count=count, hamlets=[hamlet]
    )
    return cast.households(hamlet)[known:]


def serving(cast: Cast, *households: Household) -> list[CentreHousehold]:
    """These households appointed as centre households."""
    return [appointed(cast, one, name=one.head_name) for one in households]


def draw(cast: Cast, drawn: Drawn, hamlet: str = HOME, version: str | None = None) -> None:
    """Drawn by the hamlet's secretary."""
    assign_households(
        actor=secretary_of(cast, hamlet),
        hamlet=cast.hamlet(hamlet),
        pairs=[(household.pk, centre.pk if centre else None) for household, centre in drawn],
        version=version,
    )


def covered(hamlet: str = HOME) -> dict[int, int]:
    """Who is looked after by whom now, by their keys."""
    rows = Coverage.objects.filter(hamlet=hamlet, until=None)
    return dict(rows.values_list("household_id", "centre_household_id"))


def serving_as(cast: Cast, part: str, household: Household) -> CentreHousehold:
    """A household appointed as centre household, whose phone is the one of a part of the cast."""
    Household.objects.filter(pk=household.pk).update(phone=phone_of(part))
    household.refresh_from_db()
    return appointed(cast, household, name=cast.accounts[part].name)
