"""Where the places of a hamlet are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Link, Tile, list_at

from .rules import see_venues

LINKS = [Link("venues", _("Places"), 45, see_venues)]
DOORS = [
    Door(_("Places"), _("Rooms, what is in them, who uses them when"), 83, see_venues,
         list_at("venues")),
]  # fmt: skip
TILES = [Tile("places.venues", {"places": 20}, list_at("venues"), see_venues)]
