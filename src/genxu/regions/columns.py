"""How a spreadsheet that goes out names the hamlet of each row."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.writing import Out


def place_columns(hamlet: str = "hamlet") -> list[Out[Any]]:
    """Code, village and hamlet; ``hamlet`` is the way to it from the row. It is read with
    ``hamlet__parent``."""
    return [
        Out(_("Place code"), f"{hamlet}_id", 18),
        Out(_("Village"), f"{hamlet}.parent", 16),
        Out(_("Hamlet"), hamlet, 16),
    ]
