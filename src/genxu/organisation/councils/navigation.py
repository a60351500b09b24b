"""Where village councils are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Tile, list_at

from .rules import see_councils

BEHIND = {"place_organisation": ("/councils/",)}
DOORS = [
    Door(_("Village councils"), _("Seats and five groups"), 50, see_councils, list_at("councils")),
]
TILES = [Tile("organisation.councils", {"organisation": 60, "roots": 50}, list_at("councils"))]
