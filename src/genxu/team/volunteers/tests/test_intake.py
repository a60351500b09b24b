"""Volunteers from a spreadsheet, and two at once."""

from typing import Any

import pytest

from genxu.core.errors import Conflict, Invalid
from genxu.core.tests.following import follow
from genxu.regions.batches import hamlets_of
from genxu.team.volunteers import actions
from genxu.team.volunteers.facts import Who
from genxu.team.volunteers.models import Volunteer
from genxu.team.volunteers.rows import VolunteerRow
from genxu.team.volunteers.volunteer_intake import VolunteerIntake, record_volunteers
from tests.cast import HOME, OPERATOR, PROVINCE, Cast

from .factories import volunteer

PHONE = "13844445555"


def row(name: str = "罗测星", phone: str = PHONE, **more: Any) -> VolunteerRow:
    return VolunteerRow(HOME, name, phone, **more)


def record(cast: Cast, *rows: VolunteerRow) -> None:
    record_volunteers(
        actor=OPERATOR, place=cast.hamlet(PROVINCE), rows=rows, count=len(rows),
        hamlets=hamlets_of(rows),
    )  # fmt: skip


def fates(*rows: VolunteerRow) -> list[str]:
    return [one.fate.name for one in VolunteerIntake.plan(rows)]


def test_rows_are_new_the_same_or_say_more(cast: Cast) -> None:
    record(cast, row(), row("罗测月", ""))
    assert fates(row(), row(household_number=1), row("罗测日")) == ["SAME", "WRONG", "NEW"]
    one = Volunteer.objects.get(name="罗测星")
    assert (one.is_serving, len(one.code)) == (True, 10)
    record(cast, row(household_number=1))
    one.refresh_from_db()
    assert (one.household.number if one.household else 0, one.version) == (1, 2)


def test_one_of_that_name_who_is_not_told_apart_is_refused(cast: Cast) -> None:
    volunteer(cast, name="罗测星", phone="")
    with pytest.raises(Invalid):
        record(cast, row())
    assert fates(row("罗测月", ""), row("罗测月", PHONE)) == ["NEW", "WRONG"]


def test_a_household_that_is_not_there_is_told(cast: Cast) -> None:
    with pytest.raises(Invalid):
        record(cast, row(household_number=99))


@pytest.mark.django_db(transaction=True)
def test_rows_and_the_page_follow_each_other(cast: Cast) -> None:
    def by_page() -> Any:
        return actions.enlist_volunteer(
            actor=cast.actor("secretary"), hamlet=cast.home, who=Who("罗测星", PHONE)
        )

    found = follow(lambda: record(cast, row()), by_page)
    assert isinstance(found, Invalid | Conflict)
    assert Volunteer.objects.filter(name="罗测星").count() == 1
