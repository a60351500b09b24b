"""What is asked of a fund: decided by two, or by the meeting and the township; paid by a third."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import LONG_AGO, happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.money import MOST, yuan
from genxu.core.texts import optional, required
from genxu.organisation.assemblies.bodies import BodyName
from genxu.organisation.assemblies.models import Motion
from genxu.organisation.councils.models import Seat
from genxu.people.models import Account
from genxu.places.ledger.deciding import decided
from genxu.places.ledger.posting import Slip, post
from genxu.regions.models import Region

from . import booking, rules
from .choosing import Somebody, check_beside, goes_to
from .limits import CHIT, REFUSED, limit_at
from .models import PAPER_LIMIT, WHAT_LIMIT, Purpose, Spending
from .workflow import BEGIN

if TYPE_CHECKING:
    from django.core.files.base import ContentFile

OF_HAMLET = (BodyName.REPRESENTATIVES, BodyName.GROUP_MEETING, BodyName.VILLAGERS_MEETING)
"""Who decides the last of the four steps in a hamlet."""
FOUR = ("proposed_on", "discussed_on", "deliberated_on")
"""支部提议, 两委商议, 党员大会审议; the fourth is a carried motion (四议两公开)."""
PROPOSED = ("purpose", "amount", "payee", "is_person", "household_id")
"""What is proposed, discussed and deliberated on: how much, to whom, what for."""
CHIT_PROOF = "chit"


@action(rules.ask_spending, locks="hamlet", notes=("wanted_on",))
def ask_spending(
    *,
    actor: Actor,
    hamlet: Region,
    what: str,
    purpose: str,
    amount: int,
    payee: Somebody,
    wanted_on: date | None = None,
) -> Spending:
    """What for, how much, to whom. The township's limit of the day says who decides."""
    book, limit = booking.fund_at(hamlet), limit_at(hamlet.code)
    one = Spending.objects.create(
        hamlet=hamlet, book=book, asked_by_id=actor.account_id, asked_on=clock.today(),
        limit=limit, major=amount >= limit, wanted_on=wanted_on,
        **_facts(hamlet, what, purpose, amount, payee),
    )  # fmt: skip
    one.remember(actor, BEGIN, "")
    return one


def _facts(hamlet: Region, what: str, purpose: str, amount: int, payee: Somebody) -> dict[str, Any]:
    if purpose in REFUSED:
        raise Invalid({"purpose": REFUSED[purpose][1]})
    if purpose not in Purpose:
        raise Invalid({"purpose": _("Please choose one of those offered.")})
    if not 0 < amount <= MOST:
        raise Invalid({"amount": _("Please give a sum in yuan, such as 1234.50.")})
    what = required(what, WHAT_LIMIT, "what")
    return {"what": what, "purpose": purpose, "amount": amount, **payee.facts("payee", hamlet)}


@action(rules.bring_spending, locks="spending", notes=("wanted_on",))
def correct_spending(
    *,
    actor: Actor,
    spending: Spending,
    what: str,
    purpose: str,
    amount: int,
    payee: Somebody,
    wanted_on: date | None = None,
    words: str = "",
) -> Spending:
    """While nothing is decided; what stood before is kept. Another sum, payee or purpose was not
    what the branch proposed: the steps of the four are taken anew."""
    spending.check_step("correct")
    facts = _facts(spending.hamlet, what, purpose, amount, payee)
    facts["household_id"] = getattr(facts.pop("household"), "pk", None)
    if any(getattr(spending, name) != facts[name] for name in PROPOSED):
        facts |= dict.fromkeys(FOUR)
    return spending.advance(
        actor, "correct", words=words, wanted_on=wanted_on, major=amount >= spending.limit, **facts
    )


# --- what is small -------------------------------------------------------------------------------


@action(rules.decide_spending, locks="spending", notes=("decided_on",))
def decide_spending(
    *, actor: Actor, spending: Spending, beside: Seat, decided_on: date, words: str = ""
) -> Spending:
    """By two: whoever decides, and somebody of the council who was there."""
    check_small(spending)
    decider = Account.objects.get(pk=actor.account_id or 0)
    check_beside(spending, beside, decider)
    day = happened(decided_on, "decided_on", spending.asked_on, _("It was not asked for yet."))
    return spending.advance(
        actor, "decide", words=words, decided=spending.amount, decided_on=day, decided_by=decider,
        beside=beside, beside_name=beside.name,
        own_household=goes_to(spending, [decider], [beside]),
    )  # fmt: skip


