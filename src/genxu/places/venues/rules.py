"""Who keeps the places of a hamlet, and who sees them."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import ALLOWED, SYSTEM_ROLE, Actor, Decision, denied, permission
from genxu.people.roles import KEEPERS, Role
from genxu.regions.models import Region

from .models import Face, Venue


@permission(_("See the places of the hamlets"), roles=Venue.seen_by, reading=True)
def see_venues(actor: Actor) -> Decision:
    """Houses, rooms and things are no secret; who hangs on the wall is for those who keep it."""
    return ALLOWED


@permission(_("Look at a place"), roles=Venue.seen_by, reading=True)
def see_venue(actor: Actor, venue: Venue) -> Decision:
    """The same of one of them."""
    return ALLOWED


@permission(_("Enter a place"), roles=KEEPERS)
def open_venue(actor: Actor, hamlet: Region) -> Decision:
    """In the hamlet where the house stands."""
    if not hamlet.is_hamlet:
        return denied(_("A place is entered in its hamlet."))
    return ALLOWED


@permission(_("Keep a place"), roles=KEEPERS)
def keep_venue(actor: Actor, venue: Venue) -> Decision:
    """Its rooms, its things, its six elements, its agreement; closed and in use again."""
    return ALLOWED


@permission(_("Hang a member's picture on the wall"), roles=KEEPERS)
def hang_face(actor: Actor, venue: Venue) -> Decision:
    """Party membership is sensitive (个人信息保护法 28–29): only once he has agreed to this."""
    return ALLOWED


@permission(_("Take a picture off the wall"), roles=[*KEEPERS, Role.MEMBER])
def take_face_down(actor: Actor, venue: Venue) -> Decision:
    """By those who keep the place, or a member his own: nobody asks why."""
    if actor.holds(KEEPERS, venue.place_code) or Face.objects.of(actor, venue).exists():
        return ALLOWED
    return denied(_("Only he himself, or who keeps the place, takes it down."))


@permission(_("Have something missing seen to"), roles=KEEPERS)
def raise_missing(actor: Actor, venue: Venue) -> Decision:
    """One of the six elements that is not there becomes a matter."""
    return ALLOWED


@permission(_("Enter places by spreadsheet"), roles=[*KEEPERS, Role.COUNTY_STAFF, SYSTEM_ROLE])
def record_venues(actor: Actor, place: Region) -> Decision:
    """A village, a township or a county enters those of its hamlets at once."""
    return ALLOWED
