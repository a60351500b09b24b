"""Who drafts and signs contracts, who notes their rents, who reads them."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, denied, permission
from genxu.people.roles import Role
from genxu.places.ledger.rules import BOOKERS
from genxu.regions.codes import Level
from genxu.regions.models import Region

from .models import Contract

DRAFTERS = (Role.BOOKKEEPER, Role.SECRETARY, Role.VILLAGE_STAFF)


@permission(_("See contracts"), roles=Contract.seen_by, reading=True)
def see_contracts(actor: Actor) -> Decision:
    """What common land and houses are let for is no secret to who keeps, watches or audits them."""
    return ALLOWED


@permission(_("Print the rents that come due"), roles=Contract.seen_by, reading=True)
def print_dues(actor: Actor) -> Decision:
    """As the list shows them."""
    return ALLOWED


@permission(_("Draft a contract"), roles=[*DRAFTERS, SYSTEM_ROLE])
def draft_contract(actor: Actor, hamlet: Region) -> Decision:
    """At the village or the hamlet whose collective it binds."""
    if hamlet.level not in (Level.VILLAGE, Level.HAMLET):
        return denied(_("A contract is a village's or a hamlet's."))
    return ALLOWED


@permission(_("Change, sign or end a contract"), roles=[*DRAFTERS, SYSTEM_ROLE])
def change_contract(actor: Actor, contract: Contract) -> Decision:
    """By those who drafted it; a meeting decides where that is asked for."""
    return ALLOWED


@permission(_("Note a rent"), roles=[*BOOKERS, SYSTEM_ROLE])
def note_rent(actor: Actor, contract: Contract) -> Decision:
    """By the bookkeeper: it is written in the books at once."""
    return ALLOWED


@permission(_("Enter contracts from a spreadsheet"), roles=[*DRAFTERS, SYSTEM_ROLE])
def record_contracts(actor: Actor, place: Region) -> Decision:
    """Contracts that were signed before."""
    return ALLOWED
