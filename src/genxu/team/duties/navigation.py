"""Where rotas are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Link, Tile, list_at

from .rules import see_own_turns, see_rotas

WEEK = [Link("my_turns", _("All my turns"), 10, see_own_turns)]
BEHIND = {"place_organisation": ("/duties/",), "week": ("/my/turns/",)}
DOORS = [Door(_("Duty rotas"), _("Clean-ups, keeping watch"), 71, see_rotas, list_at("rotas"))]
TILES = [
    Tile("team.members_on_duty", {"team": 30}, list_at("rotas"), see_rotas),
    Tile("team.cleanups_held", {"team": 35}, list_at("rotas", kind="cleanup"), see_rotas),
]
