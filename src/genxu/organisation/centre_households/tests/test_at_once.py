"""Rows of a spreadsheet and the pages of centre households at the same moment: they follow each
other."""

from collections.abc import Callable
from typing import Any

import pytest

from genxu.core.errors import Conflict, Invalid
from genxu.core.tests.following import follow
from genxu.organisation.centre_households import actions
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.people.models import Account
from tests.cast import HOME, NEIGHBOUR, NOW, TOWNSHIP, Cast

from .factories import appointed, fresh, holder, nominated, register, row, selected, with_phone

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = f"{TOWNSHIP}20260001"


def rows_of(cast: Cast, *rows: Any) -> Callable[[], None]:
    place = cast.hamlet(TOWNSHIP)
    return lambda: register(place, *rows)


def appoint(cast: Cast, one: CentreHousehold) -> CentreHousehold:
    actor = cast.actor("township_staff")
    return actions.appoint_centre_household(actor=actor, centre_household=one)


def test_rows_behind_a_nomination_are_told(cast: Cast) -> None:
    household = cast.households()[0]
    found = follow(lambda: nominated(household), rows_of(cast, row()))
    assert set(found.fields) == {"head_name"}
    assert CentreHousehold.objects.get().state == "nominated"


def test_a_nomination_behind_rows_is_told(cast: Cast) -> None:
    household = cast.households()[0]
    assert isinstance(follow(rows_of(cast, row()), lambda: nominated(household)), Conflict)
    assert CentreHousehold.objects.get().state == "appointed"


def test_rows_do_not_bring_back_who_leaves_meanwhile(cast: Cast) -> None:
    one = appointed(cast, cast.households()[0])
    changed = row(person_name="罗测别", appointed_on=one.appointed_on)
    follow(
        lambda: actions.resign_service(actor=holder(cast.households()[0]), centre_household=one),
        rows_of(cast, changed),
    )
    after = CentreHousehold.objects.get()
    assert (after.state, after.person_name) == ("left", "罗测兰")


def test_rows_behind_a_correction_keep_what_it_changed(cast: Cast) -> None:
    one = appointed(cast, cast.households()[0])
    later = one.term_ends_on.replace(year=2031)
    follow(
        lambda: actions.correct_centre_household(
            actor=cast.actor("township_staff"),
            centre_household=one,
            person_name="罗测兰",
            duties=["policy"],
        ),
        rows_of(cast, row(appointed_on=one.appointed_on, term_ends_on=later)),
    )
    after = fresh(one)
    assert (after.duties, after.term_ends_on) == (["policy"], later)
    assert after.version == one.version + 2
    assert [step.step for step in one.steps.order_by("pk")][-2:] == ["correct", "correct"]


def test_a_correction_behind_rows_is_told(cast: Cast) -> None:
    one = appointed(cast, cast.households()[0])
    found = follow(
        rows_of(cast, row(person_name="罗测梅", appointed_on=one.appointed_on)),
        lambda: actions.correct_centre_household.once(
            None, one.version, actor=cast.actor("township_staff"), centre_household=one,
            person_name="罗测别",
            duties=[],
        ),
    )  # fmt: skip
    assert isinstance(found, Conflict)
    assert fresh(one).person_name == "罗测梅"


def test_a_number_on_paper_that_is_just_given_is_replaced(cast: Cast) -> None:
    one = selected(cast, cast.households()[0])
    paper = row(household_number=2, certificate=PAPER, appointed_on=NOW.date())
    follow(
        lambda: actions.appoint_centre_household(
            actor=cast.actor("township_staff"), centre_household=one
        ),
        rows_of(cast, paper),
    )
    numbers = CentreHousehold.objects.order_by("household__number").values_list("certificate")
    assert [number for (number,) in numbers] == [PAPER, f"{TOWNSHIP}20260002"]


def test_a_number_that_a_paper_has_just_brought_is_stepped_over(cast: Cast) -> None:
    one = selected(cast, cast.households()[0])
    paper = row(household_number=2, certificate=PAPER, appointed_on=NOW.date())
    follow(
        rows_of(cast, paper),
        lambda: actions.appoint_centre_household(
            actor=cast.actor("township_staff"), centre_household=one
        ),
    )
    numbers = CentreHousehold.objects.order_by("household__number").values_list("certificate")
    assert [number for (number,) in numbers] == [f"{TOWNSHIP}20260002", PAPER]


def test_two_batches_with_one_number_on_paper(cast: Cast) -> None:
    here, there = (row(hamlet=hamlet, certificate=PAPER) for hamlet in (HOME, NEIGHBOUR))
    assert follow(rows_of(cast, here), rows_of(cast, there)) is None
    assert CentreHousehold.objects.get(certificate=PAPER).hamlet_id == HOME
    assert CentreHousehold.objects.count() == 2


def test_two_batches_open_one_account_for_one_phone(cast: Cast) -> None:
    here, there = (row(hamlet=hamlet, phone="13800000001") for hamlet in (HOME, NEIGHBOUR))
    assert follow(rows_of(cast, here), rows_of(cast, there)) is None
    account = Account.objects.get(phone="13800000001")
    assert set(CentreHousehold.objects.values_list("account", flat=True)) == {account.pk}
    assert account.grants.count() == 2


def test_an_appointment_behind_rows_finds_the_account_that_they_opened(cast: Cast) -> None:
    one = selected(cast, with_phone(cast.households()[0]))
    paper = row(hamlet=NEIGHBOUR, phone="13800000001", appointed_on=NOW.date())
    found = follow(
        rows_of(cast, paper),
        lambda: actions.appoint_centre_household(
            actor=cast.actor("township_staff"), centre_household=one
        ),
    )
    assert found.account == Account.objects.get(phone="13800000001")


def test_rows_behind_rows_see_them(cast: Cast) -> None:
    work = rows_of(cast, row())
    assert follow(work, work) is None
    assert CentreHousehold.objects.get().version == 1
    found = follow(rows_of(cast, row(household_number=2)),
                   rows_of(cast, row(household_number=2), row(household_number=77)))  # fmt: skip
    assert isinstance(found, Invalid)
