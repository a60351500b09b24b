"""Where talks are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Link, Tile, list_at

from .rules import see_talks

LINKS = [Link("talks", _("Talks"), 20, see_talks)]
TILES = [
    Tile("institutions.talks_held", {"dashboard": 10, "home": 10}, list_at("talks"),
         trend=_("Talks held, month by month")),
]  # fmt: skip
