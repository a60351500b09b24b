"""Who opens a campaign, who speaks for a hamlet, who looks elsewhere."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, denied, permission
from genxu.people.roles import Role
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from .models import Campaign, Part, Sample

SPEAKERS = (Role.SECRETARY, Role.VILLAGE_STAFF)
LOOKERS = Sample.seen_by


@permission(_("See campaigns"), roles=Campaign.seen_by, reading=True)
def see_campaigns(actor: Actor) -> Decision:
    """What is left in the places in one's charge; never who is last."""
    return ALLOWED


@permission(_("Prepare a campaign"), roles=[Role.COUNTY_STAFF])
def prepare_campaign(actor: Actor, hamlet: Region) -> Decision:
    """By the county: programs and campaigns come from no lower (国办函〔2026〕12号)."""
    if hamlet.level != Level.COUNTY:
        return denied(_("A campaign is the county's."))
    return ALLOWED


@permission(_("Open a campaign, move or end it, draw a sample"), roles=[Role.COUNTY_STAFF])
def steer_campaign(actor: Actor, campaign: Campaign) -> Decision:
    """By the county that prepared it."""
    return ALLOWED


@permission(_("Let a campaign end on its day"), roles=[SYSTEM_ROLE])
def close_campaign(actor: Actor, campaign: Campaign) -> Decision:
    """By the clock."""
    return ALLOWED


@permission(_("Make a matter of what a campaign has left"), roles=[SYSTEM_ROLE])
def leave_over(actor: Actor, part: Part) -> Decision:
    """By the clock, hamlet by hamlet."""
    return ALLOWED


@permission(_("See what a hamlet says in a campaign"), roles=Part.seen_by, reading=True)
def see_part(actor: Actor, part: Part) -> Decision:
    """Who of its households is meant, those alone who keep its register."""
    return ALLOWED


@permission(_("Speak for a hamlet in a campaign"), roles=SPEAKERS)
def speak_in_campaign(actor: Actor, part: Part) -> Decision:
    """By its secretary, or by the village where it has none."""
    return ALLOWED


@permission(_("See what was drawn to be looked at"), roles=LOOKERS, reading=True)
def see_samples(actor: Actor) -> Decision:
    """By the office that it was given to: the name of the hamlet, what it said, how many."""
    return ALLOWED


@permission(_("Look at what another place has said"), roles=LOOKERS)
def look_at_sample(actor: Actor, sample: Sample) -> Decision:
    """By the office that it was given to; nobody looks at his own place or his own word."""
    return why_not(actor, sample)


def why_not(actor: Actor, sample: Sample) -> Decision:
    part = sample.part
    if not actor.holds_at(LOOKERS, sample.checker_id):
        return denied(_("It was given to another office."))
    if actor.account_id is not None and part.said_by_id == actor.account_id:
        return denied(_("You said it yourself; somebody else looks."))
    near = (g.place for g in actor.grants if len(g.place) > LENGTHS[Level.COUNTY])
    if any(part.hamlet_id.startswith(place) for place in near):
        return denied(_("That is your own place; somebody from elsewhere looks."))
    return ALLOWED
