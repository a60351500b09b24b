"""Who may read and verify the journal, and what everybody may open."""

from django.utils.translation import gettext_lazy as _

from .access import ALLOWED, Actor, Decision, permission

AUDITOR = "auditor"


@permission(_("Open the public pages"), public=True, reading=True)
def open_public(actor: Actor) -> Decision:
    """Public pages need no log-in (国办函〔2026〕12号)."""
    return ALLOWED


@permission(_("Search and verify the journal"), roles=[AUDITOR], reading=True)
def read_journal(actor: Actor) -> Decision:
    """The auditor sees what was done in the places of the grant."""
    return ALLOWED
