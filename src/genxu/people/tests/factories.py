"""Households as tests need them, made through the real actions."""

from datetime import date
from typing import Any

from genxu.core.access import Actor
from genxu.people import household_actions, slip_actions
from genxu.people.household_intake import register_households
from genxu.people.models import HeadCountChange, Household, HouseholdLink
from genxu.people.rows import HouseholdRow
from genxu.regions.batches import hamlets_of
from genxu.regions.models import Region
from tests.cast import HOME, OPERATOR, TOWNSHIP, Cast


def row(number: int | None = None, head_name: str = "罗测五", **changes: Any) -> HouseholdRow:
    values: dict[str, Any] = {"hamlet": HOME, "phone": "", "head_count": 3}
    return HouseholdRow(number=number, head_name=head_name, **values | changes)


def enter_rows(
    *rows: HouseholdRow, actor: Actor = OPERATOR, place: str = TOWNSHIP, **changes: Any
) -> Region:
    values: dict[str, Any] = {"count": len(rows), "hamlets": hamlets_of(rows)}
    region = Region.objects.get(code=place)
    return register_households(actor=actor, place=region, rows=rows, **values | changes)


def household(number: int = 1, hamlet: str = HOME) -> Household:
    """Who lives behind a door, or lived there last."""
    rows = Household.objects.filter(hamlet=hamlet, number=number).order_by("pk")
    one = rows.living_here().first() or rows.last()
    assert one is not None, number
    return one


def moved(cast: Cast, number: int = 1, on: date | None = None) -> Household:
    day = on or date(2026, 5, 1)
    return household_actions.move_away(
        actor=cast.actor("secretary"), household=household(number), on=day
    )


def merged(cast: Cast, keep: int = 1, double: int = 2) -> Household:
    """The double, merged into the household to keep."""
    return household_actions.merge_households(
        actor=cast.actor("secretary"), keep=household(keep), double=household(double)
    )


def with_code(number: int = 1) -> HouseholdLink:
    one = household(number)
    slip_actions.issue_links(actor=OPERATOR, hamlet=one.hamlet)
    return HouseholdLink.objects.get(household=one)


def population(hamlet: str = HOME) -> int:
    """The people of a hamlet as the figure counts them."""
    rows = HeadCountChange.objects.standing().filter(hamlet=hamlet, household__merged_into=None)
    return sum(rows.values_list("change", flat=True))


def living(hamlet: str = HOME) -> int:
    """The people of a hamlet as one counts them from house to house."""
    rows = Household.objects.living_here().filter(hamlet=hamlet)
    return sum(rows.values_list("head_count", flat=True))
