"""Where appraisals are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, list_at

from .rules import see_appraisals

BEHIND = {
    "place_organisation": ("/appraisals/", "/appraised/", "/appeals/"),
    "my_membership": ("/my/appraisals/",),
}
DOORS = [
    Door(_("Yearly appraisals"), _("Own word, each other's, the opinion"), 66, see_appraisals,
         list_at("appraisals")),
]  # fmt: skip
