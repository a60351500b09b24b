"""Who notes what comes, asks, decides, reviews, pays: never one alone."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, denied, permission
from genxu.people.roles import READERS_OF_BOOKS, Role
from genxu.places.ledger.models import Book
from genxu.places.ledger.rules import BOOKERS
from genxu.regions.codes import Level
from genxu.regions.models import Region

from .models import Budget, Contribution, Spending
from .workflow import Came

ASKERS = (Role.SECRETARY, Role.VILLAGE_STAFF)
"""Who asks for spending and decides what is small."""
NOTERS = (*ASKERS, Role.BOOKKEEPER)
"""Who notes what came in: whoever it was handed to."""


@permission(_("See the running funds"), roles=READERS_OF_BOOKS, reading=True)
def see_funds(actor: Actor) -> Decision:
    """Where common money comes from and goes is no secret to those who keep or watch it."""
    return ALLOWED


@permission(_("See a running fund"), roles=READERS_OF_BOOKS, reading=True)
def see_fund(actor: Actor, book: Book) -> Decision:
    """One of them: what is there, what came, what is planned, what waits."""
    return ALLOWED


@permission(_("See what came into a fund"), roles=READERS_OF_BOOKS, reading=True)
def see_contribution(actor: Actor, contribution: Contribution) -> Decision:
    """A person who does not wish to be named is read by those only who handle it."""
    return ALLOWED


@permission(_("See what is asked of a fund"), roles=READERS_OF_BOOKS, reading=True)
def see_spending(actor: Actor, spending: Spending) -> Decision:
    """What for, how much, to whom, who decided and who paid."""
    return ALLOWED


@permission(_("See the budget of a fund"), roles=READERS_OF_BOOKS, reading=True)
def see_budget(actor: Actor, budget: Budget) -> Decision:
    """What was planned, beside what came and was spent."""
    return ALLOWED


@permission(_("Open the receipt of a gift"), public=True, reading=True)
def open_gift(actor: Actor) -> Decision:
    """By the code on the receipt; it names nobody."""
    return ALLOWED


# --- what comes in -------------------------------------------------------------------------------


@permission(_("Note what came into a fund"), roles=NOTERS)
def note_contribution(actor: Actor, hamlet: Region) -> Decision:
    """At once, by whoever it was handed to (财农〔2021〕121号 第十三条)."""
    return _in_hamlet(hamlet)


@permission(_("Print the receipt of what came"), roles=NOTERS)
def print_contribution(actor: Actor, contribution: Contribution) -> Decision:
    """For the giver; that it was printed is logged."""
    return ALLOWED


@permission(_("See that what was noted is there"), roles=BOOKERS)
def see_to_contribution(actor: Actor, contribution: Contribution) -> Decision:
    """By the bookkeeper, never by whoever noted it: nobody keeps a purse of his own (16)."""
    if contribution.noted_by_id == actor.account_id:
        return denied(_("You noted it yourself. Somebody else looks whether it is there."))
    return ALLOWED


@permission(_("Note thanks, and whether a giver is named"), roles=NOTERS)
def tend_contribution(actor: Actor, contribution: Contribution) -> Decision:
    """The thanks were said by us; whether to be named is the giver's own word."""
    return ALLOWED


@permission(_("Strike out what was noted wrongly"), roles=NOTERS)
def strike_contribution(actor: Actor, contribution: Contribution) -> Decision:
    """Once the bookkeeper has seen it, by the bookkeeper only."""
    if contribution.state == Came.SEEN and not actor.holds(BOOKERS, contribution.hamlet_id):
        return denied(_("The bookkeeper has seen it: it is for the bookkeeper to strike it out."))
    return ALLOWED


@permission(_("Give back what came"), roles=BOOKERS)
def give_back_contribution(actor: Actor, contribution: Contribution) -> Decision:
    """By the bookkeeper, out of the same purse."""
    return ALLOWED


# --- what goes out -------------------------------------------------------------------------------


@permission(_("Ask for spending"), roles=ASKERS)
def ask_spending(actor: Actor, hamlet: Region) -> Decision:
    """By the secretary or the staff of the village."""
    return _in_hamlet(hamlet)


@permission(_("Bring forward what is asked of a fund"), roles=ASKERS)
def bring_spending(actor: Actor, spending: Spending) -> Decision:
    """Corrected, withdrawn, its four steps noted, put up for all to read."""
    return ALLOWED


@permission(_("Decide what is small"), roles=ASKERS)
def decide_spending(actor: Actor, spending: Spending) -> Decision:
    """By the secretary, with somebody of the council who was there."""
    return ALLOWED


@permission(_("Review major spending"), roles=[Role.TOWNSHIP_STAFF])
def review_spending(actor: Actor, spending: Spending) -> Decision:
    """By the township (7)."""
    return ALLOWED


@permission(_("Pay from a fund"), roles=BOOKERS)
def pay_spending(actor: Actor, spending: Spending) -> Decision:
    """By the bookkeeper; whoever asked, corrected, decided or reviewed does not pay."""
    if actor.account_id in spending.people:
        return denied(_("Whoever asked for it, corrected it or decided it does not pay it. "
                        "Two persons always."))  # fmt: skip
    return ALLOWED


@permission(_("Plan the year of a fund"), roles=ASKERS)
def plan_budget(actor: Actor, hamlet: Region) -> Decision:
    """By those who ask, before the year or within it."""
    return _in_hamlet(hamlet)


@permission(_("Change the budget of a fund"), roles=ASKERS)
def change_budget(actor: Actor, budget: Budget) -> Decision:
    """What was planned before is kept."""
    return ALLOWED


@permission(_("Set from which sum on spending is major"), roles=[Role.TOWNSHIP_STAFF])
def set_limit(actor: Actor, township: Region) -> Decision:
    """By the township for all its hamlets."""
    if township.level != Level.TOWNSHIP:
        return denied(_("It is set for a whole township."))
    return ALLOWED


def _in_hamlet(hamlet: Region) -> Decision:
    if not hamlet.is_hamlet:
        return denied(_("A running fund is a hamlet's."))
    return ALLOWED
