"""Where disputes are found by those who settle them."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Link, Tile, list_at

from .rules import see_disputes

WEEK = [Link("disputes", _("Disputes"), 20, see_disputes)]
BEHIND = {"place_organisation": ("/disputes/",)}
DOORS = [
    Door(_("Disputes"), _("Told, talked over, agreed; read by few"), 75, see_disputes,
         list_at("disputes")),
]  # fmt: skip
TILES = [Tile("team.disputes_settled", {"team": 70})]
