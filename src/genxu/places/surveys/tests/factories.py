"""Surveys of the cast, made through the real actions."""

from datetime import date
from typing import Any

from genxu.people.models import Household
from genxu.people.tests.factories import enter_rows, row
from genxu.places.surveys import actions
from genxu.places.surveys.models import Survey
from genxu.places.surveys.workflow import State
from tests.cast import HOME, Cast

YEAR, ASKED_ON = 2025, date(2026, 2, 3)
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"


def settle(cast: Cast, count: int) -> list[Household]:
    """So many households at home, counting those that are there."""
    rows = [row(100 + n, f"罗测{NAMES[n]}") for n in range(len(cast.households()), count)]
    if rows:
        enter_rows(*rows)
    return cast.households()


def begun(cast: Cast, code: str = HOME, part: str = "secretary", year: int = YEAR) -> Survey:
    return actions.begin_survey(actor=cast.actor(part), hamlet=cast.hamlet(code), year=year)


def noted(
    cast: Cast, survey: Survey, household: Household, income: int = 80_000_00, **changes: Any
) -> Survey:
    part = changes.pop("part", "secretary")
    told = {"persons": 3, "income": income, "asked_on": ASKED_ON}
    return actions.note_answer(
        actor=cast.actor(part), survey=survey, household=household, **told | changes
    )


def declined(cast: Cast, survey: Survey, household: Household) -> Survey:
    return noted(cast, survey, household, persons=None, income=None, declined=True)


def closed(cast: Cast, survey: Survey) -> Survey:
    return actions.close_survey(actor=cast.actor("secretary"), survey=survey)


def asked(cast: Cast, count: int, **changes: Any) -> Survey:
    """A survey in which the first ``count`` households have said the same."""
    survey = begun(cast)
    for household in settle(cast, count)[:count]:
        noted(cast, survey, household, **changes)
    return survey


def in_state(cast: Cast, state: str) -> Survey:
    survey = begun(cast)
    noted(cast, survey, cast.households()[0])
    if state == State.CLOSED:
        return closed(cast, survey)
    if state == State.WITHDRAWN:
        actor = cast.actor("secretary")
        return actions.withdraw_survey(actor=actor, survey=survey, words="开错了年份")
    return survey
