"""The copy that a household takes with it (个人信息保护法 45): its page as plain text."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core import clock

from .models import Household
from .record import Kept, kept_of, words_of
from .record_queries import needs_of, readings_of

BOM = "\ufeff"
"""So that a phone, and Windows too, shows Chinese."""


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else _("the day was not kept")


def _section(title: Any, lines: Iterable[str]) -> list[str]:
    found = list(lines) or [_("Nothing.")]
    return ["", f"【{title}】", *found]


def _kept(things: Iterable[Kept]) -> list[str]:
    return [
        f"{one.label}：{one.value}" + (f"（{_day(one.since)}）" if one.since else "")
        for one in things
    ]


def _facts(household: Household) -> list[str]:
    number = _("%(hamlet)s, number %(n)s") % {"hamlet": household.hamlet, "n": household.number}
    facts = [
        (_("Name of the head"), household.head_name or "—"),
        (_("How many people"), household.head_count),
        (_("Phone number"), household.phone_masked or "—"),
        (_("House number"), number),
    ]
    if household.left_on:
        facts.append((_("Moved away"), _day(household.left_on)))
    if household.erasure_asked_on:
        facts.append((_("Asked to be erased"), _day(household.erasure_asked_on)))
    return [f"{label}：{value}" for label, value in facts]


def copy_of(household: Household, *, own: bool = True) -> str:
    """All that is kept of a household, section by section. What it said and what was said to it is
    its own: staff who look on (not ``own``) read of a personal matter, of a dispute no more by its
    code than without it."""
    needs = [f"{one.get_kind_display()}（{_day(one.noted_on)}）" for one in needs_of(household)]
    readings = readings_of(household)
    read = [" ｜ ".join(filter(None, (_day(one.on), one.office, one.where))) for one in readings]
    read += ["…"] if readings.cut else []
    lines = [
        _("What is kept of our household"),
        _day(clock.today()),
        *_section(_("Your household"), _facts(household)),
        *_section(_("What you need"), needs),
        *_section(_("Who has read what you need"), read),
        *_section(_("What else is kept"), _kept(kept_of(household, own=own))),
        *(_section(_("What you raised"), _kept(words_of(household))) if own else []),
        "",
        _("No ID numbers, no faces, no positions are kept."),
    ]
    return BOM + "\r\n".join(lines) + "\r\n"
