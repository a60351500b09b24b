"""Contracts: drafted, decided, signed, renewed, ended."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import optional, required
from genxu.organisation.assemblies.models import Motion
from genxu.places.ledger.deciding import decided
from genxu.regions.models import Region

from . import rules
from .hints import bodies_for, needs_decision
from .models import PAPER_LIMIT, Contract, Ending
from .terms import Terms
from .workflow import DRAFT, RENEW, State


@action(rules.draft_contract, locks="hamlet")
def draft_contract(*, actor: Actor, hamlet: Region, terms: Terms) -> Contract:
    """Nothing binds yet."""
    return _drafted(actor, hamlet, terms, None)


@action(rules.change_contract, locks="contract")
def renew_contract(*, actor: Actor, contract: Contract, terms: Terms) -> Contract:
    """A new one that names the old, from a day behind its last one on; what is changed of its
    terms is another contract, with its own decision."""
    check_renewal(contract)
    if terms.since <= contract.last_day:
        told = _("The older one runs until %s: the new one begins after it.")
        raise Invalid({"since": told % contract.last_day.isoformat()})
    return _drafted(actor, contract.place, terms, contract)


def _drafted(actor: Actor, place: Region, terms: Terms, renews: Contract | None) -> Contract:
    terms = checked(terms, place)
    made = Contract.objects.create(place=place, renews=renews, **terms.fields())
    made.write_steps(terms.steps)
    made.remember(actor, RENEW if renews else DRAFT, "")
    return made


def checked(terms: Terms, place: Region) -> Terms:
    """The terms as they are kept; ``Invalid`` says what is wrong with them."""
    if place.ended:
        raise Conflict(place.ended)
    terms = terms.cleaned()
    if wrong := terms.problems():
        raise Invalid(wrong)
    if terms.household and not terms.household.hamlet_id.startswith(place.code):
        raise Invalid({"other": _("This household does not live here.")})
    return terms


@action(rules.change_contract, locks="contract")
def correct_contract(
    *, actor: Actor, contract: Contract, terms: Terms, words: str = ""
) -> Contract:
    """What was written wrongly; of a signed one it has to be said why."""
    contract.check_step("correct")
    words = optional(words, contract.WORDS_LIMIT)
    if contract.state == State.SIGNED:
        words = required(words, contract.WORDS_LIMIT)
    terms = checked(terms, contract.place)
    if contract.signed_on and terms.way != contract.way and contract.rents.standing().exists():
        raise Invalid({"way": _("Rents were noted for it. Take them back first.")})
    if contract.state == State.SIGNED and not contract.motion_id and needs_decision(terms):
        raise Conflict(_("Such a contract is decided by a meeting: withdraw it, draft it anew."))
    about = {"replaced": {"steps": [list(one) for one in contract.steps_told]}}
    fields = terms.fields()
    owed = contract.owed(first_due=fields["first_due"], last_day=terms.until, steps=terms.steps)
    contract.advance(actor, "correct", words=words, about=about, **fields, **owed)
    contract.write_steps(terms.steps)
    return contract


@action(rules.change_contract, locks="contract", notes=("motion",))
def decide_contract(*, actor: Actor, contract: Contract, motion: Motion) -> Contract:
    """What a meeting has decided on it; one of another place, or that did not carry, is none."""
    contract.check_step("decide")
    decided(motion, contract.place, bodies_for(contract))
    return contract.advance(actor, "decide", motion=motion)


@action(rules.change_contract, locks="contract", notes=("signed_on",))
def sign_contract(
    *, actor: Actor, contract: Contract, signed_on: date, paper: str = ""
) -> Contract:
    """From then on it binds: its land and its rents count."""
    check_may_be_signed(contract)
    contract.check_step("sign")
    happened(signed_on, "signed_on")
    if contract.motion is not None:
        decided(contract.motion, contract.place, bodies_for(contract), "signed_on")
        if signed_on < contract.motion.assembly.meets_on:
            raise Invalid({"signed_on": _("That is before the meeting that decided it.")})
    paper = optional(paper, PAPER_LIMIT, "paper")
    owed = contract.owed(made=True)
    return contract.advance(actor, "sign", signed_on=signed_on, paper=paper, **owed)


def check_may_be_signed(contract: Contract, **_parts: Any) -> None:
    """``Conflict`` where a meeting decides first."""
    if contract.state == State.DRAFTED and needs_decision(contract):
        raise Conflict(_("A meeting decides first: it is large, long, or gives shares."))


def check_draft_decided(contract: Contract, **_parts: Any) -> None:
    """``Conflict`` where nothing has to be decided."""
    if not needs_decision(contract):
        raise Conflict(_("No meeting has to decide this one."))


@action(rules.change_contract, locks="contract")
def redraft_contract(*, actor: Actor, contract: Contract, words: str) -> Contract:
    """Something was changed after the decision: that is another contract to decide on."""
    words = required(words, contract.WORDS_LIMIT)
    return contract.advance(actor, "redraft", words=words, motion=None)


@action(rules.change_contract, locks="contract")
def close_contract(*, actor: Actor, contract: Contract) -> Contract:
    """Its last day has passed, and what was let is back."""
    check_over(contract)
    return contract.advance(actor, "close")


def check_over(contract: Contract, **_parts: Any) -> None:
    """``Conflict`` while it runs."""
    if contract.until >= clock.today():
        raise Conflict(_("It still runs. Before its last day it can be ended early."))


@action(rules.change_contract, locks="contract", notes=("last_day", "how"))
def end_early(
    *, actor: Actor, contract: Contract, last_day: date, how: str, words: str
) -> Contract:
    """Before its last day, and why; rents that fall due later are owed no more."""
    contract.check_step("end_early")
    if how not in Ending:
        raise Invalid({"how": _("Please choose one of those offered.")})
    words = required(words, contract.WORDS_LIMIT)
    happened(last_day, "last_day", contract.since, _("It had not begun then."))
    if last_day >= contract.until:
        raise Invalid({"last_day": _("That is its own last day: it runs out by itself.")})
    owed = contract.owed(last_day=last_day)
    return contract.advance(
        actor, "end_early", words=words, last_day=last_day, ended_how=how, **owed
    )


@action(rules.change_contract, locks="contract")
def withdraw_contract(*, actor: Actor, contract: Contract, words: str) -> Contract:
    """It came to nothing, or never was; not one for which rents stand in the books."""
    check_no_rent(contract)
    words = required(words, contract.WORDS_LIMIT)
    none: dict[str, Any] = {"next_due": None, "next_owed": 0}
    return contract.advance(actor, "withdraw", words=words, **none)


def check_no_rent(contract: Contract, **_parts: Any) -> None:
    """``Conflict`` while rents of it stand."""
    if contract.rents.standing().exists():
        raise Conflict(_("Rents of it stand in the books. Take them back first."))


def check_renewal(contract: Contract, **_parts: Any) -> None:
    """``Conflict`` where there is nothing to go on with, or somebody has begun that already."""
    if not contract.is_made:
        raise Conflict(_("Only what was signed is renewed."))
    if contract.renewals.exclude(state=State.WITHDRAWN).exists():
        raise Conflict(_("A newer contract goes on with it already."))
