"""Who may see and steer councils."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, denied, permission
from genxu.people.roles import KEEPERS, Role
from genxu.regions.models import Region

from .models import Council

FORMERS = (Role.SECRETARY, Role.VILLAGE_STAFF)


@permission(_("See councils"), roles=Council.seen_by, reading=True)
def see_councils(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor."""
    return ALLOWED


@permission(_("Form a council"), roles=FORMERS)
def form_council(actor: Actor, hamlet: Region) -> Decision:
    """By the secretary or the village, in a hamlet."""
    if not hamlet.is_hamlet:
        return denied(_("A council is formed in a hamlet."))
    return ALLOWED


@permission(_("Give somebody a seat on a council"), roles=FORMERS)
def seat_member(actor: Actor, council: Council) -> Decision:
    """By whoever may form it."""
    return ALLOWED


@permission(_("Change a seat on a council"), roles=FORMERS)
def change_seat(actor: Actor, council: Council) -> Decision:
    """By whoever may form it."""
    return ALLOWED


@permission(_("End somebody's seat on a council"), roles=FORMERS)
def leave_seat(actor: Actor, council: Council) -> Decision:
    """By whoever may form it."""
    return ALLOWED


@permission(_("Begin a new term of a council"), roles=FORMERS)
def renew_council(actor: Actor, council: Council) -> Decision:
    """By whoever may form it."""
    return ALLOWED


@permission(_("Dissolve a council"), roles=FORMERS)
def dissolve_council(actor: Actor, council: Council) -> Decision:
    """By whoever may form it, with a reason."""
    return ALLOWED


@permission(_("Enter many councils at once"), roles=[*KEEPERS, SYSTEM_ROLE])
def record_councils(actor: Actor, place: Region) -> Decision:
    """From a spreadsheet of councils as they stand, in the places in one's charge."""
    return ALLOWED
