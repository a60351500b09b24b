"""Paying out what a distribution owes, household by household; what is not paid stays owed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import update_rows
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.texts import required
from genxu.people.raising import raise_matter
from genxu.places.ledger import chart, posting
from genxu.places.ledger.posting import Leg, Slip

from . import rules
from .means import book_of
from .models import Distribution, Portion, PortionQuerySet
from .workflow import State

TEXT_LIMIT = 200
MONEY = {Portion.Way.BANK: chart.BANK, Portion.Way.CASH: chart.CASH}


def hold(distribution: Distribution) -> Distribution:
    """The distribution as it is now; whoever pays waits here, and sees what the first has paid."""
    rows = Distribution.objects.select_for_update(of=("self",), no_key=True)
    found: Distribution = rows.get(pk=distribution.pk)
    return found


def hold_of(portion: Portion, **_parts: Any) -> None:
    """The same for the distribution of one part."""
    hold(portion.distribution)


def pay(
    actor: Actor, distribution: Distribution, keys: Sequence[int], day: date, way: str,
    signed_by: str = "",
) -> None:  # fmt: skip
    """A part of actions that hold the distribution: pay these parts, one entry for each, in a fixed
    number of statements. ``Conflict`` if one was paid already."""
    distribution.check_step("pay")
    if way not in Portion.Way:
        raise Invalid({"way": _("Please choose one of those offered.")})
    rows = distribution.portions.filter(pk__in=keys).select_related("household__hamlet")
    portions = list(rows.order_by("position"))
    if not portions or len(portions) != len(set(keys)):
        raise Invalid({"portions": _("Please choose at least one of these.")})
    if paid := next((one for one in portions if one.is_paid), None):
        told = _("No. %(n)s was paid already on %(day)s.")
        raise Conflict(told % {"n": paid.position, "day": paid.paid_on})
    if not all(one.sum for one in portions):
        raise Invalid({"portions": _("There is nothing to be paid of no fen.")})
    _check_day(distribution, day)
    slips = [_slip(distribution, one, day, way) for one in portions]
    entries = posting.post_all(actor, book_of(distribution.collective), slips)
    signed = clean_name(signed_by)
    paid_rows = (
        (day, way, signed, entry, "", one.pk) for one, entry in zip(portions, entries, strict=True)
    )
    update_rows(Portion, ("paid_on", "way", "signed_by", "entry", "reason"), paid_rows)


def _check_day(distribution: Distribution, day: date) -> None:
    assert distribution.entry is not None
    happened(day, "day", distribution.entry.day, _("It was booked later than that."))


def _slip(distribution: Distribution, portion: Portion, day: date, way: str) -> Slip:
    """It names the household by its place and number, not its head: an entry is never changed, a
    name can be erased."""
    household = portion.household
    who = f"{household.hamlet} {household.number}"
    told = _("Part of the distribution of %(year)s paid out") % {"year": distribution.year}
    legs = [Leg(chart.PAYABLE, debit=portion.sum), Leg(MONEY[Portion.Way(way)], credit=portion.sum)]
    return Slip(day, told, legs, who, True, distribution.motion,
                origin=f"distributions.portion:{portion.pk}")  # fmt: skip


def waiting(distribution: Distribution) -> PortionQuerySet:
    """The parts that are neither paid nor known to stay owed."""
    rows: PortionQuerySet = distribution.portions.unpaid().filter(reason="", sum__gt=0)
    return rows


def check_waits(distribution: Distribution, **_parts: Any) -> None:
    """``Conflict`` where nothing waits to be paid."""
    if not waiting(distribution).exists():
        raise Conflict(_("Nothing waits to be paid; open a line that stays owed to pay it."))


def settle(actor: Actor, distribution: Distribution) -> None:
    """Once each part is paid, or known why it stays owed, the distribution is done."""
    if distribution.state == State.BOOKED and not waiting(distribution).exists():
        distribution.advance(actor, "finish")


@action(rules.pay_portions, locks="distribution", notes=("day", "way"))
def pay_portions(
    *, actor: Actor, distribution: Distribution, portions: Sequence[Portion], day: date, way: str
) -> Distribution:
    """Those who were ticked, at once; in cash each has signed on the sheet."""
    distribution.check_step("pay")
    pay(actor, distribution, [one.pk for one in portions], day, way)
    distribution.advance(actor, "pay")
    settle(actor, distribution)
    return distribution


@action(rules.pay_portion, first=hold_of, locks="portion", notes=("day", "way"))
def pay_portion(
    *, actor: Actor, portion: Portion, day: date, way: str, signed_by: str = ""
) -> Portion:
    """One household's; in cash somebody signs by name."""
    if way == Portion.Way.CASH and not clean_name(signed_by):
        raise Invalid({"signed_by": _("Who takes cash signs for it: by what name?")})
    distribution = hold(portion.distribution)
    signed_by = signed_by if way == Portion.Way.CASH else ""
    pay(actor, distribution, [portion.pk], day, way, signed_by)
    settle(actor, distribution)
    portion.refresh_from_db()
    return portion


def check_owed(portion: Portion, **_parts: Any) -> None:
    """``Conflict`` for what is not owed: not booked yet, or paid."""
    if not portion.distribution.is_owed:
        raise Conflict(_("It is not booked yet: nothing is owed so far."))
    if portion.is_paid:
        raise Conflict(_("It is paid."))


def check_paid(portion: Portion, **_parts: Any) -> None:
    if not portion.is_paid:
        raise Conflict(_("It is not paid."))


@action(rules.pay_portion, first=hold_of, locks="portion", notes=("reason",))
def keep_owed(*, actor: Actor, portion: Portion, reason: str) -> Portion:
    """Say why it is not paid now: it stays owed, and falls to nobody else."""
    if reason not in Portion.Reason:
        raise Invalid({"reason": _("Please choose one of those offered.")})
    distribution = hold(portion.distribution)
    portion.distribution = distribution
    check_owed(portion)
    portion.reason = reason
    portion.save(update_fields=["reason"])
    settle(actor, distribution)
    return portion


@action(rules.pay_portion, first=hold_of, locks="portion", notes=("day",))
def take_payment_back(*, actor: Actor, portion: Portion, words: str, day: date) -> Portion:
    """A payment that was wrong, or came back: its mirror image is booked, it is owed again."""
    check_paid(portion)
    distribution = hold(portion.distribution)
    assert portion.entry is not None
    words = required(words, distribution.WORDS_LIMIT)
    posting.reverse(actor, portion.entry, words, day)
    portion.paid_on = portion.entry = None
    portion.way = portion.signed_by = ""
    portion.save(update_fields=["paid_on", "entry", "way", "signed_by"])
    distribution.advance(actor, "unpay", words=words)
    return portion


@action(rules.question_portion, locks="portion", also_ended=True)
def question_portion(*, actor: Actor, portion: Portion, text: str) -> Portion:
    """“This is wrong”: a matter of the household, which only she closes."""
    text = required(text, TEXT_LIMIT, "text")
    if not portion.distribution.is_told:
        raise Conflict(_("It is not open any more."))
    told = _("Distribution of %(year)s, No. %(n)s: %(text)s")
    about = {"year": portion.distribution.year, "n": portion.position, "text": text}
    household = portion.household
    portion.matter = raise_matter(
        actor=actor, hamlet=household.hamlet, text=told % about, household=household
    )
    portion.save(update_fields=["matter"])
    return portion
