"""Who may change the tree of places."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, permission


@permission(_("Import the tree of places"), roles=[SYSTEM_ROLE])
def import_regions(actor: Actor) -> Decision:
    """Done on the server by its operator."""
    return ALLOWED


@permission(_("Give a place another code"), roles=[SYSTEM_ROLE])
def recode_region(actor: Actor) -> Decision:
    """Done on the server by its operator."""
    return ALLOWED


@permission(_("Add a hamlet"), roles=[SYSTEM_ROLE])
def add_hamlet(actor: Actor) -> Decision:
    """Done on the server by its operator."""
    return ALLOWED
