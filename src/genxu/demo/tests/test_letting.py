"""What is told of a hamlet's contracts and incomes comes out of its records."""

from datetime import date
from random import Random

from genxu.core import clock
from genxu.demo.letting import SCRIPT, ask_incomes, pay_rents, sign_contracts
from genxu.demo.moments import moment
from genxu.insight.counting import count_on
from genxu.places.contracts.models import Contract
from genxu.places.ledger.actions import open_book
from genxu.places.ledger.models import BookKind
from genxu.places.surveys.tests.factories import settle
from tests.cast import HOME, OPERATOR, Cast


def test_land_rents_and_incomes_are_those_of_the_script(cast: Cast) -> None:
    households = settle(cast, 14)
    with clock.at(moment(date(2020, 1, 2), 9)):
        open_book(actor=OPERATOR, hamlet=cast.home, kind=BookKind.COLLECTIVE, name="罗家洲集体账",
                  opened_on=date(2020, 1, 1))  # fmt: skip
    assert sign_contracts(OPERATOR, cast.home, households) == 14 + len(SCRIPT.lets)
    paid = sum(pay_rents(OPERATOR, cast.home, year) for year in (2020, 2021, 2022))
    assert pay_rents(OPERATOR, cast.home, 2022) == 0
    assert paid == (15_000 + 15_000 + 18_000 + 2 * 24_000 + 2 * 9_000) * 100
    assert Contract.objects.get(object="上塘垂钓").schedule[1].owed == 0
    survey = ask_incomes(OPERATOR, cast.home, households, 2022, 26_000, Random(1))
    assert survey.answers.filter(declined=True).count() == SCRIPT.incomes.declined
    day = date(2023, 5, 24)
    keys = ["places.land_in_cooperation", "places.income_per_head", "places.households_surveyed"]
    assert list(count_on(HOME, day, keys).values()) == [1500, 26_000, 11]
    assert count_on(HOME, date(2022, 12, 31), ["places.collective_income"]) == {
        "places.collective_income": 51_000
    }
