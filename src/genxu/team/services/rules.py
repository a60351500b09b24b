"""Who keeps the catalogue, posts stewards, and does what with an errand."""

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
from genxu.people.roles import KEEPERS, Role
from genxu.regions.codes import Level
from genxu.regions.models import Region

from .models import Certification, Errand, Item, Link, Posting

SERVING = (*KEEPERS, Role.STEWARD)
CATALOGUE = (Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF, SYSTEM_ROLE)
LEVELS = (Level.COUNTY, Level.TOWNSHIP)


@permission(_("See the catalogue of errands"), roles=Item.seen_by, reading=True)
def see_items(actor: Actor) -> Decision:
    """What can be done for a resident, what to bring, by which official way."""
    return ALLOWED


@permission(_("Put an item into the catalogue"), roles=CATALOGUE)
def add_item(actor: Actor, hamlet: Region) -> Decision:
    """By the county for all of it, by a township for itself."""
    if hamlet.level not in LEVELS:
        return denied(_("The catalogue is kept by the county or a township."))
    return ALLOWED


@permission(_("Change an item of the catalogue, or end it"), roles=CATALOGUE)
def change_item(actor: Actor, item: Item) -> Decision:
    """By those who keep it; an item that ended stays with its errands."""
    return ALLOWED


@permission(_("See stewards"), roles=Posting.seen_by, reading=True)
def see_stewards(actor: Actor) -> Decision:
    """Who serves where, posted by which unit: never by presence or hours."""
    return ALLOWED


@permission(_("Post a steward to a hamlet"), roles=KEEPERS)
def post_steward(actor: Actor, hamlet: Region) -> Decision:
    """By those who keep the hamlet's registers."""
    if not hamlet.is_hamlet:
        return denied(_("A steward serves in a hamlet."))
    return ALLOWED


@permission(_("Correct a posting, or end it"), roles=KEEPERS)
def change_posting(actor: Actor, posting: Posting) -> Decision:
    """With the posting end its links, and what had not been done yet."""
    return ALLOWED


@permission(_("Link households to a steward"), roles=KEEPERS)
def link_households(actor: Actor, posting: Posting) -> Decision:
    """With the yes of each of them."""
    return ALLOWED


@permission(_("See which household has which steward"), roles=Link.seen_by, reading=True)
def see_links(actor: Actor) -> Decision:
    """For those who keep the register."""
    return ALLOWED


@permission(_("Note that a household wants its steward no more"), roles=KEEPERS)
def end_link(actor: Actor, link: Link) -> Decision:
    """As the household told it; on its own page it says so itself."""
    return ALLOWED


@permission(_("Enter stewards from a spreadsheet"), roles=[*KEEPERS, SYSTEM_ROLE])
def record_postings(actor: Actor, place: Region) -> Decision:
    """Units and whom they post, in the places in one's charge."""
    return ALLOWED


@permission(_("Enter links to households from a spreadsheet"), roles=[*KEEPERS, SYSTEM_ROLE])
def record_links(actor: Actor, place: Region) -> Decision:
    """With the day of each yes, in the places in one's charge."""
    return ALLOWED


# --- certifications ------------------------------------------------------------------------------


@permission(_("See certifications that fall due"), roles=Certification.seen_by, reading=True)
def see_certifications(actor: Actor) -> Decision:
    """A steward those of the households linked to him."""
    return ALLOWED


@permission(_("Note whose pension is certified"), roles=SERVING)
def note_certification(actor: Actor, hamlet: Region) -> Decision:
    """A word for who it is, and the month; a steward for households linked to him."""
    if not hamlet.is_hamlet:
        return denied(_("It is noted hamlet by hamlet."))
    return ALLOWED


@permission(_("Correct a certification, or end it"), roles=SERVING)
def change_certification(actor: Actor, certification: Certification) -> Decision:
    """A steward those of the households linked to him: the others he does not see."""
    return ALLOWED


# --- errands -------------------------------------------------------------------------------------


