"""Errands: asked for, agreed to, done, given up, withdrawn; her word afterwards."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.texts import optional, required
from genxu.people.answers import REOPENING, Answer
from genxu.people.models import Household
from genxu.people.raising import raise_matter
from genxu.regions.models import Region

from . import rules
from .asking import (
    begin,
    certified,
    check_agreed,
    check_runs,
    company,
    day_between,
    heard,
    link_of,
)
from .guarding import check
from .models import NAME_LIMIT, RECEIPT_LIMIT, Errand, Item
from .workflow import LAPSES_AFTER, PENDING, State

How = Errand.How
TIER_ABOVE = "specialist"
"""专业事提级办: what a steward could not do goes a tier up."""


@action(rules.ask_errand, locks="hamlet", notes=("household", "item"))
def ask_errand(
    *, actor: Actor, hamlet: Region, household: Household, item: Item, whom: str = ""
) -> Errand:
    """Noted down by somebody; nothing is done before she says yes to it."""
    if household.hamlet_id != hamlet.code or not household.lives_here:
        raise Invalid({"household": _("Please pick one of the households offered.")})
    return begin(actor, link_of(actor, household), household, item, whom)


@action(rules.ask_own_errand, locks="household", notes=("item",))
def ask_own_errand(*, actor: Actor, household: Household, item: Item, whom: str = "") -> Errand:
    """Asked for on her own page: that is her yes."""
    if not household.lives_here:
        raise Conflict(_("You are noted as moved away. Please tell the branch secretary."))
    link = link_of(actor, household)
    today, own = clock.today(), {"state": State.AUTHORISED, "authorised_how": How.OWN}
    return begin(actor, link, household, item, whom, authorised_on=today, **own)


@action(rules.authorise_errand, locks="errand", notes=("heard_how", "heard_on"))
def authorise_errand(
    *, actor: Actor, errand: Errand, heard_how: str, heard_by: str, heard_on: date
) -> Errand:
    """Her yes, with how it was given, to whom, and when."""
    check_runs(errand)
    errand.check_step("authorise")
    if heard_how not in How or heard_how == How.OWN:
        raise Invalid({"heard_how": _("Please say how she gave it.")})
    day = day_between(errand, heard_on, errand.asked_on, "heard_on")
    return errand.advance(
        actor, "authorise", authorised_how=heard_how, authorised_on=day,
        heard_by=heard(errand, heard_by, heard_how), lapses_on=day + LAPSES_AFTER,
    )  # fmt: skip


@action(rules.authorise_own_errand, locks="errand")
def authorise_own_errand(*, actor: Actor, errand: Errand) -> Errand:
    """One tap on her page."""
    check_runs(errand)
    today = clock.today()
    return errand.advance(
        actor, "authorise", authorised_how=How.OWN, authorised_on=today,
        lapses_on=today + LAPSES_AFTER,
    )  # fmt: skip


@action(rules.do_errand, locks="errand")
def start_errand(*, actor: Actor, errand: Errand, beside: str = "") -> Errand:
    """It is in hand; after 30 more days without an end it lapses too."""
    check_agreed(errand)
    errand.check_step("start")
    beside, until = company(errand, beside), clock.today() + LAPSES_AFTER
    return errand.advance(actor, "start", beside=beside, lapses_on=until)


@action(rules.do_errand, locks="errand", notes=("done_on",))
def finish_errand(
    *,
    actor: Actor,
    errand: Errand,
    done_on: date,
    receipt: str = "",
    handed_over: bool = False,
    beside: str = "",
) -> Errand:
    """Done through the official channel: the number of the receipt, or that she has it in hand."""
    check_agreed(errand)
    errand.check_step("finish")
    done, receipt = _done(errand, done_on), _receipt(receipt, handed_over=handed_over)
    beside = company(errand, beside)
    certified(errand, done)
    return errand.advance(actor, "finish", done_on=done, receipt=receipt, beside=beside)


@action(rules.do_errand, locks="errand", notes=("done_on",))
def correct_errand(
    *, actor: Actor, errand: Errand, done_on: date, receipt: str = "", handed_over: bool = False
) -> Errand:
    """A wrong day or number; what stood before stays readable."""
    errand.check_step("correct")
    done, number = _done(errand, done_on), _receipt(receipt, handed_over=handed_over)
    was = {"done_on": errand.done_on.isoformat() if errand.done_on else "",
           "receipt": errand.receipt}  # fmt: skip
    certified(errand, done)
    return errand.advance(actor, "correct", about={"replaced": was}, done_on=done, receipt=number)


@action(rules.do_errand, locks="errand")
def give_up_errand(*, actor: Actor, errand: Errand, words: str) -> Errand:
    """It cannot be done this way: with what was tried it becomes a matter, a tier up."""
    check_agreed(errand)
    errand.check_step("give_up")
    words = required(words, errand.WORDS_LIMIT)
    check(words=words)
    text = _("An errand could not be done: %(item)s。%(tried)s")
    matter = _raise(actor, errand, text % {"item": errand.item, "tried": words}, TIER_ABOVE)
    return errand.advance(actor, "give_up", words=words, matter=matter)


@action(rules.withdraw_errand, locks="errand")
def withdraw_errand(*, actor: Actor, errand: Errand) -> Errand:
    """She has told somebody that she does not want it any more."""
    return errand.advance(actor, "withdraw")


@action(rules.withdraw_own_errand, locks="errand", also_ended=True)
def withdraw_own_errand(*, actor: Actor, errand: Errand) -> Errand:
    """One tap on her page; from then on nothing may be done."""
    return errand.advance(actor, "withdraw")


@action(rules.let_time_pass, locks="errand", also_ended=True)
def lapse_errand(*, actor: Actor, errand: Errand) -> Errand:
    """30 days have passed without anything done."""
    if clock.today() <= errand.lapses_on:
        raise Conflict(_("It has not lapsed yet."))
    return errand.advance(actor, "lapse")


# --- her word ------------------------------------------------------------------------------------


@action(rules.note_word, locks="errand", notes=("answer",))
def note_word(
    *, actor: Actor, errand: Errand, answer: str, heard_by: str = "", words: str = ""
) -> Errand:
    """What she told somebody who did not do it. A good word waits seven days for her own; a bad
    one is taken up at once."""
    errand.check_step("note_word")
    if errand.answer:
        raise Conflict(_("What she says of it is noted down already."))
    name = clean_name(required(heard_by or actor.name, NAME_LIMIT, "heard_by"))
    if name == clean_name(errand.posting.name):
        raise Invalid({"heard_by": _("Whoever did it does not note what she says of it.")})
    words = _words(answer, words)
    return _said(actor, errand, "note_word", State.DONE, answer, words, word_by=name)


@action(rules.give_word, locks="errand", notes=("answer",), also_ended=True)
def give_word(*, actor: Actor, errand: Errand, answer: str, words: str = "") -> Errand:
    """Her own answer stands above what was noted down for her."""
    errand.check_step("give_word")
    if errand.is_own_word:
        raise Conflict(_("You have answered already. Thank you."))
    words = _words(answer, words)
    return _said(actor, errand, "give_word", State.CLOSED, answer, words, word_by="")


@action(rules.let_time_pass, locks="errand", also_ended=True)
def confirm_word(*, actor: Actor, errand: Errand) -> Errand:
    """She has said nothing else for seven days."""
    if not errand.answered_at or errand.answered_at > clock.now() - PENDING:
        raise Conflict(_("This answer does not wait any more, or not long enough."))
    return errand.advance(actor, "confirm_word")


def _words(answer: str, words: str) -> str:
    if answer not in Answer:
        raise Invalid({"answer": _("Please choose one of the five answers.")})
    words = optional(words, Errand.WORDS_LIMIT)
    check(words=words)
    return words


def _said(
    actor: Actor, errand: Errand, step: str, good: State, answer: str, words: str, *, word_by: str
) -> Errand:
    """A bad word becomes a matter of its own, which goes to the secretary and not to the one whom
    it is about."""
    was = {"answer": errand.answer, "word_by": errand.word_by} if errand.answer else {}
    changes: dict[str, Any] = {"answered_at": clock.now(), "answer": answer, "word_by": word_by}
    target = good
    if answer in REOPENING:
        text = _("She is not content with an errand: %(item)s。%(said)s")
        told = text % {"item": errand.item, "said": words}
        target, changes["matter"] = State.RAISED, _raise(actor, errand, told, "")
    return errand.advance(
        actor, step, words=words, target=target, about={"replaced": was}, **changes
    )


def _raise(actor: Actor, errand: Errand, text: str, tier: str) -> int:
    return raise_matter(
        actor=actor, hamlet=errand.hamlet, text=text, household=errand.household, tier=tier
    )


def _done(errand: Errand, day: date) -> date:
    assert errand.authorised_on is not None
    return day_between(errand, day, errand.authorised_on, "done_on")


def _receipt(receipt: str, *, handed_over: bool) -> str:
    """The number as it is kept; empty where she has the paper itself."""
    receipt = optional(receipt, RECEIPT_LIMIT, "receipt")
    check(receipt=receipt)
    if not receipt and not handed_over:
        text = _("Please give the number of the receipt, or say that she has it in hand.")
        raise Invalid({"receipt": text})
    return receipt
