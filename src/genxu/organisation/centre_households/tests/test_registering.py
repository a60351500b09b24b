"""Those appointed on paper: what becomes of each row is told before, and happens so."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from genxu.core.access import Actor
from genxu.core.errors import Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.core.sheets.outcomes import Fate
from genxu.organisation.centre_households import actions, rules
from genxu.organisation.centre_households.centre_household_intake import (
    CentreHouseholdIntake,
    register_centre_households,
)
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.workflow import State
from genxu.people.models import Account, Household
from genxu.people.roles import Role
from tests.cast import FAR, HOME, NEIGHBOUR, OPERATOR, TOWNSHIP, Cast, later
from tests.doing import who_may

from .factories import appointed, nominated, register, row


def fates(*rows: Any, place: Any = None) -> list[str]:
    return [str(outcome.fate) for outcome in CentreHouseholdIntake.plan(rows, place)]


def problems(one: Any, place: Any = None) -> list[str]:
    (outcome,) = CentreHouseholdIntake.plan([one], place)
    assert outcome.fate is Fate.WRONG
    return list(outcome.problems)


def warned(one: Any) -> list[str]:
    (outcome,) = CentreHouseholdIntake.plan([one])
    assert outcome.fate is not Fate.WRONG
    return list(outcome.warnings)


def test_who_may(cast: Cast) -> None:
    allowed = who_may(cast, rules.register_centre_households, place=cast.hamlet(TOWNSHIP))
    assert allowed == {"township_staff"}
    with pytest.raises(Denied):
        register(cast.hamlet(TOWNSHIP), row(), actor=cast.actor("far_township_staff"))
    register(cast.hamlet(TOWNSHIP), row(), actor=cast.actor("township_staff"))


def test_one_is_entered_with_everything_that_an_appointment_brings(cast: Cast) -> None:
    register(cast.hamlet(TOWNSHIP), row(phone="138 0000-0003"))
    one = CentreHousehold.objects.get()
    assert (one.household, one.person_name) == (cast.households()[0], "罗测兰")
    assert (one.state, one.certificate) == (State.APPOINTED, "42122110420240001")
    assert (one.appointed_on, one.term_ends_on) == (date(2024, 5, 13), date(2027, 5, 13))
    assert len(one.duties) == 6
    assert one.account == Account.objects.get(phone="13800000003")
    assert one.account is not None
    assert one.account.actor().holds([Role.CENTRE_HOUSEHOLD], HOME)
    assert (one.shown, one.phone_shown) == (False, False), "nobody has asked the person yet"
    assert [step.step for step in one.steps.all()] == ["register"]
    entry = JournalEntry.objects.latest("pk")
    assert (entry.action, entry.place) == ("centre_households.register_centre_households", TOWNSHIP)
    assert entry.detail == {"count": 1, "hamlets": [HOME]}


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    rows = [row(household_number=n, phone=f"1380000000{n}") for n in (1, 2)]
    register(cast.hamlet(TOWNSHIP), *rows)
    before = list(CentreHousehold.objects.order_by("pk").values())
    assert fates(*rows) == ["same", "same"]
    register(cast.hamlet(TOWNSHIP), *rows)
    assert list(CentreHousehold.objects.order_by("pk").values()) == before


def test_the_same_file_after_one_has_left_does_not_call_it_back(cast: Cast) -> None:
    register(cast.hamlet(TOWNSHIP), row())
    one = CentreHousehold.objects.get()
    actions.end_service(
        actor=cast.actor("township_staff"), centre_household=one, reason="moved_away"
    )
    assert fates(row()) == ["same"]
    assert warned(row()) == ["appointed_on"]
    assert fates(row(appointed_on=date(2026, 5, 13))) == ["new"], "appointed anew"


def test_a_renewed_term_is_not_shortened_by_the_old_file(cast: Cast) -> None:
    register(cast.hamlet(TOWNSHIP), row())
    with later(days=330):
        actions.renew_term(
            actor=cast.actor("township_staff"), centre_household=CentreHousehold.objects.get()
        )
    assert fates(row()) == ["same"]
    assert fates(row(term_ends_on=date(2031, 1, 1))) == ["changed"]


def test_a_corrected_row_corrects(cast: Cast) -> None:
    register(cast.hamlet(TOWNSHIP), row())
    register(cast.hamlet(TOWNSHIP), row(person_name="罗测梅", certificate="42122110420249999"))
    one = CentreHousehold.objects.get()
    assert (one.person_name, one.certificate) == ("罗测梅", "42122110420240001")
    assert [step.step for step in one.steps.order_by("pk")] == ["register", "correct"]


def test_the_number_on_the_paper(cast: Cast) -> None:
    kept = row(certificate="４２１２２１１０４ ２０２４ ００１７")
    register(cast.hamlet(TOWNSHIP), kept)
    assert CentreHousehold.objects.get().certificate == "42122110420240017"
    assert warned(row(household_number=2, certificate="42122110420240017")) == ["certificate"]
    assert warned(row(household_number=2, certificate="聘字17号")) == ["certificate"]
    assert warned(row(household_number=2, certificate="42122310620240001")) == ["certificate"]
    twice = CentreHouseholdIntake.plan([
        row(household_number=n, certificate="42122110420240018") for n in (2, 3)
    ])  # fmt: skip
    assert [list(one.warnings) for one in twice] == [[], ["certificate"]]


def test_the_household_by_number_or_by_name(cast: Cast) -> None:
    assert fates(row(household_number=None, head_name="罗 测二", person_name="")) == ["new"]
    assert problems(row(household_number=None, head_name="")) == ["head_name"]
    assert problems(row(household_number=None, head_name="没有人")) == ["head_name"]
    assert problems(row(household_number=77)) == ["household_number"]
    assert problems(row(household_number=1, head_name="罗测二")) == ["head_name"]
    register(cast.hamlet(TOWNSHIP), row(household_number=2, person_name="", head_name="罗测二"))
    assert CentreHousehold.objects.get().person_name == "罗测二"


def test_two_of_one_name_are_told_apart_by_number_or_phone(cast: Cast) -> None:
    one, two, _third, _fourth = cast.households()
    Household.objects.filter(pk=two.pk).update(head_name=one.head_name, phone="13800000009")
    by_name = {"household_number": None, "head_name": one.head_name}
    assert problems(row(**by_name)) == ["household_number"]
    register(cast.hamlet(TOWNSHIP), row(**by_name, phone="13800000009"))
    assert CentreHousehold.objects.get().household_id == two.pk


def test_one_that_moved_away_cannot_serve(cast: Cast) -> None:
    Household.objects.filter(pk=cast.households()[0].pk).update(left_on=date(2026, 1, 1))
    assert problems(row()) == ["household_number"]
    assert problems(row(household_number=None, head_name="罗测一")) == ["head_name"]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("hamlet", {"hamlet": "421221104202999"}),
        ("hamlet", {"hamlet": TOWNSHIP}),
        ("phone", {"phone": "12345"}),
        ("person_name", {"person_name": "长" * 41}),
        ("appointed_on", {"appointed_on": None}),
        ("appointed_on", {"appointed_on": date(2026, 5, 14)}),
        ("appointed_on", {"appointed_on": date.max}),
        ("appointed_on", {"appointed_on": date(1999, 1, 1)}),
        ("term_ends_on", {"term_ends_on": date(2024, 5, 13)}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, values: Any, cast: Cast) -> None:
    assert problems(row(**values)) == [field]
    with pytest.raises(Invalid) as refused:
        register(cast.hamlet(TOWNSHIP), row(**values))
    assert list(refused.value.fields) == [field]


def test_one_wrong_row_stops_the_batch_and_is_named(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        register(cast.hamlet(TOWNSHIP), row(), row(household_number=77))
    assert list(refused.value.fields) == ["rows-1-household_number"]
    assert not CentreHousehold.objects.exists()


def test_a_hamlet_of_another_township_is_never_written(cast: Cast) -> None:
    place = cast.hamlet(TOWNSHIP)
    assert fates(row(), row(hamlet=NEIGHBOUR), row(hamlet=FAR), place=place) == [
        "new", "new", "wrong",
    ]  # fmt: skip
    with pytest.raises(Invalid):
        register(place, row(hamlet=FAR))


def test_a_household_that_stands_here_twice(cast: Cast) -> None:
    assert fates(row(), row()) == ["new", "same"]
    assert fates(row(), row(person_name="罗测梅")) == ["new", "wrong"]


def test_a_candidate_is_appointed_on_its_page(cast: Cast) -> None:
    nominated(cast.households()[0])
    assert problems(row()) == ["head_name"]


def test_one_appointed_here_is_known_by_its_household(cast: Cast) -> None:
    one = appointed(cast, cast.households()[0])
    assert fates(row(appointed_on=one.appointed_on)) == ["same"]


def test_a_term_that_has_ended_is_a_warning(cast: Cast) -> None:
    assert warned(row(appointed_on=date(2020, 1, 1))) == ["term_ends_on"]


def test_the_rows_must_be_those_announced(cast: Cast) -> None:
    with pytest.raises(Invalid):
        register_centre_households(
            actor=OPERATOR, place=cast.hamlet(TOWNSHIP), rows=[row()], count=2, hamlets=[HOME]
        )


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    def asked(*rows: Any) -> int:
        with CaptureQueriesContext(connection) as context:
            CentreHouseholdIntake.plan(rows)
        return len(context.captured_queries)

    many = [row(household_number=n, certificate=f"4212211042024000{n}") for n in (1, 2, 3, 4)]
    assert asked(many[0]) == asked(*many) == 4


def test_a_number_in_the_hands_of_a_closed_account_stays_closed(cast: Cast) -> None:
    Account.objects.filter(pk=cast.without_role.pk).update(is_active=False)
    register(
        cast.hamlet(TOWNSHIP),
        row(phone=cast.without_role.phone, person_name=cast.without_role.name),
    )
    assert not Account.objects.get(pk=cast.without_role.pk).is_active


def test_the_system_may(cast: Cast) -> None:
    assert isinstance(OPERATOR, Actor)
    register(cast.hamlet(TOWNSHIP), row())
    assert CentreHousehold.objects.serving().count() == 1
