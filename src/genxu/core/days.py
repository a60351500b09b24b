"""A day on which something happened, as an action keeps it: not one still to come."""

from datetime import date

from django.utils.translation import gettext as _

from . import clock
from .errors import Invalid
from .promises import StrOrPromise

LONG_AGO = date(1949, 10, 1)
"""What is noted here did not happen before that."""


def wrong_day(
    field: str, day: date | None, first: date | None = None, too_early: StrOrPromise = ""
) -> dict[str, StrOrPromise]:
    """Field → what is wrong: it is still to come, or before the ``first`` that it can be
    (``too_early`` says that). No day is not wrong by itself."""
    if day and day < LONG_AGO:
        return {field: _("That is very long ago; is the year right?")}
    if day and day > clock.today():
        return {field: _("That day is still to come.")}
    return {field: too_early} if day and first and day < first else {}


def happened(
    day: date, field: str, first: date | None = None, too_early: StrOrPromise = ""
) -> date:
    """The day; ``Invalid`` at its field if it is wrong."""
    if wrong := wrong_day(field, day, first, too_early):
        raise Invalid(wrong)
    return day
