"""Who draws up, opens, decides on, books and pays a distribution; who reads whose sum."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import (
    ALLOWED,
    HOUSEHOLD_ROLE,
    SYSTEM_ROLE,
    Actor,
    Decision,
    Kind,
    denied,
    permission,
)
from genxu.people.models import Household
from genxu.people.roles import Role
from genxu.regions.codes import Level
from genxu.regions.models import Region

from .models import Distribution, Portion

BOARD = (Role.SECRETARY, Role.VILLAGE_STAFF)
DRAWERS = (*BOARD, Role.BOOKKEEPER)
BOOKERS = (Role.BOOKKEEPER, Role.TOWNSHIP_STAFF)
"""The village's bookkeeper, or the township that keeps its books for it (村账乡代管)."""


@permission(_("See distributions"), roles=Distribution.seen_by, reading=True)
def see_distributions(actor: Actor) -> Decision:
    """The sums of a year; whose part is how much only those who keep roll and books read."""
    return ALLOWED


@permission(_("Read each household's part"), roles=Portion.seen_by, reading=True)
def see_portions(actor: Actor) -> Decision:
    """By name: for those who keep the roll, book, pay and supervise."""
    return ALLOWED


@permission(_("Draw up a distribution"), roles=[*DRAWERS, SYSTEM_ROLE])
def draw_plan(actor: Actor, hamlet: Region) -> Decision:
    """By the board or the bookkeeper, where the collective lies."""
    if hamlet.level not in (Level.VILLAGE, Level.HAMLET):
        return denied(_("A collective lies in a village or a hamlet."))
    return ALLOWED


@permission(_("Open a distribution to all"), roles=[*BOARD, SYSTEM_ROLE])
def publish_plan(actor: Actor, distribution: Distribution) -> Decision:
    """By the board, ten days before the members meet (农村集体经济组织法 第四十六条)."""
    return ALLOWED


@permission(_("Note what the members decided on it"), roles=[*DRAWERS, SYSTEM_ROLE])
def note_decision(actor: Actor, distribution: Distribution) -> Decision:
    """The members decide (第二十六条); whoever notes it names their decision."""
    return ALLOWED


@permission(_("Book a distribution"), roles=[*BOOKERS, SYSTEM_ROLE])
def book_plan(actor: Actor, distribution: Distribution) -> Decision:
    """By the bookkeeper, once the members have carried it."""
    return ALLOWED


@permission(_("Pay out parts of a distribution"), roles=[*BOOKERS, SYSTEM_ROLE])
def pay_portions(actor: Actor, distribution: Distribution) -> Decision:
    """By the bookkeeper; a part of her own household is paid as any other, and shown."""
    return ALLOWED


@permission(_("Pay out a household's part"), roles=[*BOOKERS, SYSTEM_ROLE])
def pay_portion(actor: Actor, portion: Portion) -> Decision:
    """Its own household's and no other's: what is not paid stays owed."""
    return ALLOWED


@permission(_("Take in a bank's list of payments"), roles=[*BOOKERS, SYSTEM_ROLE])
def record_payments(actor: Actor, place: Region) -> Decision:
    """Each sum has to be that of the plan."""
    return ALLOWED


@permission(_("Withdraw the plan of a distribution"), roles=[*DRAWERS, SYSTEM_ROLE])
def withdraw_plan(actor: Actor, distribution: Distribution) -> Decision:
    """Before the members have carried it; afterwards only they can (note what they decided)."""
    return ALLOWED


@permission(_("Print the papers of a distribution"), roles=[*DRAWERS, Role.TOWNSHIP_STAFF])
def print_distribution(actor: Actor, place: Region) -> Decision:
    """The sheet to be signed, and a slip for each household: they name people, it is logged."""
    return ALLOWED


@permission(_("Question one's part of a distribution"), roles=[HOUSEHOLD_ROLE])
def question_portion(actor: Actor, portion: Portion) -> Decision:
    """By the household itself, on its own page."""
    if actor.kind is Kind.HOUSEHOLD:
        own = Household.objects.filter(pk=int(actor.key)).first()
        if own and portion.household_id in own.entries:
            return ALLOWED
    return denied(_("This is another household's page."))
