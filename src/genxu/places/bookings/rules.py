"""Who books, who keeps the book, and what everybody may read."""

from django.utils.translation import gettext_lazy as _

from genxu.core.access import (
    ALLOWED,
    HOUSEHOLD_ROLE,
    Actor,
    Decision,
    Kind,
    denied,
    permission,
)
from genxu.people.models import Household
from genxu.people.roles import KEEPERS
from genxu.places.venues.models import Venue

from .models import SEEN_BY, Booking


def _is_ours(actor: Actor, booking: Booking) -> Decision:
    """The household that booked, a double of it too."""
    if actor.kind is Kind.HOUSEHOLD and booking.household_id:
        own = Household.objects.filter(pk=int(actor.key)).first()
        if own and booking.household_id in own.entries:
            return ALLOWED
    return denied(_("This is another household's booking."))


@permission(_("See what is on in a place"), public=True, reading=True)
def see_month(actor: Actor) -> Decision:
    """Kinds and hours, events by their titles; nobody's name."""
    return ALLOWED


@permission(_("See who booked"), roles=SEEN_BY, reading=True)
def see_bookings(actor: Actor) -> Decision:
    """For those who keep the place, and those who book for their neighbours."""
    return ALLOWED


@permission(_("Look at a booking"), roles=SEEN_BY, reading=True)
def see_booking(actor: Actor, booking: Booking) -> Decision:
    """The same of one of them."""
    return ALLOWED


@permission(_("Print the month of a place"), roles=SEEN_BY, reading=True)
def print_month(actor: Actor, venue: Venue) -> Decision:
    """For the wall: without a name."""
    return ALLOWED


@permission(_("Book a room"), roles=SEEN_BY)
def book_venue(actor: Actor, venue: Venue) -> Decision:
    """For the hamlet, or noted down for somebody who rang or came."""
    return ALLOWED


@permission(_("Book a room by one's code"), roles=[HOUSEHOLD_ROLE])
def book_own(actor: Actor, venue: Venue, household: Household) -> Decision:
    """By the household itself, in its hamlet."""
    own = Household.objects.filter(pk=int(actor.key)).first()
    if own and own.pk == household.pk and own.lives_here:
        return ALLOWED
    return denied(_("This is another household's page."))


@permission(_("Change a booking"), roles=SEEN_BY)
def keep_booking(actor: Actor, booking: Booking) -> Decision:
    """Changed, withdrawn; whether it took place and how many came."""
    return ALLOWED


@permission(_("Hand things over and take them back"), roles=KEEPERS)
def hand_things(actor: Actor, booking: Booking) -> Decision:
    """By those who have the key."""
    return ALLOWED


@permission(_("Note what whoever is asked to move says"), roles=SEEN_BY)
def note_answer(actor: Actor, booking: Booking) -> Decision:
    """What was said to somebody; of the hamlet's own bookings it is his to say."""
    return ALLOWED


@permission(_("Change one's own booking"), roles=[HOUSEHOLD_ROLE])
def keep_own(actor: Actor, booking: Booking) -> Decision:
    """On her own page: withdrawn, moved for a funeral or not."""
    return _is_ours(actor, booking)
