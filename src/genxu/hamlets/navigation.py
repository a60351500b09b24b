"""Where a hamlet is changed: from its own page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Placed
from genxu.core.navigation import Door
from genxu.regions.codes import LENGTHS, Level

from .rules import see_hamlet


def _address(place: Placed) -> str:
    code = place.place_code
    return reverse("hamlet", args=[code]) if len(code) == LENGTHS[Level.HAMLET] else ""


BEHIND = {"place_organisation": ("/hamlets/",)}
DOORS = [Door(_("The hamlet itself"), _("Rename, merge, close"), 90, see_hamlet, _address)]
