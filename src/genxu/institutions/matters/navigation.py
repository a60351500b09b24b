"""Where matters are found, by staff, by centre households and by whoever holds a receipt."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Link, Tile, list_at
from genxu.core.rules import open_public

from .rules import record_matter, see_matters, see_neighbours

LINKS = [
    Link("neighbours", _("My neighbours"), 10, see_neighbours),
    Link("find_receipt", _("My receipt"), 20, open_public, behind=("/my/receipt/",)),
    Link("note_matter", _("Note a matter"), 15, record_matter),
    Link("matters", _("Matters"), 30, see_matters),
]
TILES = [
    Tile("institutions.suggestions", {"dashboard": 20}),
    Tile("institutions.matters_open", {"dashboard": 30}, list_at("matters", group="open")),
    Tile("institutions.matters_open", {"home": 20}, list_at("matters", group="open"),
         term=_("Open matters")),
    Tile("institutions.matters_overdue", {"dashboard": 40, "home": 30},
         list_at("matters", group="overdue"), alarming=True),
    Tile("institutions.matters_done", {"dashboard": 50, "home": 40},
         list_at("matters", group="done"), trend=_("Matters done, month by month")),
    Tile("institutions.matters_closed", {"dashboard": 60}, list_at("matters", group="closed")),
    Tile("institutions.matters_unconfirmed", {"dashboard": 70},
         list_at("matters", group="unconfirmed")),
    Tile("institutions.matters_explained", {"ends": 10}, list_at("matters", group="explained")),
    Tile("institutions.matters_no_agreement", {"ends": 20},
         list_at("matters", group="no_agreement")),
]  # fmt: skip
