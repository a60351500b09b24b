"""Who may see and keep the registers of households, and who opens accounts."""

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
from genxu.regions.models import Region

from .history import LivingAt
from .models import Account, Grant, Household
from .roles import ACTING, EVERY_ROLE, IN_HAMLET, KEEPERS, RUNG, Role


@permission(_("See one's own home page"), roles=EVERY_ROLE, reading=True)
def see_home(actor: Actor) -> Decision:
    """Whoever holds any role has a home."""
    return ALLOWED


@permission(_("See one's own week"), roles=IN_HAMLET, reading=True)
def see_week(actor: Actor) -> Decision:
    """Whoever is at work in a hamlet: her own list, which nobody else can open."""
    return ALLOWED


@permission(_("Take back one's own last step"), roles=ACTING)
def take_back(actor: Actor, row: LivingAt) -> Decision:
    """Only whoever took it; for how long, the row itself says."""
    last = row.steps.order_by("-pk").first()
    if last is None or last.by_id is None or last.by_id != actor.account_id:
        return denied(_("Only whoever took the last step can take it back."))
    return ALLOWED


@permission(_("See one's own offices"), roles=EVERY_ROLE, reading=True)
def see_own_offices(actor: Actor) -> Decision:
    """What one serves as, and whether everybody may ring there."""
    return ALLOWED


@permission(_("Let one's number stand on the public page"), roles=RUNG)
def show_office_phone(actor: Actor, grant: Grant) -> Decision:
    """By the holder alone, for each number, and taken back any time (个人信息保护法 15, 25)."""
    if grant.account_id != actor.account_id:
        return denied(_("Only whoever holds the office decides on her number."))
    return ALLOWED


@permission(_("See the households of a hamlet"), roles=Household.seen_by, reading=True)
def see_households(actor: Actor) -> Decision:
    """The register holds names and phone numbers: it stays with the hamlet, village, township."""
    return ALLOWED


@permission(_("Take the households out as a spreadsheet"), roles=KEEPERS, reading=True)
def export_households(actor: Actor) -> Decision:
    """What the reader may see, complete; each export is logged."""
    return ALLOWED


@permission(_("See who needs looking after"), roles=KEEPERS, reading=True)
def see_needs(actor: Actor, place: Region) -> Decision:
    """Sensitive (个人信息保护法 28): for those who handle it; each reading is logged."""
    return ALLOWED


@permission(_("See which households have a slip"), roles=KEEPERS, reading=True)
def see_slips(actor: Actor, place: Region) -> Decision:
    """Who has one and when it was printed; no code is shown."""
    return ALLOWED


@permission(_("Open an account"), roles=[SYSTEM_ROLE])
def open_account(actor: Actor) -> Decision:
    """Done on the server by its operator."""
    return ALLOWED


@permission(_("Set a password"), roles=[SYSTEM_ROLE])
def set_password(actor: Actor, account: Account) -> Decision:
    """Done on the server by its operator, for whoever has forgotten hers."""
    return ALLOWED


@permission(_("Give an account another number"), roles=[SYSTEM_ROLE])
def give_number(actor: Actor, account: Account) -> Decision:
    """Done on the server by its operator; for who serves in a hamlet, her office does it."""
    return ALLOWED


@permission(_("Grant a role"), roles=[SYSTEM_ROLE])
def grant_role(actor: Actor) -> Decision:
    """Done on the server by its operator."""
    return ALLOWED


@permission(_("Take a role away"), roles=[SYSTEM_ROLE])
def revoke_role(actor: Actor) -> Decision:
    """Done on the server by its operator."""
    return ALLOWED


@permission(_("Erase an account"), roles=[SYSTEM_ROLE])
def erase_account(actor: Actor) -> Decision:
    """Done on the server by its operator, for one whose last office has ended."""
    return ALLOWED


@permission(_("Enter households in the register"), roles=[*KEEPERS, SYSTEM_ROLE])
def register_households(actor: Actor, place: Region) -> Decision:
    """By the form or from a spreadsheet, for one hamlet or for all below a village or township."""
    return ALLOWED


