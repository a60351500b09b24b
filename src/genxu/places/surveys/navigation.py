"""Where surveys are found, and the mean that they tell."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Tile, list_at

from .rules import see_surveys

BEHIND = {"place_organisation": ("/surveys/",)}
DOORS = [
    Door(_("Surveys of incomes"), _("Once a year, from door to door; told as a mean only"), 89,
         see_surveys, list_at("surveys")),
]  # fmt: skip
TILES = [Tile("places.income_per_head", {"places": 50}, list_at("surveys"), see_surveys)]
