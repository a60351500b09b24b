"""Where spreadsheets are taken in."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door

from .rules import see_imports

BEHIND = {"place_organisation": ("/imports/",)}
DOORS = [
    Door(_("Take in a spreadsheet"), _("Look first, then enter"), 70, see_imports,
         lambda _place: reverse("imports")),
]  # fmt: skip