@permission(_("Correct a household"), roles=[*KEEPERS, SYSTEM_ROLE])
def correct_household(actor: Actor, household: Household) -> Decision:
    """By whoever keeps the register of its hamlet."""
    return ALLOWED


@permission(_("Merge a household with its double"), roles=[*KEEPERS, SYSTEM_ROLE])
def merge_households(actor: Actor, keep: Household) -> Decision:
    """It can be undone."""
    return ALLOWED


@permission(_("Undo a merging"), roles=[*KEEPERS, SYSTEM_ROLE])
def undo_merge(actor: Actor, household: Household) -> Decision:
    """By whoever keeps the register of its hamlet."""
    return ALLOWED


@permission(_("Say that two households are not the same"), roles=[*KEEPERS, SYSTEM_ROLE])
def tell_apart(actor: Actor, household: Household) -> Decision:
    """By whoever keeps the register of its hamlet."""
    return ALLOWED


@permission(_("Note that a household moved away"), roles=[*KEEPERS, SYSTEM_ROLE])
def move_away(actor: Actor, household: Household) -> Decision:
    """It stays in the register, without being counted."""
    return ALLOWED


@permission(_("Note that a household came back"), roles=[*KEEPERS, SYSTEM_ROLE])
def come_back(actor: Actor, household: Household) -> Decision:
    """Or never was away: then that is taken back. With its old number, if nobody else has it."""
    return ALLOWED


@permission(_("Erase the name and phone of a household"), roles=[*KEEPERS, SYSTEM_ROLE])
def erase_household(actor: Actor, household: Household) -> Decision:
    """个人信息保护法 47. Nobody can undo it."""
    return ALLOWED


@permission(_("Note what a household needs"), roles=[Role.SECRETARY, Role.VILLAGE_STAFF])
def set_needs(actor: Actor, household: Household) -> Decision:
    """By those who know the household; the township reads it."""
    return ALLOWED


@permission(_("Make the slips of a hamlet"), roles=[*KEEPERS, SYSTEM_ROLE])
def issue_links(actor: Actor, hamlet: Region) -> Decision:
    """Each household gets the code of its own page."""
    if not hamlet.is_hamlet:
        return denied(_("Slips are made hamlet by hamlet."))
    return ALLOWED


@permission(_("Print the slips of a hamlet"), roles=KEEPERS)
def print_slips(actor: Actor, hamlet: Region) -> Decision:
    """Whoever holds a slip opens the household's own page: the journal keeps who and why."""
    return ALLOWED


@permission(_("Print or read out the slip of a household"), roles=KEEPERS)
def print_slip(actor: Actor, household: Household) -> Decision:
    """The journal keeps who and why; what a code does that was read out is marked."""
    return ALLOWED


@permission(_("Replace the slip of a household"), roles=[*KEEPERS, SYSTEM_ROLE])
def renew_link(actor: Actor, household: Household) -> Decision:
    """A slip that was lost opens nothing any more."""
    return ALLOWED


@permission(_("Open one's own page by the code of the slip"), public=True, reading=True)
def open_own_page(actor: Actor) -> Decision:
    """Without log-in; the code is the power, wrong codes are slowed down."""
    return ALLOWED


def _own(actor: Actor, household: Household) -> Decision:
    """Who holds a household's slip acts for this household only."""
    if actor.kind is Kind.HOUSEHOLD and actor.key == str(household.pk):
        return ALLOWED
    return denied(_("This is another household's page."))


@permission(_("Correct one's own household"), roles=[HOUSEHOLD_ROLE])
def correct_own_record(actor: Actor, household: Household) -> Decision:
    """个人信息保护法 46: everybody may have what is kept about them corrected."""
    return _own(actor, household)


@permission(_("Ask to be erased"), roles=[HOUSEHOLD_ROLE])
def ask_erasure(actor: Actor, household: Household) -> Decision:
    """个人信息保护法 47, 50: the request waits for those who keep the register."""
    return _own(actor, household)
