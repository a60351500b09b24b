"""Who may see and steer centre households and their coverage."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, permission
from genxu.people.roles import EVERYONE_BUT_AUDITORS, Role


@permission(_("See centre households"), roles=EVERYONE_BUT_AUDITORS, reading=True)
def see_centre_households(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor."""
    return ALLOWED


@permission(
    _("See who looks after whom"),
    roles=[Role.SECRETARY, Role.VILLAGE_STAFF, Role.TOWNSHIP_STAFF],
    reading=True,
)
def see_coverage(actor: Actor) -> Decision:
    """Households by name: for those who keep the register."""
    return ALLOWED
