"""Who settles a dispute, and who reads it: few, and no side of it."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import (
    ALLOWED,
    HOUSEHOLD_ROLE,
    Actor,
    Decision,
    Kind,
    denied,
    permission,
)
from genxu.people.models import Household
from genxu.people.roles import Role
from genxu.regions.models import Region

from .models import PEACEMAKERS, Dispute, Side


def handles(actor: Actor, dispute: Dispute) -> bool:
    """Whether he reads and settles it: as ``DisputeQuerySet.visible_to`` finds it."""
    place = dispute.hamlet_id
    settles = actor.account_id is not None and actor.account_id == dispute.peacemaker_id
    if not (actor.holds([Role.SECRETARY], place) or (settles and actor.holds(PEACEMAKERS, place))):
        return False
    return not dispute.is_side(actor.account_id, actor.name)


def _handled(actor: Actor, dispute: Dispute) -> Decision:
    if handles(actor, dispute):
        return ALLOWED
    return denied(_("Only its peacemaker and the secretary settle it, and no side of it."))


def _of_ours(actor: Actor, dispute: Dispute, side: Side) -> Decision:
    """The household that is this side, a double of it too."""
    if actor.kind is Kind.HOUSEHOLD and side.dispute_id == dispute.pk:
        own = Household.objects.filter(pk=int(actor.key)).first()
        if own and side.household_id in own.entries:
            return ALLOWED
    return denied(_("This is another household's page."))


@permission(_("See the disputes that one settles"), roles=Dispute.seen_by, reading=True)
def see_disputes(actor: Actor) -> Decision:
    """The secretary those of the hamlet, a peacemaker his own: what kind, when, how it stands."""
    return ALLOWED


@permission(_("Read a dispute"), roles=Dispute.seen_by, reading=True)
def read_dispute(actor: Actor, dispute: Dispute) -> Decision:
    """Sensitive (个人信息保护法 28); a side may ask that it is kept private (人民调解法 23). Each
    reading is logged."""
    return _handled(actor, dispute)


@permission(_("Print an agreement, or the ways that remain"), roles=Dispute.seen_by, reading=True)
def print_dispute(actor: Actor, dispute: Dispute) -> Decision:
    """For the sides, one each (人民调解法 29); that it was printed is logged."""
    return _handled(actor, dispute)


@permission(_("Note a dispute"), roles=PEACEMAKERS)
def begin_dispute(actor: Actor, hamlet: Region) -> Decision:
    """By the secretary, or by whoever will settle it himself."""
    if not hamlet.is_hamlet:
        return denied(_("A dispute is noted in its hamlet."))
    return ALLOWED


@permission(_("Settle a dispute"), roles=PEACEMAKERS)
def settle_dispute(actor: Actor, dispute: Dispute) -> Decision:
    """By its peacemaker or the secretary; who is a side, or of one, does not."""
    return _handled(actor, dispute)


@permission(_("Note what a side says of its agreement"), roles=PEACEMAKERS)
def note_answer(actor: Actor, dispute: Dispute) -> Decision:
    """What she says herself stands above it."""
    return _handled(actor, dispute)


@permission(_("Say whether one's agreement holds"), roles=[HOUSEHOLD_ROLE])
def give_answer(actor: Actor, dispute: Dispute, side: Side) -> Decision:
    """By the side itself, on its own page."""
    return _of_ours(actor, dispute, side)


@permission(_("End the settling of one's dispute"), roles=[HOUSEHOLD_ROLE])
def end_own_dispute(actor: Actor, dispute: Dispute, side: Side) -> Decision:
    """Each side may end it at any time (人民调解法 23)."""
    return _of_ours(actor, dispute, side)
