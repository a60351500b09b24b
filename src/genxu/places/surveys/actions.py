"""Surveys: begun, asked from door to door, closed; a household takes its word back."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.money import yuan
from genxu.core.promises import StrOrPromise
from genxu.core.texts import required
from genxu.people.models import Household
from genxu.regions.models import Region

from . import rules
from .models import FIRST_YEAR, MOST_INCOME, MOST_PERSONS, Income, Survey
from .workflow import BEGIN


@action(rules.begin_survey, locks="hamlet", notes=("year",))
def begin_survey(*, actor: Actor, hamlet: Region, year: int) -> Survey:
    """Of a year that is over; each hamlet has one for each year."""
    if wrong := wrong_year(year):
        raise Invalid({"year": wrong})
    if Survey.objects.standing().filter(hamlet=hamlet, year=year).exists():
        raise Conflict(_("There is a survey of this year already."))
    survey = Survey.objects.create(hamlet=hamlet, year=year)
    survey.remember(actor, BEGIN, "")
    return survey


def wrong_year(year: int) -> StrOrPromise:
    """What is wrong with the year of a survey; empty if nothing is."""
    if year >= clock.today().year:
        return _("This year is not over yet.")
    return _("That is very long ago; is the year right?") if year < FIRST_YEAR else ""


def wrong_answer(
    persons: int | None, income: int | None, *, declined: bool
) -> dict[str, StrOrPromise]:
    """Field → what is wrong with what a household said."""
    if declined:
        told = _("Either it says so much, or it would rather not say.")
        return {"declined": told} if income is not None else {}
    found: dict[str, StrOrPromise] = {}
    if persons is None or not 1 <= persons <= MOST_PERSONS:
        found["persons"] = _("How many persons live of it? 1 to %s.") % MOST_PERSONS
    if income is None:
        found["income"] = _("How much was it, or would it rather not say?")
    elif not 0 <= income <= MOST_INCOME:
        found["income"] = _("It can be at most %(limit_value)s.") % {
            "limit_value": yuan(MOST_INCOME)
        }
    return found


@action(rules.conduct_survey, locks="survey", notes=("household", "asked_on"))
def note_answer(
    *,
    actor: Actor,
    survey: Survey,
    household: Household,
    asked_on: date,
    persons: int | None = None,
    income: int | None = None,
    declined: bool = False,
) -> Survey:
    """What a household said, or that it would rather not say: that is an answer, too. Noted once
    more, the later word stands; its own word is left alone."""
    survey.check_step("answer")
    if household.hamlet_id != survey.hamlet_id or household.merged_into_id:
        raise Invalid({"household": _("This household does not live here.")})
    happened(asked_on, "asked_on", date(survey.year + 1, 1, 1), _("The year was not over then."))
    if wrong := wrong_answer(persons, income, declined=declined):
        raise Invalid(wrong)
    known = survey.answers.filter(household=household).first()
    if known and known.own:
        raise Conflict(_("This household has said itself that it would rather not say."))
    said: dict[str, Any] = {
        "hamlet_id": survey.hamlet_id,
        "declined": declined,
        "persons": 0 if declined else persons,
        "income": None if declined else income,
        "asked_by_id": actor.account_id,
        "asked_on": asked_on,
    }
    survey.answers.update_or_create(household=household, defaults=said)
    return survey


@action(rules.conduct_survey, locks="survey")
def close_survey(*, actor: Actor, survey: Survey) -> Survey:
    """All that can be asked were asked: nobody has to say anything, and not all have to be met."""
    return survey.advance(actor, "close", closed_on=clock.today())


@action(rules.conduct_survey, locks="survey")
def reopen_survey(*, actor: Actor, survey: Survey, words: str) -> Survey:
    """Something was noted wrongly; until it is closed again its mean is not told."""
    words = required(words, survey.WORDS_LIMIT)
    return survey.advance(actor, "reopen", words=words, closed_on=None)


@action(rules.conduct_survey, locks="survey")
def withdraw_survey(*, actor: Actor, survey: Survey, words: str) -> Survey:
    """It was begun by mistake: what was said in it is deleted."""
    words = required(words, survey.WORDS_LIMIT)
    survey.check_step("withdraw")
    survey.answers.all().delete()
    return survey.advance(actor, "withdraw", words=words)


@action(rules.decline_answer, locks="answer", also_ended=True)
def decline_answer(*, actor: Actor, answer: Income) -> Income:
    """Its own word: what was noted is deleted, and it is not asked again for this year."""
    none: dict[str, Any] = {"declined": True, "own": True, "income": None, "persons": 0}
    for name, value in none.items():
        setattr(answer, name, value)
    answer.save(update_fields=[*none])
    return answer
