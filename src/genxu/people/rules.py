"""Who may see households and open accounts."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, permission
from genxu.regions.models import Region

from .roles import EVERY_ROLE, Role


@permission(_("See one's own home page"), roles=EVERY_ROLE, reading=True)
def see_home(actor: Actor) -> Decision:
    """Whoever holds any role has a home."""
    return ALLOWED


KEEPERS = (Role.SECRETARY, Role.VILLAGE_STAFF, Role.TOWNSHIP_STAFF)
"""Those who keep the registers of their hamlets: nobody further up reads residents' names."""


@permission(_("See the households of a hamlet"), roles=KEEPERS, reading=True)
def see_households(actor: Actor) -> Decision:
    """The register holds names and phone numbers: it stays with the hamlet, village, township."""
    return ALLOWED


@permission(_("Open an account"), roles=[SYSTEM_ROLE])
def open_account(actor: Actor) -> Decision:
    """Done on the server by its operator."""
    return ALLOWED


@permission(_("Grant a role"), roles=[SYSTEM_ROLE])
def grant_role(actor: Actor) -> Decision:
    """Done on the server by its operator."""
    return ALLOWED


@permission(_("Take a role away"), roles=[SYSTEM_ROLE])
def revoke_role(actor: Actor) -> Decision:
    """Done on the server by its operator."""
    return ALLOWED


@permission(_("Enter households in the register"), roles=[*KEEPERS, SYSTEM_ROLE])
def register_households(actor: Actor, place: Region) -> Decision:
    """By the form or from a spreadsheet, for one hamlet or for all below a village or township."""
    return ALLOWED