def check_small(spending: Spending, **_parts: Any) -> None:
    if spending.major:
        raise Conflict(_("At this sum the meeting decides, and the township reviews it (121号 7)."))


@action(rules.decide_spending, locks="spending")
def refuse_spending(*, actor: Actor, spending: Spending, words: str) -> Spending:
    """With the reason, for whoever asked."""
    return spending.advance(actor, "refuse", words=required(words, spending.WORDS_LIMIT))


# --- what is major: 四议两公开 -------------------------------------------------------------------


def check_major(spending: Spending, **_parts: Any) -> None:
    if not spending.major:
        raise Conflict(_("At this sum two in the hamlet decide."))


@action(rules.bring_spending, locks="spending", notes=FOUR)
def bring_spending(
    *,
    actor: Actor,
    spending: Spending,
    proposed_on: date | None = None,
    discussed_on: date | None = None,
    deliberated_on: date | None = None,
) -> Spending:
    """The days of the first three steps, as they come: one after the other."""
    check_major(spending)
    spending.check_step("bring")
    days: dict[str, Any] = dict(zip(FOUR, (proposed_on, discussed_on, deliberated_on), strict=True))
    _check_days(days)
    if tuple(days.values()) == spending.days:
        raise Invalid({FOUR[0]: _("No day of these is new.")})
    return spending.advance(actor, "bring", **days)


def _check_days(days: dict[str, date | None]) -> None:
    """Each on or after the one before it, none left out."""
    before: date | None = LONG_AGO
    for name, day in days.items():
        if day is not None:
            happened(day, name)
            if before is None:
                raise Invalid({name: _("The step before it comes first.")})
            if day < before:
                raise Invalid({name: _("That is before the step that comes first.")})
        before = day


@action(rules.bring_spending, locks="spending", notes=("motion",))
def resolve_spending(*, actor: Actor, spending: Spending, motion: Motion) -> Spending:
    """The fourth step: a meeting of the hamlet or of its village decided, and it carried."""
    check_brought(spending)
    spending.check_step("resolve")
    held = decided(motion, spending.hamlet, OF_HAMLET).assembly.meets_on
    if spending.deliberated_on and held < spending.deliberated_on:
        raise Invalid({"motion": _("That meeting was before the members' meeting deliberated.")})
    return spending.advance(
        actor, "resolve", motion=motion, decided=spending.amount, decided_on=held,
        decided_by_id=actor.account_id, own_household=_to_one(spending, actor),
    )  # fmt: skip


def check_brought(spending: Spending, **_parts: Any) -> None:
    check_major(spending)
    if None in spending.days:
        raise Conflict(_("First the days on which the branch proposed it, the committees discussed "
                         "it and the members' meeting deliberated on it."))  # fmt: skip


def _to_one(spending: Spending, actor: Actor) -> bool:
    accounts = list(Account.objects.filter(pk=actor.account_id or 0))
    return spending.own_household or goes_to(spending, accounts, [])


@action(rules.review_spending, locks="spending")
def approve_spending(*, actor: Actor, spending: Spending, words: str = "") -> Spending:
    """The township has looked at how it was decided, and what for."""
    return spending.advance(
        actor, "approve", words=words, reviewed_on=clock.today(), reviewed_by_id=actor.account_id,
        own_household=_to_one(spending, actor),
    )  # fmt: skip


@action(rules.review_spending, locks="spending")
def send_back_spending(*, actor: Actor, spending: Spending, words: str) -> Spending:
    """With the reason."""
    return spending.advance(actor, "send_back", words=required(words, spending.WORDS_LIMIT))


@action(rules.bring_spending, locks="spending")
def explain_spending(*, actor: Actor, spending: Spending, words: str) -> Spending:
    """What the township wanted to know; what the meeting decided stands."""
    return spending.advance(actor, "explain", words=required(words, spending.WORDS_LIMIT))


@action(rules.bring_spending, locks="spending")
def redo_spending(*, actor: Actor, spending: Spending, words: str) -> Spending:
    """What was decided does not hold any more: all four steps anew."""
    none: dict[str, Any] = dict.fromkeys(
        (*FOUR, "motion", "decided", "decided_on", "decided_by", "published_on")
    )
    words = required(words, spending.WORDS_LIMIT)
    return spending.advance(actor, "redo", words=words, own_household=False, **none)


