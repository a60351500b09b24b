"""Where distributions are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, list_at

from .rules import see_distributions

BEHIND = {"books": ("/distributions/",)}
DOORS = [
    Door(_("Distributions"), _("What the collective shares out, to the fen"), 96,
         see_distributions, list_at("distributions")),
]  # fmt: skip
