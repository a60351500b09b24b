"""Where collectives are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Tile, list_at

from .rules import see_collectives

BEHIND = {"books": ("/collectives/",)}
DOORS = [
    Door(_("Collectives"), _("Members and shares"), 82, see_collectives, list_at("collectives")),
]
TILES = [Tile("places.members", {"places": 55}, list_at("collective_roll"), see_collectives)]
