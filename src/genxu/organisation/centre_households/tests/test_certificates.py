"""A certificate number is given once and never again: not at once, not later, not after leaving."""

import re
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.errors import Conflict, Refusal
from genxu.core.tests.test_actions import at_once
from genxu.organisation.centre_households import actions
from genxu.organisation.centre_households.appointing import is_number_of, next_certificates
from genxu.organisation.centre_households.models import CentreHousehold, CertificateSerial
from genxu.organisation.centre_households.workflow import Leaving
from tests.cast import FAR, HOME, NEIGHBOUR, NOW, OPERATOR, TOWNSHIP, Cast, later

from .factories import appointed, nominated, register, row, selected, township_of

FORM = re.compile(r"[0-9]{9}20[0-9]{2}[0-9]{4}")
HAMLETS = (HOME, NEIGHBOUR, FAR)


def given_numbers() -> list[str]:
    rows = CentreHousehold.objects.exclude(certificate="").order_by("pk")
    return list(rows.values_list("certificate", flat=True))


def test_the_number_of_one_who_left_is_not_given_again(cast: Cast) -> None:
    mine = cast.households()[0]
    first = appointed(cast, mine)
    actions.end_service(
        actor=cast.actor("township_staff"), centre_household=first, reason=Leaving.RESIGNED
    )
    second = appointed(cast, mine)
    assert (first.certificate[-4:], second.certificate[-4:]) == ("0001", "0002")


def test_each_year_counts_for_itself(cast: Cast) -> None:
    appointed(cast, cast.households()[0])
    with later(days=365):
        appointed(cast, cast.households()[1])
    assert given_numbers() == ["42122110420260001", "42122110420270001"]


def test_a_number_given_on_paper_is_stepped_over(cast: Cast) -> None:
    register(cast.hamlet(TOWNSHIP), row(certificate="42122110420260002"))
    for household in cast.households()[1:3]:
        appointed(cast, household)
    assert given_numbers() == ["42122110420260002", "42122110420260001", "42122110420260003"]


def test_a_year_without_numbers_left_says_so(cast: Cast) -> None:
    CertificateSerial.objects.create(township_id=TOWNSHIP, year=2026, last=9999)
    one = selected(cast, cast.households()[0])
    with pytest.raises(Conflict, match="9999"):
        actions.appoint_centre_household(actor=cast.actor("township_staff"), centre_household=one)
    one.refresh_from_db()
    assert not one.is_serving


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("42122110420260001", True),
        ("42122110420269999", True),
        ("42122110420260000", False),
        ("42122110520260001", False),
        ("4212211042026001", False),
        ("421221104202600011", False),
        ("42122110418990001", False),
        ("42122110420260001\n", False),
        ("４２１２２１１０４２０２６０００１", False),
        ("鄂咸聘字001号", False),
    ],
)
def test_the_form_of_a_number(number: str, fits: bool) -> None:
    assert is_number_of(number, TOWNSHIP) is fits


moves = st.lists(
    st.tuples(
        st.sampled_from(["appoint", "leave", "register", "paper"]),
        st.sampled_from(HAMLETS),
        st.integers(0, 3),
        st.integers(0, 800),
        st.integers(1, 6),
    ),
    max_size=14,
)


def attempt(cast: Cast, move: tuple[Any, ...]) -> None:
    kind, hamlet, door, _days, serial = move
    households = cast.households(hamlet)
    household = households[door % len(households)]
    serving = CentreHousehold.objects.serving().filter(household=household).first()
    try:
        with transaction.atomic():
            if kind == "appoint":
                appointed(cast, household)
            elif kind == "leave" and serving:
                actions.end_service(
                    actor=township_of(cast, hamlet), centre_household=serving,
                    reason=Leaving.TERM_ENDED,
                )  # fmt: skip
            elif kind in ("register", "paper"):
                year = clock.today().year
                number = f"{hamlet[:9]}{year}{serial:04d}" if kind == "paper" else ""
                one = row(hamlet=hamlet, household_number=household.number, certificate=number,
                          appointed_on=clock.today())  # fmt: skip
                register(cast.hamlet(hamlet), one)
    except Refusal:
        pass


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves)
def test_whatever_happens_no_number_is_given_twice(cast: Cast, moves: list[Any]) -> None:
    with transaction.atomic():
        passed, before = 0, []
        for move in moves:
            passed += move[3]
            with later(days=passed):
                attempt(cast, move)
            now = given_numbers()
            assert len(set(now)) == len(now)
            assert now[: len(before)] == before, "a number once given stays"
            before = now
        for one in CentreHousehold.objects.exclude(certificate=""):
            assert FORM.fullmatch(one.certificate)
            assert one.certificate.startswith(one.hamlet_id[:9])
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_are_all_different(cast: Cast) -> None:
    def take() -> list[str]:
        with transaction.atomic():
            return next_certificates(TOWNSHIP, 2026, 3)

    found = at_once(6, take)
    numbers = [number for one in found for number in one]
    assert sorted(numbers) == [f"{TOWNSHIP}2026{n:04d}" for n in range(1, 19)]


@pytest.mark.django_db(transaction=True)
def test_appointed_at_once_they_have_different_numbers(cast: Cast) -> None:
    actor = cast.actor("township_staff")
    waiting = [selected(cast, household) for household in cast.households()]

    def appoint() -> str:
        one = waiting.pop()
        return actions.appoint_centre_household(actor=actor, centre_household=one).certificate

    found = at_once(4, appoint)
    assert sorted(found) == [f"{TOWNSHIP}2026{n:04d}" for n in range(1, 5)]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_appoint_the_same_one_is_told(cast: Cast) -> None:
    actor, one = cast.actor("township_staff"), selected(cast, cast.households()[0])
    found = at_once(2, lambda: actions.appoint_centre_household.once(
        None, one.version, actor=actor, centre_household=one
    ))  # fmt: skip
    assert sorted(type(result).__name__ for result in found) == ["CentreHousehold", "Conflict"]
    assert given_numbers() == [f"{TOWNSHIP}20260001"]


@pytest.mark.django_db(transaction=True)
def test_of_two_nominations_at_once_one_stands(cast: Cast) -> None:
    household = cast.households()[0]
    found = at_once(3, lambda: nominated(household))
    assert sorted(type(result).__name__ for result in found) == [
        "CentreHousehold", "Conflict", "Conflict",
    ]  # fmt: skip


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_registering_and_appointing_at_once(cast: Cast) -> None:
    actor = cast.actor("township_staff")
    waiting = [selected(cast, household) for household in cast.households()[:2]]
    place, rows = cast.hamlet(TOWNSHIP), [row(household_number=n, appointed_on=NOW.date())
                                          for n in (3, 4)]  # fmt: skip
    work = [
        lambda: actions.appoint_centre_household(actor=actor, centre_household=waiting[0]),
        lambda: actions.appoint_centre_household(actor=actor, centre_household=waiting[1]),
        lambda: register(place, rows[0], actor=OPERATOR),
        lambda: register(place, rows[1], actor=OPERATOR),
    ]
    found = at_once(4, lambda: work.pop()())
    assert not [one for one in found if isinstance(one, BaseException)]
    assert sorted(given_numbers()) == [f"{TOWNSHIP}2026{n:04d}" for n in range(1, 5)]
