"""Who may do what with suggestions and matters."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import (
    ALLOWED,
    HOUSEHOLD_ROLE,
    RECEIPT_ROLE,
    SYSTEM_ROLE,
    Actor,
    Decision,
    denied,
    permission,
)
from genxu.organisation.centre_households.neighbours import centre_household_of
from genxu.people.models import Household
from genxu.people.roles import HAMLET_ROLES, HANDLERS, STAFF, Role
from genxu.regions.codes import Level, child_towards, level_of, parent_of
from genxu.regions.models import Region

from .models import Matter, Suggestion
from .workflow import FINISHED, SHARED_TIERS, Tier

TOP_LEVEL = Level.COUNTY
ABOVE = (Role.VILLAGE_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF, Role.CITY_STAFF)


def is_assignee(actor: Actor, matter: Matter) -> bool:
    return actor.account_id is not None and matter.assignee_id == actor.account_id


def handles(actor: Actor, matter: Matter) -> bool:
    """Whether the matter lies with the level at which the actor works."""
    return actor.holds_at(HANDLERS, matter.place_id)


def is_above(actor: Actor, matter: Matter) -> bool:
    """Whether the actor works one level above where the matter lies."""
    above = parent_of(matter.place_id)
    return above is not None and actor.holds_at(ABOVE, above)


def may_read(actor: Actor, matter: Matter) -> bool:
    """Common and specialist matters are read by all in charge; a personal one, and one not yet
    triaged, only at the level that handles it and below (个人信息保护法 28: sensitive)."""
    return matter.tier in SHARED_TIERS or knows_who(actor, matter)


def knows_who(actor: Actor, matter: Matter) -> bool:
    """Whether the actor may know who raised it: its handler, and whoever has it in hand."""
    if is_assignee(actor, matter):
        return True
    return any(
        grant.role in (Role.SECRETARY, *STAFF)
        and matter.hamlet_id.startswith(grant.place)
        and len(grant.place) >= len(matter.place_id)
        for grant in actor.grants
    )


def asks_from_village(actor: Actor, matter: Matter) -> bool:
    """Whether the actor works in the village of the hamlet and may ask back there: of what is done,
    and not personal."""
    village = parent_of(matter.hamlet_id) or ""
    shared = matter.tier in SHARED_TIERS and matter.state in FINISHED
    return shared and actor.holds_at([Role.VILLAGE_STAFF], village)


def hears(actor: Actor, matter: Matter, suggestion: Suggestion) -> bool:
    """Whether the actor may know who raised this, to hear what she says of it: those who handle
    it, the village, and the centre household that looks after her household."""
    if knows_who(actor, matter) or asks_from_village(actor, matter):
        return True
    if suggestion.household_id is None or not actor.plays([Role.CENTRE_HOUSEHOLD]):
        return False
    account = centre_household_of([suggestion.household_id]).get(suggestion.household_id)
    return account is not None and account.pk == actor.account_id


def _in_hand(actor: Actor, matter: Matter) -> Decision:
    if handles(actor, matter) or is_assignee(actor, matter):
        return ALLOWED
    return denied(_("This matter lies with somebody else now."))


def _at_own_level(actor: Actor, matter: Matter) -> Decision:
    if handles(actor, matter):
        return ALLOWED
    return denied(_("This matter lies with another level now."))


def _at_hamlet(matter: Matter) -> bool:
    return matter.place_id == matter.hamlet_id


@permission(_("See matters"), roles=Matter.seen_by, reading=True)
def see_matters(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor."""
    return ALLOWED


@permission(_("Read a matter"), roles=Matter.seen_by, reading=True)
def read_matter(actor: Actor, matter: Matter) -> Decision:
    """What a personal matter says is for its handlers."""
    if may_read(actor, matter):
        return ALLOWED
    return denied(_("This is a personal matter. Only those who handle it may read it."))


@permission(
    _("See one’s neighbours and their matters"), roles=[Role.CENTRE_HOUSEHOLD], reading=True
)
def see_neighbours(actor: Actor) -> Decision:
    """A centre household sees the households that it looks after, with what they need, and of
    their personal matters those that were given to it (个人信息保护法 28: for the handler)."""
    return ALLOWED


@permission(_("See what was said and by whom"), roles=Suggestion.seen_by, reading=True)
def see_suggestions(actor: Actor, suggestion: Suggestion) -> Decision:
    """Names of those who raised something stay in the hamlet."""
    return ALLOWED


@permission(_("Print or read out a receipt"), roles=[Role.SECRETARY])
def print_receipt(actor: Actor, suggestion: Suggestion) -> Decision:
    """The journal keeps who and why; what a code does that was read out is marked."""
    return ALLOWED


@permission(_("Replace a receipt"), roles=[Role.SECRETARY])
def replace_receipt(actor: Actor, suggestion: Suggestion) -> Decision:
    """A receipt that was lost opens nothing any more."""
    return ALLOWED


