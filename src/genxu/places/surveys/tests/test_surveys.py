"""A mean with its number, never of fewer than ten; what one household says is nobody else's."""

from datetime import date, timedelta
from typing import Any

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.insight.counting import bring_up_to_date, count_on
from genxu.insight.models import Standing
from genxu.people.own_access import holder_of
from genxu.people.tests.factories import merged
from genxu.places.surveys import actions, rules
from genxu.places.surveys.income_intake import IncomeIntake, IncomeRow, record_incomes
from genxu.places.surveys.models import FEWEST, Income, Survey
from genxu.places.surveys.workflow import State
from genxu.regions.batches import hamlets_of
from tests.cast import HOME, NEIGHBOUR, VILLAGE, Cast, Enter, later
from tests.doing import page_text

from .factories import YEAR, asked, begun, closed, declined, in_state, noted, settle

MEAN, SAID = "places.income_per_head", "places.households_surveyed"


def told(code: str = HOME, day: date | None = None) -> dict[str, int]:
    return count_on(code, day or clock.today(), [MEAN, SAID])


def test_ten_households_make_a_mean_nine_make_none(cast: Cast) -> None:
    survey = asked(cast, FEWEST - 1)
    closed(cast, survey)
    assert told() == {SAID: FEWEST - 1}
    survey = actions.reopen_survey(actor=cast.actor("secretary"), survey=survey, words="还有一户")
    noted(cast, survey, settle(cast, FEWEST)[-1], 800_000_00, persons=1)
    assert told() == {SAID: 0}  # while it is asked nothing is told
    closed(cast, survey)
    mean = (9 * 80_000 + 800_000) // (9 * 3 + 1)
    assert told() == {MEAN: mean, SAID: FEWEST}
    assert told(VILLAGE) == {MEAN: mean, SAID: FEWEST}


def test_who_would_rather_not_say_counts_for_nothing(cast: Cast) -> None:
    survey = asked(cast, FEWEST)
    declined(cast, survey, settle(cast, FEWEST + 1)[-1])
    closed(cast, survey)
    assert told() == {MEAN: 26_666, SAID: FEWEST}


def test_it_is_told_in_the_year_behind_its_own(cast: Cast) -> None:
    closed(cast, asked(cast, FEWEST))
    today = clock.today()
    assert told(day=today - timedelta(days=1)) == {SAID: 0}
    assert told(day=date(today.year, 12, 31))[MEAN] == 26_666
    assert told(day=date(today.year + 1, 1, 1)) == {SAID: 0}


def test_the_ready_figures_follow_also_into_the_next_year(cast: Cast) -> None:
    closed(cast, asked(cast, FEWEST))
    bring_up_to_date()
    assert Standing.objects.get(place=VILLAGE, key=SAID).value == FEWEST
    with later(days=(date(2027, 1, 1) - clock.today()).days):
        bring_up_to_date()
        assert not Standing.objects.filter(key=SAID).exclude(value=0).exists()


