"""The columns of the register as a spreadsheet."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.writing import Out
from genxu.regions.codes import Level

from .models import Household
from .queries import name_at


def columns(names: dict[str, str]) -> list[Out[Household]]:
    """Where, who, how many; ``names`` are the names of the places by their codes."""

    def at(level: Level) -> Callable[[Household], str]:
        return lambda one: name_at(names, one.hamlet_id, level)

    return [
        Out(_("County"), at(Level.COUNTY)),
        Out(_("Township"), at(Level.TOWNSHIP)),
        Out(_("Village"), at(Level.VILLAGE)),
        Out(_("Hamlet"), at(Level.HAMLET)),
        Out(_("Code of the hamlet"), "hamlet_id", 18),
        Out(_("Number"), "number", 8),
        Out(_("Name of the head"), "head_name"),
        Out(_("Phone number"), "phone", 16),
        Out(_("How many people"), "head_count", 10),
    ]