@permission(_("Note a matter down"), roles=[*HAMLET_ROLES, Role.VILLAGE_STAFF])
def record_matter(actor: Actor, hamlet: Region) -> Decision:
    """记一件事, any day and anywhere; a centre household for those whom it looks after."""
    if not hamlet.is_hamlet:
        return denied(_("Choose a hamlet first."))
    return ALLOWED


@permission(_("Say something on one’s own page"), roles=[HOUSEHOLD_ROLE])
def say_something(actor: Actor, household: Household) -> Decision:
    """By the household itself; the secretary sorts it."""
    if actor.key == str(household.pk):
        return ALLOWED
    return denied(_("This is another household's page."))


@permission(_("Open another matter for a suggestion"), roles=[Role.SECRETARY])
def open_matter(actor: Actor, suggestion: Suggestion) -> Decision:
    """One suggestion may need two matters."""
    return ALLOWED


@permission(_("Let a suggestion join a matter"), roles=[Role.SECRETARY])
def join_matter(actor: Actor, matter: Matter) -> Decision:
    """A second resident's same wish joins the first."""
    return ALLOWED


@permission(_("Triage a matter"), roles=[Role.SECRETARY])
def triage_matter(actor: Actor, matter: Matter) -> Decision:
    """The branch sorts what its residents raised, while it lies with the hamlet."""
    return _by_its_branch(actor, matter)


@permission(_("Correct the words of a matter"), roles=[Role.SECRETARY])
def correct_matter(actor: Actor, matter: Matter) -> Decision:
    """By whoever may sort it, with a reason; what stood before is kept."""
    return _by_its_branch(actor, matter)


def _by_its_branch(actor: Actor, matter: Matter) -> Decision:
    if not _at_hamlet(matter):
        return denied(_("It is with a level above now; the hamlet sorts it when it is back."))
    return _at_own_level(actor, matter)


@permission(_("Assign a matter"), roles=HANDLERS)
def assign_matter(actor: Actor, matter: Matter) -> Decision:
    """Within one's own level."""
    return _at_own_level(actor, matter)


@permission(_("Take a matter on oneself"), roles=HANDLERS)
def take_on_matter(actor: Actor, matter: Matter) -> Decision:
    """我来办: within one's own level."""
    return _at_own_level(actor, matter)


@permission(_("Start work on a matter"), roles=[*HANDLERS, Role.CENTRE_HOUSEHOLD])
def start_matter(actor: Actor, matter: Matter) -> Decision:
    """By the level where it lies, or by the one it was given to."""
    return _in_hand(actor, matter)


@permission(_("Note progress"), roles=[*HANDLERS, Role.CENTRE_HOUSEHOLD])
def note_progress(actor: Actor, matter: Matter) -> Decision:
    """By the level where it lies, or by the one it was given to."""
    return _in_hand(actor, matter)


@permission(_("Pass a matter on"), roles=HANDLERS)
def pass_on_matter(actor: Actor, matter: Matter) -> Decision:
    """转办: to somebody else at the same level."""
    return _at_own_level(actor, matter)


@permission(_("Pass a matter up one level"), roles=HANDLERS)
def pass_up_matter(actor: Actor, matter: Matter) -> Decision:
    """Only a specialist matter climbs, one level at a time, up to the county."""
    if matter.tier != Tier.SPECIALIST:
        return denied(_("Only a specialist matter goes up. Triage it as specialist first."))
    if level_of(matter.place_id) == TOP_LEVEL:
        return denied(_("It is with the county already, the highest level that handles matters."))
    return _at_own_level(actor, matter)


@permission(_("Take a matter back that was passed up"), roles=HANDLERS)
def recall_matter(actor: Actor, matter: Matter) -> Decision:
    """By the level that sent it, until it is opened."""
    if _at_hamlet(matter):
        return denied(_("It is in the hamlet already."))
    if actor.holds_at(HANDLERS, child_towards(matter.place_id, matter.hamlet_id)):
        return ALLOWED
    return denied(_("Only the level that passed it up takes it back."))


@permission(_("Urge a matter that was passed up"), roles=HANDLERS)
def urge_matter(actor: Actor, matter: Matter) -> Decision:
    """催办: by the levels below that wait for it."""
    if _at_hamlet(matter):
        return denied(_("It is in the hamlet already."))
    waits = [g for g in actor.grants if g.role in HANDLERS and matter.hamlet_id.startswith(g.place)]
    if any(len(grant.place) > len(matter.place_id) for grant in waits):
        return ALLOWED
    return denied(_("Only those urge it who wait below."))


@permission(_("Count a deadline anew"), roles=[SYSTEM_ROLE])
def count_deadline_anew(actor: Actor, matter: Matter) -> Decision:
    """By the program, when the holidays of its year are published."""
    return ALLOWED


