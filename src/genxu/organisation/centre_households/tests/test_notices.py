"""What waits for whom, and what is counted on a day."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from genxu.core.notices import told as told_by
from genxu.organisation.centre_households import actions
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.people.models import Household
from tests.cast import (
    TOWNSHIP,
    Cast,
    later,
)

from .factories import (
    appointed,
    nominated,
    register,
    row,
    selected,
)

LIST = "centre_households"


def test_what_waits_for_whom(cast: Cast) -> None:
    from genxu.organisation.centre_households.notices import notices

    nominated(cast.households()[0])
    selected(cast, cast.households()[1])
    with later(days=-3 * 365 + 30):
        appointed(cast, cast.households()[2])
    with later(days=-3 * 365 - 30):
        appointed(cast, cast.households()[3])

    def told(part: str) -> list[tuple[str, bool]]:
        with CaptureQueriesContext(connection) as context:
            found = told_by(notices(cast.actor(part)))
        assert len(context.captured_queries) <= 2
        return [(one.url.partition("group=")[2] or one.url, one.urgent) for one in found]

    terms = [("due", True), ("due", False)]
    together = (reverse("appoint_together"), False)
    assert told("township_staff") == [together, *terms]
    assert told("secretary") == [("nominated", False), *terms]
    assert told("village_staff") == [("nominated", False), *terms]
    for part in ("county_staff", "city_staff", "centre_household", "auditor", "far_secretary",
                 "far_township_staff", "neighbour_secretary"):  # fmt: skip
        assert told(part) == []


def test_one_that_moved_away_is_noticed(cast: Cast) -> None:
    from genxu.organisation.centre_households.notices import notices

    appointed(cast, cast.households()[0])
    Household.objects.filter(pk=cast.households()[0].pk).update(left_on="2026-05-01")
    (found,) = told_by(notices(cast.actor("secretary")))
    assert found.url.endswith("group=gone")
    (found,) = told_by(notices(cast.actor("township_staff")))
    assert found.tap is not None


def test_figures_on_a_day(cast: Cast) -> None:
    from datetime import date

    from genxu.insight.counting import count_on
    from genxu.organisation.centre_households.models import Coverage

    register(cast.hamlet(TOWNSHIP), row(), row(household_number=2))
    one, _two = CentreHousehold.objects.order_by("pk")
    Coverage.objects.create(centre_household=one, household=cast.households()[2],
                            hamlet=cast.home, since=date(2026, 1, 1))  # fmt: skip
    actions.end_service(
        actor=cast.actor("township_staff"), centre_household=one, reason="moved_away",
        left_on=date(2026, 3, 1),
    )  # fmt: skip

    def on(day: date) -> tuple[int, int]:
        found = count_on(TOWNSHIP, day)
        key = "organisation.centre_households", "organisation.households_covered"
        return found[key[0]], found[key[1]]

    assert on(date(2024, 5, 12)) == (0, 0)
    assert on(date(2024, 5, 13)) == (2, 0)
    assert on(date(2026, 1, 1)) == (2, 1)
    assert on(date(2026, 2, 28)) == (2, 1)
    assert on(date(2026, 3, 1)) == (1, 0)
