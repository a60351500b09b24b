"""Where open accounts are found."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Door, list_at

from .rules import see_disclosures

BEHIND = {"books": ("/disclosures/",)}
DOORS = [
    Door(_("Open accounts"), _("What was shown to all, what is due"), 122, see_disclosures,
         list_at("disclosures")),
]  # fmt: skip
