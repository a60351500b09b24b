"""What comes into a fund: noted and booked at once, seen, struck out, given back."""

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.codes import Why, code_values, note_shown
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import optional, required
from genxu.organisation.assemblies.bodies import BodyName, Kind
from genxu.organisation.assemblies.models import Motion
from genxu.places.ledger.deciding import OF_COLLECTIVE, decided
from genxu.places.ledger.models import Book
from genxu.places.ledger.posting import check_day
from genxu.regions.models import Region

from . import booking, rules
from .choosing import Somebody
from .models import GOODS_LIMIT, PAPER_LIMIT, Contribution, Source
from .workflow import BEGIN, STANDS, Came

OF_MEMBERS = (*OF_COLLECTIVE, BodyName.GROUP_MEETING)
"""Who lets a part of the hamlet's own collective income go to its fund: 经组员大会同意."""


@action(rules.note_contribution, locks="hamlet", notes=("day", "motion"))
def note_contribution(
    *,
    actor: Actor,
    hamlet: Region,
    source: str,
    day: date,
    amount: int | None = None,
    goods: str = "",
    purse: str = "",
    giver: Somebody | None = None,
    named: bool = False,
    motion: Motion | None = None,
    paper: str = "",
    instead: Contribution | None = None,
) -> Contribution:
    """Money, or things without a sum. The accounts follow from the source; ``instead`` is what was
    struck out because it was noted wrongly."""
    book = booking.fund_at(hamlet)
    if source not in Source:
        raise Invalid({"source": _("Please choose one of those offered.")})
    facts = _facts(book, day, amount, goods, purse)
    facts |= _giver(hamlet, source, giver, named)
    one = Contribution.objects.create(
        hamlet=hamlet, book=book, source=source, motion=_motion(hamlet, source, motion),
        paper=optional(paper, PAPER_LIMIT, "paper"), instead=_instead(hamlet, instead),
        noted_by_id=actor.account_id, noted_on=clock.today(), **facts, **_number(book),
        **code_values(),
    )  # fmt: skip
    if one.is_money:
        one.entry = booking.book_contribution(actor, one)
        one.save(update_fields=["entry"])
    one.remember(actor, BEGIN, "")
    return one


def _facts(book: Book, day: date, amount: int | None, goods: str, purse: str) -> dict[str, Any]:
    goods = optional(goods, GOODS_LIMIT, "goods")
    if (amount is None) == (not goods):
        raise Invalid({"amount": _("Either a sum, or what was given in place of money.")})
    if amount is None:
        return {"day": happened(day, "day"), "goods": goods, "purse": ""}
    if amount <= 0:
        raise Invalid({"amount": _("Please give a sum in yuan, such as 1234.50.")})
    return {"day": check_day(book, day), "amount": amount, "purse": booking.known_purse(purse)}


def _giver(hamlet: Region, source: str, giver: Somebody | None, named: bool) -> dict[str, Any]:
    """Of a gift who gave it; of all else the place that gave it."""
    if source == Source.SOCIETY:
        told = giver or Somebody("", False)
        return {**told.facts("giver", hamlet), "named": named}
    village = hamlet.parent
    above = {Source.TOWNSHIP: village and village.parent, Source.VILLAGE: village}
    place = above.get(Source(source)) or hamlet
    return {"giver": place.short_name}


def _motion(hamlet: Region, source: str, motion: Motion | None) -> Motion | None:
    if source != Source.OWN:
        return None
    if motion is None:
        told = _("The members' meeting has to agree first: without a motion that carried, a part "
                 "of the collective income is not booked.")  # fmt: skip
        raise Invalid({"motion": told})
    if motion.kind != Kind.PLAIN:
        told = _(
            "That question was put as “%(was)s”: it decides nothing about a part of the income."
        )
        raise Invalid({"motion": told % {"was": Kind(motion.kind).label}})
    return decided(motion, hamlet, OF_MEMBERS)


def _instead(hamlet: Region, struck: Contribution | None) -> Contribution | None:
    if struck is None:
        return None
    if struck.hamlet_id != hamlet.code or struck.state != Came.STRUCK or hasattr(struck, "anew"):
        raise Conflict(_("Nothing was struck out here that would be noted anew."))
    return struck


def _number(book: Book) -> dict[str, int]:
    """The next number of a receipt of this year; none is given twice."""
    year = clock.today().year
    rows = Contribution.objects.filter(book=book, year=year)
    return {"year": year, "serial": (rows.aggregate(n=Max("serial"))["n"] or 0) + 1}


@action(rules.see_to_contribution, locks="contribution")
def see_to_contribution(*, actor: Actor, contribution: Contribution) -> Contribution:
    """The bookkeeper has counted it, or looked at the account."""
    return contribution.advance(actor, "see")


@action(rules.tend_contribution, locks="contribution", notes=("thanked_on",))
def note_thanks(
    *, actor: Actor, contribution: Contribution, thanked_on: date, words: str = ""
) -> Contribution:
    """That thanks were said, and how."""
    check_gift(contribution)
    day = happened(thanked_on, "thanked_on", contribution.day, _("It was not given yet."))
    return contribution.advance(actor, "thank", words=words, thanked_on=day)


@action(rules.tend_contribution, locks="contribution")
def change_wish(
    *, actor: Actor, contribution: Contribution, named: bool, words: str
) -> Contribution:
    """The giver's word, not ours: with a note of how it was said."""
    check_gift(contribution)
    if named == contribution.named:
        raise Conflict(_("That is how it stands already."))
    words = required(words, contribution.WORDS_LIMIT)
    return contribution.advance(actor, "wish", words=words, named=named)


def check_gift(contribution: Contribution, **_parts: Any) -> None:
    """``Conflict`` for what is no gift."""
    if not contribution.is_gift:
        raise Conflict(_("That is no gift."))


@action(rules.strike_contribution, locks="contribution")
def strike_contribution(*, actor: Actor, contribution: Contribution, words: str) -> Contribution:
    """It was noted wrongly: its entry is taken back by another one, and it is noted anew."""
    contribution.check_step("strike")
    words = required(words, contribution.WORDS_LIMIT)
    booking.take_back(actor, contribution.entry, words)
    return contribution.advance(actor, "strike", words=words)


@action(rules.give_back_contribution, locks="contribution", notes=("day",))
def give_back_contribution(
    *, actor: Actor, contribution: Contribution, day: date, words: str
) -> Contribution:
    """The giver gets it back, out of where it lay; why is kept."""
    contribution.check_step("give_back")
    words = required(words, contribution.WORDS_LIMIT)
    happened(day, "day", contribution.day, _("It was not given yet."))
    booking.take_back(actor, contribution.entry, words, day)
    return contribution.advance(actor, "give_back", words=words)


@action(rules.print_contribution, locks="contribution")
def print_contribution(*, actor: Actor, contribution: Contribution) -> Contribution:
    """The receipt goes on paper, with its code."""
    if contribution.state not in STANDS:
        raise Conflict(_("No receipt of what was struck out or given back."))
    again = contribution.printed_at is not None
    note_shown(contribution, Why.AGAIN if again else Why.HAND_OUT)
    return contribution