@permission(
    _("Answer the hamlet"), roles=[Role.VILLAGE_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF]
)
def answer_matter(actor: Actor, matter: Matter) -> Decision:
    """The level that could settle it sends its answer back to the hamlet."""
    if _at_hamlet(matter):
        return denied(_("It is in the hamlet already."))
    return _at_own_level(actor, matter)


@permission(_("Give a matter back"), roles=[*HANDLERS, Role.CENTRE_HOUSEHOLD])
def return_matter(actor: Actor, matter: Matter) -> Decision:
    """退回: a level gives it back to the one below, a helper to the secretary."""
    if _at_hamlet(matter):
        if is_assignee(actor, matter):
            return ALLOWED
        return denied(_("Only the one it was given to can give it back."))
    return _at_own_level(actor, matter)


@permission(_("Ask for more time"), roles=[*HANDLERS, Role.CENTRE_HOUSEHOLD])
def ask_extension(actor: Actor, matter: Matter) -> Decision:
    """延期: by who has it in hand."""
    return _in_hand(actor, matter)


@permission(_("Decide on more time"), roles=ABOVE)
def decide_extension(actor: Actor, matter: Matter) -> Decision:
    """Approved or refused by the level above the one that asks."""
    if is_above(actor, matter):
        return ALLOWED
    return denied(_("The level just above decides on more time."))


@permission(_("Report a matter done"), roles=HAMLET_ROLES)
def finish_matter(actor: Actor, matter: Matter) -> Decision:
    """In the hamlet, where the resident can see it."""
    if not _at_hamlet(matter):
        return denied(_("It is still with a level above; the answer must come back first."))
    return _in_hand(actor, matter)


@permission(_("Ask a resident back"), roles=HAMLET_ROLES)
def ask_back_matter(actor: Actor, matter: Matter) -> Decision:
    """By the secretary, or the centre household that has it in hand."""
    if knows_who(actor, matter):
        return ALLOWED
    return denied(_("This matter lies with somebody else now."))


@permission(_("Give a verdict"), roles=[RECEIPT_ROLE])
def give_verdict(actor: Actor, matter: Matter, suggestion: Suggestion) -> Decision:
    """By the receipt of the suggestion; so is what was noted down for her disowned, and an answer
    taken back."""
    if actor.key != str(suggestion.pk):
        return denied(_("This receipt belongs to another suggestion."))
    return ALLOWED


@permission(
    _("Note down what a resident says of a matter"), roles=[*HAMLET_ROLES, Role.VILLAGE_STAFF]
)
def note_verdict(actor: Actor, matter: Matter, suggestion: Suggestion) -> Decision:
    """By word of mouth, and never by the one who did the work: by another of the hamlet, or by the
    village's staff."""
    if suggestion.raised_by == Suggestion.RaisedBy.NOBODY:
        return denied(_("Nobody was named here; only whoever holds the receipt can say."))
    if not hears(actor, matter, suggestion):
        return denied(_("This matter lies with somebody else now."))
    if actor.account_id in matter.workers:
        return denied(
            _(
                "You had this in hand yourself. Somebody else hears what she says: another of the "
                "hamlet, or the village. Or she answers by her receipt."
            )
        )
    return ALLOWED


@permission(_("Let an answer that was noted down stand"), roles=[SYSTEM_ROLE])
def confirm_verdict(actor: Actor, matter: Matter) -> Decision:
    """After seven days, by the clock alone."""
    return ALLOWED


@permission(_("Explain why a matter cannot be done"), roles=HANDLERS)
def explain_matter(actor: Actor, matter: Matter) -> Decision:
    """解释说明: by the level that handles it, or that judges it."""
    return _at_own_level(actor, matter)


@permission(_("Judge a matter that was not settled twice"), roles=ABOVE)
def judge_matter(actor: Actor, matter: Matter) -> Decision:
    """By the level above, to which it went after the second reopening."""
    return _at_own_level(actor, matter)


@permission(_("Close a matter as unconfirmed"), roles=[Role.SECRETARY])
def close_unconfirmed_matter(actor: Actor, matter: Matter) -> Decision:
    """After three tries on different days."""
    return ALLOWED


@permission(_("Reopen a matter"), roles=[Role.SECRETARY, Role.VILLAGE_STAFF])
def reopen_matter(actor: Actor, matter: Matter) -> Decision:
    """By the hamlet or its village, when it turns out not to be settled."""
    if matter.tier == Tier.PERSONAL and not knows_who(actor, matter):
        return denied(_("This is a personal matter. Only those who handle it may read it."))
    return ALLOWED


@permission(_("Open a receipt"), public=True, reading=True)
def open_receipt(actor: Actor) -> Decision:
    """Whoever holds the code; it cannot be guessed, and guessing is slowed down."""
    return ALLOWED
