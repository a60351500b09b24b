"""What templates say of matters: where one stands, by when, how its way went."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.shell.badges import badge, label

from ..models import Matter
from ..workflow import ENDED, FOR_VILLAGERS, FOR_WHO_RAISED, State

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
    State.WITHDRAWN: "is-unconfirmed",
    State.REFERRED: "is-waiting",
    State.EXPLAINED: "is-unconfirmed",
    State.NO_AGREEMENT: "is-unconfirmed",
}

STOPS = (
    (State.REGISTERED,),
    (State.TRIAGED,),
    (State.ASSIGNED, State.RETURNED),
    (State.UNDER_WAY, State.REFERRED),
    (State.DONE, State.ASKED_BACK),
    (*ENDED, State.WITHDRAWN),
)


@register.simple_tag
def state_badge(matter: Matter) -> SafeString:
    """Where a matter stands, in a word and a colour; overdue and soon go before the rest."""
    if matter.is_overdue:
        return badge("is-overdue", _("Overdue"))
    if matter.is_due_soon:
        return badge("is-soon", _("Due soon"))
    return badge(STATE_CLASS[State(matter.state)], matter.get_state_display())


@register.simple_tag
def state_word(state: str, mine: bool = False) -> SafeString:
    """The state as villagers read it; ``mine``: on the page of whoever raised it."""
    known = State(state)
    said = (FOR_WHO_RAISED.get(known) if mine else None) or FOR_VILLAGERS.get(known, known.label)
    return badge(STATE_CLASS[known], said)


@register.filter
def numbered(number: int) -> str:
    """The number of a matter as one says it."""
    return _("No. %(n)s") % {"n": number}


@register.simple_tag
def tier_badge(matter: Matter) -> SafeString | str:
    if not matter.tier:
        return ""
    return label(f"tier tier-{matter.tier}", matter.get_tier_display())


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
