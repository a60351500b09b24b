"""Who may see and steer Party organisations."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, permission
from genxu.people.roles import EVERYONE_BUT_AUDITORS, Role


@permission(_("See Party organisations"), roles=EVERYONE_BUT_AUDITORS, reading=True)
def see_organisations(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor; it names no members."""
    return ALLOWED


@permission(
    _("See the members of a Party organisation"),
    roles=[Role.SECRETARY, Role.VILLAGE_STAFF, Role.TOWNSHIP_STAFF],
    reading=True,
)
def see_members(actor: Actor) -> Decision:
    """Membership is sensitive (个人信息保护法 28): for those who keep it, each reading logged."""
    return ALLOWED
