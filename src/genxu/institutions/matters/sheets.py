"""Matters as a spreadsheet, out: only words that the reader may read, nobody who raised them."""

from collections.abc import Callable
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.writing import Out
from genxu.regions.columns import place_columns

from .models import Matter


def _if_readable(name: str) -> Callable[[Matter], Any]:
    return lambda matter: getattr(matter, name) if matter.readable else ""


COLUMNS: list[Out[Any]] = [
    Out(_("Number"), "pk", 10),
    *place_columns(),
    Out(_("What is to be done"), "shown_title", 40),
    Out(_("Tier"), lambda matter: matter.get_tier_display(), 14),
    Out(_("State"), lambda matter: matter.get_state_display(), 14),
    Out(_("Registered on"), lambda matter: localdate(matter.registered_at), 12),
    Out(_("Due on"), lambda matter: localdate(matter.due_at), 12),
    Out(_("Done on"), "done_on", 12),
    Out(_("Lies with"), "place", 16),
    Out(_("Given to"), _if_readable("assignee_name"), 16),
    Out(_("What was done"), "shown_result", 40),
]
