"""Where the funds are found: a door at each place, a figure among those of the roots."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Link, Tile, list_at

from .rules import see_funds

WEEK = [Link("spendings", _("Asked of the funds"), 48, see_funds)]
BEHIND = {"books": ("/funds/", "/contributions/", "/spendings/", "/budgets/")}
DOORS = [
    Door(_("Running funds"), _("What came, what is asked, what is there"), 69, see_funds,
         list_at("funds")),
]  # fmt: skip
TILES = [Tile("places.funds_received", {"places": 30}, list_at("contributions"), see_funds)]
