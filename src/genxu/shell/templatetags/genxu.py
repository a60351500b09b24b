"""What templates need everywhere: badges, dates as people say them, QR codes."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

import segno
from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import PERMISSIONS
from genxu.core.actions import ACTIONS
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.workflow import STEPS, State
from genxu.portal.icons import ICONS

register = template.Library()

STATE_CLASS = {
    State.REGISTERED: "is-waiting",
    State.TRIAGED: "is-waiting",
    State.ASSIGNED: "is-working",
    State.UNDER_WAY: "is-working",
    State.RETURNED: "is-returned",
    State.DONE: "is-done",
    State.ASKED_BACK: "is-done",
    State.CLOSED: "is-closed",
    State.UNCONFIRMED: "is-unconfirmed",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small line drawing, see ``genxu.portal.icons``."""
    return ICONS[name]


@register.simple_tag
def state_badge(matter: Matter) -> SafeString:
    """Where a matter stands, in a word and a colour; overdue and soon go before the rest."""
    if matter.is_overdue:
        return _badge("is-overdue", _("Overdue"))
    if matter.is_due_soon:
        return _badge("is-soon", _("Due soon"))
    return _badge(STATE_CLASS[State(matter.state)], matter.get_state_display())


@register.simple_tag
def state_word(state: str) -> SafeString:
    return _badge(STATE_CLASS[State(state)], State(state).label)


def _badge(name: str, text: Any) -> SafeString:
    return _badge_of(name, str(text))


@lru_cache(maxsize=256)
def _badge_of(name: str, text: str) -> SafeString:
    return format_html('<span class="badge-state {}">{}</span>', name, text)


@register.filter
def numbered(number: int) -> str:
    """The number of a matter as one says it."""
    return _("No. %(n)s") % {"n": number}


@register.simple_tag
def tier_badge(matter: Matter) -> SafeString | str:
    if not matter.tier:
        return ""
    return _tier_of(matter.tier, str(matter.get_tier_display()))


@lru_cache(maxsize=32)
def _tier_of(tier: str, text: str) -> SafeString:
    return format_html('<span class="tier tier-{}">{}</span>', tier, text)


@register.filter
def told(step: Any) -> Any:
    """A step in plain words."""
    if step.step == "register":
        return _("It was written down.")
    if step.step == "give_verdict" and step.to_state == State.UNDER_WAY:
        return _("Not settled: it is taken up again.")
    if step.step == "give_verdict" and step.to_state == State.CLOSED:
        return _("A good word was given; the matter is closed.")
    if step.step == "close_unconfirmed" and step.to_state == State.CLOSED:
        return _("Who could be reached was satisfied; the matter is closed.")
    if step.step == "give_verdict" and step.from_state == step.to_state:
        return _("One of those who raised it has answered.")
    return STEPS[step.step].told


@register.filter
def action_label(name: str) -> Any:
    """What an action, or a reading, of the journal is called: as its permission is."""
    permission = ACTIONS[name].permission if name in ACTIONS else PERMISSIONS.get(name)
    return permission.label if permission else name


@register.filter
def detail_value(value: Any) -> str:
    """A detail of the journal as it is read: the members of a list one after the other."""
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as one says it: today, yesterday, 5月24日, with the year if it is another one."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    today = clock.today()
    if value == today:
        return _("today")
    if (today - value).days == 1:
        return _("yesterday")
    if value.year == today.year:
        return date_format(value, "MONTH_DAY_FORMAT")
    return date_format(value, "DATE_FORMAT")


@register.simple_tag
def due_words(matter: Matter) -> str:
    """By when, in words: in 3 days, today, 2 days late."""
    days = (timezone.localdate(matter.due_at) - clock.today()).days
    if matter.is_overdue:
        late = max(-days, 1)
        return ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
    if days == 0:
        return _("due today")
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


@register.filter
def qr(address: str) -> SafeString:
    """A QR code as inline SVG; a fixed mask makes it quick, no boost keeps it small."""
    code = segno.make(address, mask=2, boost_error=False, error="m")
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S308


@register.filter
def share(value: int, total: int) -> int:
    """A whole percentage; nothing of nothing is 0."""
    return round(100 * value / total) if total else 0


@register.simple_tag(takes_context=True)
def full_address(context: Any, path: str) -> str:
    """An address as it goes on paper."""
    return str(context["request"].build_absolute_uri(path))


@register.filter
def thousands(value: int) -> str:
    """A count with its thousands set apart."""
    return f"{value:,}"


@register.filter
def counted(figures: dict[str, int], key: str) -> int:
    """One of a place's figures; their keys have dots, which a template cannot follow."""
    return figures.get(key, 0)


STOPS = (
    (State.REGISTERED,),
    (State.TRIAGED,),
    (State.ASSIGNED, State.RETURNED),
    (State.UNDER_WAY,),
    (State.DONE, State.ASKED_BACK),
    (State.CLOSED, State.UNCONFIRMED),
)


@register.simple_tag
def stops(matter: Matter, history: list[Any]) -> list[dict[str, Any]]:
    """The way of a matter as six stops: which lie behind it, where it is, and since when."""
    reached = {state: step.at for step in history for state in [step.to_state]}
    now = next(n for n, states in enumerate(STOPS) if matter.state in states)
    way = []
    for n, states in enumerate(STOPS):
        here = n == now
        state = State(matter.state) if here else states[0]
        days = [reached[state] for state in states if state in reached]
        place = "is-now" if here else "is-past" if n < now else ""
        wrong = here and (matter.is_overdue or matter.state == State.RETURNED)
        name = f"{place} is-wrong" if wrong else place
        when = max(days) if days and n <= now else None
        way.append({"label": state.label, "name": name, "when": when, "here": here})
    return way


@register.filter
def tone(step: Any) -> str:
    """The colour of a step's dot: settled, gone wrong, or neither."""
    if step.to_state == State.CLOSED or step.step == "finish":
        return "is-done"
    if step.step in ("return", "reopen") or (
        step.step == "give_verdict" and step.to_state == State.UNDER_WAY
    ):
        return "is-bad"
    return ""


@register.simple_tag
def trend_bars(months: list[Any]) -> list[dict[str, Any]]:
    """Bars of a drawing 360 wide whose base lies at 118; each quarter is labelled."""
    slot = 360 / max(len(months), 1)
    top = max((month.change for month in months), default=0)
    bars = []
    for n, month in enumerate(months):
        height = round(92 * month.height / 100, 1)
        last = n == len(months) - 1
        labelled = month.month.month % 3 == 1
        bars.append({
            "name": date_format(month.month, "YEAR_MONTH_FORMAT"),
            "value": str(month.change),
            "x": f"{n * slot + slot * 0.16:.1f}",
            "y": f"{118 - height:.1f}",
            "width": f"{slot * 0.68:.1f}",
            "height": f"{height:.1f}",
            "middle": f"{(n + 0.5) * slot:.1f}",
            "now": last,
            "told": month.change > 0 and (last or month.change == top),
            "label": _month_label(month.month) if labelled else "",
        })  # fmt: skip
    return bars


def _month_label(month: date) -> str:
    return str(month.year) if month.month == 1 else date_format(month, "M")
