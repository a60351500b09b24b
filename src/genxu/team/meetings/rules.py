"""Who notes what an organisation held, and who reads it."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, denied, permission
from genxu.people.roles import KEEPERS, STAFF, Role
from genxu.regions.codes import Level
from genxu.regions.models import Region

from .models import Meeting, Training


@permission(_("See what a Party organisation held"), roles=Meeting.seen_by, reading=True)
def see_meetings(actor: Actor) -> Decision:
    """Who came names members; each reading is logged."""
    return ALLOWED


@permission(_("Note a meeting of a Party organisation"), roles=KEEPERS)
def note_meeting(actor: Actor, hamlet: Region) -> Decision:
    """By whoever keeps the organisation, once."""
    if not hamlet.is_hamlet:
        return denied(_("Choose a hamlet first."))
    return ALLOWED


@permission(_("Correct the record of a meeting, or withdraw it"), roles=KEEPERS)
def change_meeting(actor: Actor, meeting: Meeting) -> Decision:
    """With the reason; what stood before is kept."""
    return ALLOWED


@permission(
    _("See how much study was offered to members"), roles=(Role.SECRETARY, *STAFF), reading=True
)
def see_study(actor: Actor) -> Decision:
    """A duty of those who organise it (条例 20), shown to them; it names no member."""
    return ALLOWED


@permission(_("Note training for all members of a township"), roles=[Role.TOWNSHIP_STAFF])
def offer_training(actor: Actor, place: Region) -> Decision:
    """By the township, which owes it."""
    if place.level != Level.TOWNSHIP:
        return denied(_("Training for all is noted at a township."))
    return ALLOWED


@permission(_("Withdraw training"), roles=[Role.TOWNSHIP_STAFF])
def withdraw_training(actor: Actor, training: Training) -> Decision:
    """Written down by mistake: by the township."""
    return ALLOWED


@permission(_("See whom organisational life has not reached"), roles=[Role.SECRETARY], reading=True)
def see_quiet(actor: Actor) -> Decision:
    """Six months (条例 31): a quiet word of the secretary, and nobody else's business."""
    return ALLOWED
