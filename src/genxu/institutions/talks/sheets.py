"""Talks as a spreadsheet, out: one row an evening, without what was said and by whom."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.sheets.writing import Out
from genxu.regions.columns import place_columns

COLUMNS: list[Out[Any]] = [
    *place_columns(),
    Out(_("Number"), lambda talk: talk.number if talk.stands else "", 8),
    Out(_("Date"), "held_on", 12),
    Out(_("Topic"), "topic", 36),
    Out(_("Place"), "venue", 20),
    Out(_("How many came"), "head_count", 10),
    Out(_("Suggestions"), "said", 10),
    Out(_("Host"), "host", 12),
    Out(_("Recorder"), "recorder", 12),
    Out(_("State"), lambda talk: talk.get_state_display(), 14),
]
