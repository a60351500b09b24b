"""Who sees the figures of a place."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, Actor, Decision, permission
from genxu.people.roles import EVERYONE_BUT_AUDITORS


@permission(_("See the figures of a place"), roles=EVERYONE_BUT_AUDITORS, reading=True)
def see_figures(actor: Actor) -> Decision:
    """Of the places in one's charge and all below them."""
    return ALLOWED
