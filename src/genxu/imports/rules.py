"""Who may bring spreadsheets in, and have long lists written out."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, denied, permission
from genxu.people.roles import EVERYONE_BUT_AUDITORS, KEEPERS
from genxu.regions.models import Region

from .models import Import


@permission(_("See one's own spreadsheets"), roles=KEEPERS, reading=True)
def see_imports(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor: her own, and those of her office."""
    return ALLOWED


@permission(_("Take a spreadsheet in"), roles=Import.seen_by)
def import_sheet(actor: Actor, place: Region) -> Decision:
    """For a place in one's charge; each row asks the permission of its own register again."""
    return ALLOWED


@permission(_("Go on with one's own spreadsheet"), roles=[*KEEPERS, SYSTEM_ROLE])
def steer_import(actor: Actor, sheet: Import) -> Decision:
    """By the one who brought it, or who holds the office in which it was brought."""
    return ALLOWED if sheet.is_of(actor) else denied(_("Somebody else brought this."))


@permission(_("Have a long list written in the background"), roles=EVERYONE_BUT_AUDITORS)
def ask_export(actor: Actor, place: Region) -> Decision:
    """What the list holds is decided by the list itself, with the power held when it is written."""
    return ALLOWED


@permission(_("Forget what an old spreadsheet said"), roles=[SYSTEM_ROLE])
def forget_sheet(actor: Actor, sheet: Import) -> Decision:
    """Done by the program itself (个人信息保护法 19: the shortest time that the purpose needs)."""
    return ALLOWED
