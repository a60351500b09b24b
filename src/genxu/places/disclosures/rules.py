"""Who draws up the open accounts, who signs them, who shows them; everybody reads them."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import (
    ALLOWED,
    HOUSEHOLD_ROLE,
    SYSTEM_ROLE,
    Actor,
    Decision,
    Kind,
    denied,
    permission,
)
from genxu.people.models import Household
from genxu.people.roles import Role
from genxu.places.ledger.models import Book

from .models import Disclosure, Told

DRAWERS = (Role.BOOKKEEPER, Role.TOWNSHIP_STAFF)
"""Whoever keeps the books: the village's bookkeeper, or the township in its place (村账乡代管)."""
SIGNERS = (Role.SUPERVISOR,)
"""村务监督委员会: who handles the money is none of them (村民委员会组织法 32)."""


@permission(_("See how the accounts are shown"), roles=Disclosure.seen_by, reading=True)
def see_disclosures(actor: Actor) -> Decision:
    """Which books were shown and which are late, in the order of the places: nobody is last."""
    return ALLOWED


@permission(_("Draw up open accounts"), roles=[*DRAWERS, SYSTEM_ROLE])
def draw_disclosure(actor: Actor, book: Book) -> Decision:
    """At least each quarter, each month where much moves (村民委员会组织法 30)."""
    return ALLOWED


@permission(_("Mend or show open accounts"), roles=[*DRAWERS, Role.VILLAGE_STAFF, SYSTEM_ROLE])
def keep_disclosure(actor: Actor, disclosure: Disclosure) -> Decision:
    """By who draws them up, or by the village; shown to all once another one has signed."""
    return ALLOWED


@permission(_("Sign open accounts"), roles=SIGNERS)
def sign_disclosure(actor: Actor, disclosure: Disclosure) -> Decision:
    """By a supervisor of the accounts, never by who drew them up or keeps these books; no relative
    of theirs is one (村民委员会组织法 32)."""
    if actor.account_id is not None and actor.account_id == disclosure.drawn_by_id:
        return denied(_("You drew it up yourself; somebody else signs."))
    if actor.holds([Role.BOOKKEEPER], disclosure.place_id):
        return denied(_("Who keeps the books does not sign for them."))
    return ALLOWED


@permission(_("Say how often a book is shown"), roles=[Role.TOWNSHIP_STAFF])
def set_pace(actor: Actor, book: Book) -> Decision:
    """By the township, where the rule of the many entries does not fit a book."""
    return ALLOWED


@permission(_("Print open accounts for the wall"), roles=Disclosure.seen_by, reading=True)
def print_disclosure(actor: Actor, disclosure: Disclosure) -> Decision:
    """Who owns no telephone reads them there."""
    return ALLOWED


@permission(_("Ask about a line of the accounts"), roles=[HOUSEHOLD_ROLE])
def ask_line(actor: Actor, household: Household, line: Told) -> Decision:
    """By a household of the place whose money it is (财农〔2021〕121号 36: what villagers ask about
    the accounts is answered)."""
    if actor.kind is not Kind.HOUSEHOLD or int(actor.key) != household.pk:
        return denied(_("This is another household's page."))
    if not line.disclosure.is_shown:
        return denied(_("These accounts are not open yet."))
    if not household.hamlet_id.startswith(line.disclosure.place_id):
        return denied(_("These are the accounts of another place."))
    return ALLOWED
