"""The figures of one's own place."""

from django.utils.translation import gettext_lazy as _

from genxu.core.navigation import Link

from .rules import see_figures

LINKS = [
    Link("dashboard", _("Figures"), 60, see_figures, at_place=True, behind=("/insight/",)),
]
