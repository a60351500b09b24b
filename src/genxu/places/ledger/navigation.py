from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Link, Tile, list_at

from .rules import see_books

LINKS = [Link("books", _("Accounts"), 47, see_books, behind=("/vouchers/", "/bank-lines/"))]
DOORS = [
    Door(_("Accounts"), _("What came in, what went out, what is there"), 68, see_books,
         list_at("books")),
]  # fmt: skip
TILES = [
    Tile("places.collective_income", {"places": 45}, list_at("books", kind="collective"),
         see_books),
]  # fmt: skip
