"""Who may change a hamlet: its township, or whoever stands above."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, permission
from genxu.people.roles import Role
from genxu.regions.models import Region

ABOVE = (Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF, Role.CITY_STAFF)
CHANGERS = (*ABOVE, SYSTEM_ROLE)


@permission(_("See what may be done with a hamlet"), roles=ABOVE, reading=True)
def see_hamlet(actor: Actor) -> Decision:
    """Its names and codes, and the steps of its life."""
    return ALLOWED


@permission(_("Rename a hamlet"), roles=CHANGERS)
def rename_hamlet(actor: Actor, hamlet: Region) -> Decision:
    """The names that it bore are kept with their days."""
    return ALLOWED


@permission(_("Close a hamlet"), roles=CHANGERS)
def close_hamlet(actor: Actor, hamlet: Region) -> Decision:
    """One in which nobody lives and nothing is open any more."""
    return ALLOWED


@permission(_("Open a closed hamlet again"), roles=CHANGERS)
def reopen_hamlet(actor: Actor, hamlet: Region) -> Decision:
    """Closed by mistake, or people have come back."""
    return ALLOWED


@permission(_("Merge a hamlet into another"), roles=CHANGERS)
def merge_hamlets(actor: Actor, hamlet: Region) -> Decision:
    """The other one must lie in the actor's charge too. It cannot be undone."""
    return ALLOWED


@permission(_("Move households to another hamlet"), roles=[Role.TOWNSHIP_STAFF, SYSTEM_ROLE])
def move_households(actor: Actor, hamlet: Region) -> Decision:
    """Within one village. It shows the register: that goes no further up than the township."""
    return ALLOWED
