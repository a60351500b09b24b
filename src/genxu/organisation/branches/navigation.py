"""Where Party organisations are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, Tile, list_at

from .models import Organisation
from .queries import BRANCHES
from .rules import see_organisations
from .workflow import State

BEHIND = {"place_organisation": ("/organisations/",)}
DOORS = [
    Door(_("Party organisations"), _("Branches, groups, terms"), 20, see_organisations,
         list_at("organisations")),
]  # fmt: skip
TILES = [
    Tile("organisation.branches", {"organisation": 20, "roots": 10},
         list_at("organisations", kind=BRANCHES, state=State.FOUNDED)),
    Tile("organisation.party_groups", {"organisation": 30, "roots": 20},
         list_at("organisations", kind=Organisation.Kind.PARTY_GROUP, state=State.FOUNDED)),
]  # fmt: skip
