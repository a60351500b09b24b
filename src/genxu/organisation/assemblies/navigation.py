"""Where assemblies are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, list_at

from .rules import see_assemblies

BEHIND = {"place_organisation": ("/assemblies/",)}
DOORS = [
    Door(_("Assemblies"), _("What was decided, what counts"), 60, see_assemblies,
         list_at("assemblies")),
]  # fmt: skip