def is_steward_of(actor: Actor, errand: Errand) -> bool:
    """Whether it is his own errand."""
    account = errand.posting.account_id
    return account is not None and account == actor.account_id


def _own(actor: Actor, household: Household) -> Decision:
    if actor.kind is Kind.HOUSEHOLD and actor.key == str(household.pk):
        return ALLOWED
    return denied(_("This is another household's page."))


def _of_ours(actor: Actor, errand: Errand) -> Decision:
    """The household itself, a double of it too."""
    if actor.kind is Kind.HOUSEHOLD:
        own = Household.objects.filter(pk=int(actor.key)).first()
        if own and errand.household_id in own.entries:
            return ALLOWED
    return denied(_("This is another household's page."))


@permission(_("See errands"), roles=SERVING, reading=True)
def see_errands(actor: Actor) -> Decision:
    """Those who keep the register, and each steward his own."""
    return ALLOWED


@permission(_("See one's day as a steward"), roles=[Role.STEWARD], reading=True)
def see_day(actor: Actor) -> Decision:
    """Phone and door of linked households, only while an errand runs."""
    return ALLOWED


@permission(_("Note that a household asks for an errand"), roles=SERVING)
def ask_errand(actor: Actor, hamlet: Region) -> Decision:
    """A steward for households linked to him; nothing is done before the household says yes."""
    if not hamlet.is_hamlet:
        return denied(_("It is noted hamlet by hamlet."))
    return ALLOWED


@permission(_("Ask for an errand on one's own page"), roles=[HOUSEHOLD_ROLE])
def ask_own_errand(actor: Actor, household: Household) -> Decision:
    """By the code of the slip: asking is her yes."""
    return _own(actor, household)


@permission(_("Note a household's yes to an errand"), roles=SERVING)
def authorise_errand(actor: Actor, errand: Errand) -> Decision:
    """By word of mouth somebody else than the steward has heard it; a slip or a thumb he takes."""
    return ALLOWED


@permission(_("Say yes to an errand"), roles=[HOUSEHOLD_ROLE])
def authorise_own_errand(actor: Actor, errand: Errand) -> Decision:
    """This item, this once."""
    return _of_ours(actor, errand)


@permission(_("Do an errand"), roles=[Role.STEWARD])
def do_errand(actor: Actor, errand: Errand) -> Decision:
    """By the steward whose errand it is, while the household's yes stands."""
    if not is_steward_of(actor, errand):
        return denied(_("This errand is another steward's."))
    return ALLOWED


@permission(_("Note that a household withdraws an errand"), roles=SERVING)
def withdraw_errand(actor: Actor, errand: Errand) -> Decision:
    """At any time before it is done; nothing may be done afterwards."""
    return ALLOWED


@permission(_("Withdraw one's errand"), roles=[HOUSEHOLD_ROLE])
def withdraw_own_errand(actor: Actor, errand: Errand) -> Decision:
    """One tap, at any time before it is done."""
    return _of_ours(actor, errand)


@permission(_("Note what a household says of an errand"), roles=KEEPERS)
def note_word(actor: Actor, errand: Errand) -> Decision:
    """By somebody who did not do it."""
    if is_steward_of(actor, errand):
        return denied(_("Whoever did it does not note what she says of it."))
    return ALLOWED


@permission(_("Say what one thinks of an errand"), roles=[HOUSEHOLD_ROLE])
def give_word(actor: Actor, errand: Errand) -> Decision:
    """Her own word stands above what was noted down for her."""
    return _of_ours(actor, errand)


@permission(_("Do one's household without a steward"), roles=[HOUSEHOLD_ROLE])
def refuse_steward(actor: Actor, household: Household) -> Decision:
    """It can say no at any time."""
    return _own(actor, household)


@permission(_("Settle or void errands as days pass"), roles=[SYSTEM_ROLE])
def let_time_pass(actor: Actor, errand: Errand) -> Decision:
    """A noted good word stands after seven days, a yes is void after thirty."""
    return ALLOWED
