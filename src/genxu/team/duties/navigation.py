"""Where rotas are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Link, Tile, list_at

from .rules import see_own_turns, see_rotas

LINKS = [Link("my_turns", _("My turns"), 45, see_own_turns)]
BEHIND = {"place_organisation": ("/duties/",)}
DOORS = [Door(_("Duty rotas"), _("Clean-ups, keeping watch"), 71, see_rotas, list_at("rotas"))]
TILES = [
    Tile("team.members_on_duty", {"team": 30}, list_at("rotas"), see_rotas),
    Tile("team.cleanups_held", {"team": 35}, list_at("rotas", kind="cleanup"), see_rotas),
]
