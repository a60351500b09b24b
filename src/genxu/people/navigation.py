"""Where the registers of households are found, and a household finds its own page."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Link, Tile, list_at
from genxu.core.rules import open_public

from .rules import see_households

LINKS = [
    Link("find_household", _("My household"), 30, open_public, behind=("/my/household/",)),
    Link("households", _("Households"), 40, see_households),
]
DOORS = [Door(_("Households"), _("The register"), 10, see_households, list_at("households"))]
TILES = [
    Tile("people.population", {"organisation": 10, "roots": 60}, list_at("households"),
         see_households),
]  # fmt: skip
