"""Where bookings are found, by those who may know who booked."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Link, Tile, list_at

from .rules import see_bookings

BEHIND = {"venues": ("/bookings/",)}
DOORS = [
    Door(_("Bookings"), _("Who uses which room when"), 84, see_bookings, list_at("bookings")),
]
WEEK = [Link("bookings", _("Bookings"), 30, see_bookings)]
TILES = [
    Tile("places.bookings", {"places": 25}, list_at("bookings"), see_bookings,
         trend=_("Bookings month by month")),
]  # fmt: skip