def test_the_dashboard_tells_the_mean_with_its_number_or_nothing(cast: Cast, enter: Enter) -> None:
    survey = closed(cast, asked(cast, FEWEST))
    assert "26,666" in page_text(enter("secretary").get(f"/surveys/{survey.pk}/"))
    household = cast.households()[0]
    actions.decline_answer(actor=holder_of(household), answer=Income.objects.get(
        household=household))  # fmt: skip
    assert "26,666" not in page_text(enter("secretary").get(f"/surveys/{survey.pk}/"))
    assert told() == {SAID: FEWEST - 1}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"income": None}, "income"),
        ({"income": -1}, "income"),
        ({"income": 10**12}, "income"),
        ({"persons": None}, "persons"),
        ({"persons": 0}, "persons"),
        ({"persons": 31}, "persons"),
        ({"declined": True}, "declined"),
        ({"asked_on": date(2025, 12, 31)}, "asked_on"),
        ({"asked_on": date(2026, 5, 14)}, "asked_on"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        noted(cast, begun(cast), cast.households()[0], **wrong)
    assert field in refused.value.fields


def test_nothing_earned_is_an_answer(cast: Cast) -> None:
    noted(cast, begun(cast), cast.households()[0], 0)
    assert Income.objects.get().income == 0


def test_a_household_of_another_hamlet_is_not_asked_here(cast: Cast) -> None:
    with pytest.raises(Invalid):
        noted(cast, begun(cast), cast.households(NEIGHBOUR)[0])


def test_one_survey_for_each_year_that_is_over(cast: Cast) -> None:
    begun(cast)
    with pytest.raises(Conflict):
        begun(cast)
    for year in (2026, 1999):
        with pytest.raises(Invalid):
            begun(cast, year=year)


def test_only_who_noted_it_and_the_household_read_it(cast: Cast, enter: Enter) -> None:
    survey = begun(cast)
    noted(cast, survey, cast.households()[0], 123_456_00)
    for part, reads in (("secretary", True), ("village_staff", False), ("township_staff", False)):
        for address in ("", "sheet/"):
            before = JournalEntry.objects.filter(action=rules.read_incomes.name).count()
            answer = enter(part).get(f"/surveys/{survey.pk}/{address}")
            if address and part == "township_staff":
                assert answer.status_code == 403
                continue
            assert answer.status_code == 200
            if not address:
                assert ("123,456" in page_text(answer)) == reads, part
            logged = JournalEntry.objects.filter(action=rules.read_incomes.name).count() - before
            assert logged == (1 if reads or address else 0), (part, address)
    assert list(Income.objects.visible_to(cast.actor("village_staff"))) == []
    assert Income.objects.visible_to(cast.actor("secretary")).count() == 1


def test_its_own_word_stands_above_and_is_not_asked_again(cast: Cast) -> None:
    survey, (one, other, *_rest) = begun(cast), cast.households()
    noted(cast, survey, one)
    answer = Income.objects.get()
    with pytest.raises(Denied):
        actions.decline_answer(actor=holder_of(other), answer=answer)
    actions.decline_answer(actor=holder_of(one), answer=answer)
    answer.refresh_from_db()
    assert (answer.declined, answer.income, answer.persons, answer.own) == (True, None, 0, True)
    with pytest.raises(Conflict):
        noted(cast, survey, one)


def test_a_double_is_counted_once(cast: Cast) -> None:
    survey = asked(cast, FEWEST + 1)
    numbers = [one.number for one in cast.households()]
    merged(cast, numbers[0], numbers[1])
    closed(cast, survey)
    assert told()[SAID] == FEWEST


def test_withdrawn_what_was_said_is_deleted(cast: Cast) -> None:
    in_state(cast, State.WITHDRAWN)
    assert not Income.objects.exists()
    assert begun(cast).state == State.ASKING


def test_rows_of_a_sheet_begin_the_survey_and_say_what_is_wrong(cast: Cast) -> None:
    numbers = [one.number for one in cast.households()]
    rows = [
        IncomeRow(HOME, YEAR, numbers[0], 3, 70_000_00),
        IncomeRow(HOME, YEAR, numbers[1], declined=True),
        IncomeRow(HOME, YEAR, numbers[0], 3, 60_000_00),
        IncomeRow(HOME, YEAR, 999, 3, 1),
        IncomeRow(HOME, 2026, numbers[2], 3, 1),
        IncomeRow(HOME, YEAR, numbers[2], None, None),
    ]
    fates = [one.fate for one in IncomeIntake.plan(rows, cast.home)]
    assert fates == ["new", "new", "wrong", "wrong", "wrong", "wrong"]
    _take(cast, rows[:2])
    assert [one.fate for one in IncomeIntake.plan(rows[:2], cast.home)] == ["same", "same"]
    changed = [IncomeRow(HOME, YEAR, numbers[1], 2, 5)]
    _take(cast, changed)
    assert Survey.objects.count() == 1
    assert Income.objects.filter(declined=False).count() == 2


def _take(cast: Cast, rows: list[IncomeRow]) -> None:
    record_incomes(
        actor=cast.actor("secretary"), place=cast.home, rows=rows, count=len(rows),
        hamlets=hamlets_of(rows),
    )  # fmt: skip
