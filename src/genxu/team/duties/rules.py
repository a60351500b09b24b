"""Who may see rotas, prepare them, swap turns, and note what was found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, denied, permission
from genxu.people.roles import KEEPERS, Role
from genxu.regions.models import Region

from .models import OnRota, Rota, Turn

STEERERS = (Role.SECRETARY, Role.VILLAGE_STAFF)
MEMBERS = (Role.CENTRE_HOUSEHOLD, Role.MEMBER)
ON_IT = (*STEERERS, *MEMBERS)
"""Those who may have a turn themselves, or write down what they are told."""
NOT_HERS = _("This is somebody else's turn; the secretary writes down what two agree on.")


def steers(actor: Actor, rota: Rota) -> bool:
    return actor.holds(STEERERS, rota.place_code)


def speaks_for(actor: Actor, rota: Rota, person: OnRota) -> Decision:
    """Her own, or told to whoever steers the rota."""
    if steers(actor, rota) or OnRota.objects.of(actor).filter(pk=person.pk).exists():
        return ALLOWED
    return denied(NOT_HERS)


@permission(_("See duty rotas"), roles=Rota.seen_by, reading=True)
def see_rotas(actor: Actor) -> Decision:
    """The list is cut to what is visible to the actor."""
    return ALLOWED


@permission(_("See one's own turns"), roles=MEMBERS, reading=True)
def see_own_turns(actor: Actor) -> Decision:
    """Her own turns to come, and those that others offer; whoever steers reads the whole rota."""
    return ALLOWED


@permission(_("Prepare a duty rota"), roles=STEERERS)
def prepare_rota(actor: Actor, hamlet: Region) -> Decision:
    """By the secretary or the village, for a hamlet."""
    if not hamlet.is_hamlet:
        return denied(_("A rota is made for a hamlet."))
    return ALLOWED


@permission(_("Change a duty rota"), roles=STEERERS)
def change_rota(actor: Actor, rota: Rota) -> Decision:
    """By whoever may prepare it."""
    return ALLOWED


@permission(_("Put somebody on a duty rota"), roles=STEERERS)
def enrol_person(actor: Actor, rota: Rota) -> Decision:
    """By whoever may prepare it."""
    return ALLOWED


@permission(_("Write down when somebody can take turns"), roles=STEERERS)
def ask_person(actor: Actor, rota: Rota) -> Decision:
    """By whoever may prepare it: when she can come, or that she is exempt."""
    return ALLOWED


@permission(_("Take somebody off a duty rota"), roles=STEERERS)
def release_person(actor: Actor, rota: Rota) -> Decision:
    """By whoever may prepare it."""
    return ALLOWED


@permission(_("Deal the turns of a duty rota"), roles=KEEPERS)
def deal_rota(actor: Actor, rota: Rota) -> Decision:
    """By whoever keeps it; the township does it for all its hamlets at once."""
    return ALLOWED


@permission(_("Have the rotas of many hamlets dealt"), roles=[Role.TOWNSHIP_STAFF])
def deal_rotas(actor: Actor, place: Region) -> Decision:
    """Of all that are being prepared there; each hamlet makes its own known."""
    return ALLOWED


@permission(_("Make a duty rota known"), roles=STEERERS)
def publish_rota(actor: Actor, rota: Rota) -> Decision:
    """By whoever may prepare it."""
    return ALLOWED


@permission(_("Move a day of a duty rota"), roles=STEERERS)
def move_day(actor: Actor, rota: Rota) -> Decision:
    """By whoever may prepare it."""
    return ALLOWED


@permission(_("End a duty rota"), roles=STEERERS)
def end_rota(actor: Actor, rota: Rota) -> Decision:
    """By whoever may prepare it."""
    return ALLOWED


@permission(_("Offer a turn to the others"), roles=ON_IT)
def offer_turn(actor: Actor, rota: Rota, turn: Turn) -> Decision:
    """One's own, or as told to the secretary."""
    return speaks_for(actor, rota, turn.person)


@permission(_("Withdraw an offered turn"), roles=ON_IT)
def withdraw_turn(actor: Actor, rota: Rota, turn: Turn) -> Decision:
    """One's own, or as told to the secretary."""
    return speaks_for(actor, rota, turn.person)


@permission(_("Take an offered turn"), roles=ON_IT)
def take_turn(actor: Actor, rota: Rota, person: OnRota) -> Decision:
    """For oneself, or as told to the secretary."""
    return speaks_for(actor, rota, person)


@permission(_("Write down that two have swapped"), roles=STEERERS)
def hand_turn(actor: Actor, rota: Rota, turn: Turn) -> Decision:
    """By whoever may prepare it, as the two say."""
    return ALLOWED


@permission(_("Say who stood in"), roles=ON_IT)
def stand_in(actor: Actor, rota: Rota) -> Decision:
    """Whoever is on the rota, for oneself; or as told to the secretary."""
    if steers(actor, rota) or OnRota.objects.of(actor).filter(rota=rota).exists():
        return ALLOWED
    return denied(_("You are not on this rota; the secretary writes down who came."))


@permission(_("Note what was found on duty"), roles=ON_IT)
def note_day(actor: Actor, rota: Rota, turn: Turn) -> Decision:
    """Whoever had a turn on that day, or as told to the secretary."""
    same_day = rota.turns.filter(day=turn.day).values("person")
    if steers(actor, rota) or OnRota.objects.of(actor).filter(pk__in=same_day).exists():
        return ALLOWED
    return denied(_("Whoever was on duty notes it, or tells the secretary."))


@permission(_("Enter many people on duty rotas at once"), roles=[*KEEPERS, SYSTEM_ROLE])
def record_duty_people(actor: Actor, place: Region) -> Decision:
    """From a spreadsheet, onto the rotas that stand in the places in one's charge."""
    return ALLOWED
