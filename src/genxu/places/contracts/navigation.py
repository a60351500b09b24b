"""Where contracts are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Link, Tile, list_at

from .rules import see_contracts

WEEK = [Link("contracts", _("Contracts"), 36, see_contracts)]
BEHIND = {"books": ("/contracts/",)}
DOORS = [
    Door(_("Contracts"), _("What comes in, what is let out, which rents are due"), 49,
         see_contracts, list_at("contracts")),
]  # fmt: skip
TILES = [
    Tile("places.land_in_cooperation", {"places": 40}, list_at("contracts", group="in"),
         see_contracts),
]  # fmt: skip