@action(rules.bring_spending, locks="spending", notes=("published_on",))
def publish_decision(*, actor: Actor, spending: Spending, published_on: date) -> Spending:
    """决议公开: the day from which on all can read it on the wall."""
    spending.check_step("publish")
    day = happened(published_on, "published_on", spending.decided_on, _("It was decided later."))
    if spending.major and spending.paid_on and day > spending.paid_on:
        raise Invalid({"published_on": _("It was paid before that.")})
    return spending.advance(actor, "publish", published_on=day)


@action(rules.bring_spending, locks="spending", notes=("told_on",))
def publish_result(*, actor: Actor, spending: Spending, told_on: date) -> Spending:
    """实施结果公开."""
    spending.check_step("tell")
    day = happened(told_on, "told_on", spending.paid_on, _("It was paid later."))
    return spending.advance(actor, "tell", told_on=day)


@action(rules.bring_spending, locks="spending")
def withdraw_spending(*, actor: Actor, spending: Spending, words: str) -> Spending:
    """It is not wanted any more, or was written by mistake."""
    return spending.advance(actor, "withdraw", words=required(words, spending.WORDS_LIMIT))


# --- paid ----------------------------------------------------------------------------------------


@action(rules.pay_spending, locks="spending", notes=("day",))
def pay_spending(
    *,
    actor: Actor,
    spending: Spending,
    day: date,
    amount: int,
    purse: str,
    proof: str = "number",
    paper: str = "",
    photos: "Sequence[ContentFile[bytes]]" = (),
) -> Spending:
    """Out of the box or the account, on a paper: a number or a picture of it, never a chit."""
    check_payable(spending)
    spending.check_step("pay")
    paper = _proof(proof, paper, photos)
    _check_sum(spending, day, amount)
    slip = Slip(
        day=day, text=_("Paid for: %s") % spending.what,
        legs=booking.payment_legs(spending, booking.known_purse(purse), amount),
        who=spending.payee, is_person=spending.is_person, motion=spending.motion, paper=paper,
        photos=photos, origin=f"{booking.SPENDING}:{spending.pk}",
    )  # fmt: skip
    entry = post(actor, spending.book, slip)
    return spending.advance(
        actor, "pay", paid=amount, paid_on=day, purse=purse, paper=paper, entry=entry,
        paid_by_id=actor.account_id,
    )  # fmt: skip


def check_payable(spending: Spending, **_parts: Any) -> None:
    """What is major is put up for all to read before it is paid (四议两公开)."""
    if spending.major and spending.published_on is None:
        raise Conflict(_("Put the decision up for all to read first; then it is paid."))


def _proof(proof: str, paper: str, photos: "Sequence[ContentFile[bytes]]") -> str:
    if proof == CHIT_PROOF:
        raise Invalid({"proof": CHIT})
    paper = optional(paper, PAPER_LIMIT, "paper")
    if not paper and not photos:
        raise Invalid({"paper": _("The number of the receipt or invoice, or a picture of it.")})
    return paper


def _check_sum(spending: Spending, day: date, amount: int) -> None:
    most = spending.decided or 0
    if not 0 < amount <= most:
        told = _("%s yuan were decided. More than that is not paid.") % yuan(most)
        raise Invalid({"amount": told})
    if spending.decided_on and day < spending.decided_on:
        raise Invalid({"day": _("It was decided later.")})
    if spending.major:
        if spending.reviewed_on and day < spending.reviewed_on:
            raise Invalid({"day": _("The township approved it later.")})
        if spending.published_on and day < spending.published_on:
            raise Invalid({"day": _("The decision was put up for all to read later.")})


@action(rules.pay_spending, locks="spending", notes=("day",))
def unpay_spending(*, actor: Actor, spending: Spending, day: date, words: str) -> Spending:
    """Paid wrongly, or it came back: the entry is taken back, and it is to be paid anew."""
    spending.check_step("unpay")
    words = required(words, spending.WORDS_LIMIT)
    happened(day, "day", spending.paid_on, _("It was paid later."))
    booking.take_back(actor, spending.entry, words, day)
    none: dict[str, Any] = dict.fromkeys(("paid", "paid_on", "entry", "paid_by", "told_on"))
    return spending.advance(actor, "unpay", words=words, purse="", paper="", **none)
