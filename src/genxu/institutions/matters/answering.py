"""What an answer does to a matter: where it leads, and how what it did is undone.

Parts of actions, which run in the transaction of the one that calls them.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from genxu.core import clock
from genxu.people.models import Grant
from genxu.people.roles import HANDLERS
from genxu.regions.codes import Level, ancestors_of, level_of, parent_of

from .deadlines import deadline
from .models import Matter, Suggestion, Verdict
from .workflow import (
    ENDED,
    REOPENING,
    REOPENINGS_BEFORE_JUDGED,
    WORKING,
    State,
)

PENDING = timedelta(days=7)
"""So long what was noted down for somebody waits for her own word (custom)."""
SECOND_THOUGHTS = timedelta(minutes=10)
"""So long she may take her own answer back (custom)."""
KEPT = ("state", "round", "place_id", "remind_at", "due_at", "done_on", "extension",
        "extension_days")  # fmt: skip
"""What an answer may change, and what is put back when it is undone."""
Ground = dict[str, Any]
"""How a matter stands, or stood, when an answer is given: the columns ``KEPT``."""


def ground_of(matter: Matter) -> Ground:
    return {name: getattr(matter, name) for name in KEPT}


def ground_before(verdict: Verdict) -> Ground:
    """How the matter stood when this answer was given."""
    fields = {field.attname: field for field in Matter._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in verdict.before.items()}


def current(matter: Matter, suggestion: Suggestion) -> Verdict | None:
    """The answer that counts now for a suggestion."""
    return current_among(matter, matter.verdicts.filter(suggestion=suggestion))


def current_among(matter: Matter, given: Iterable[Verdict]) -> Verdict | None:
    """Of those given for a suggestion the one of this round, or, while work goes on, the one that
    led to it."""
    rounds = [matter.round, matter.round - 1] if matter.state in WORKING else [matter.round]
    counting = (one for one in given if one.status in Verdict.LIVE and one.round in rounds)
    return max(counting, key=lambda one: one.round, default=None)


def took_up(verdict: Verdict | None, matter: Matter) -> bool:
    """Whether the work now under way is due to this bad word (of old ones it is not known)."""
    return (
        verdict is not None
        and verdict.is_bad
        and bool(verdict.before)
        and matter.state in WORKING
        and verdict.round == matter.round - 1
    )


def may_answer(matter: Matter, last: Verdict | None) -> bool:
    """Whether her own word is wanted, or goes before what was noted down for her."""
    if matter.state in WORKING:
        return last is not None and last.by_voice and took_up(last, matter)
    return last is None or last.by_voice


def led_to(
    matter: Matter, suggestion: Suggestion, answer: str, ground: Ground
) -> tuple[State, dict[str, Any]]:
    """Where an answer that stands leads from this ground, and what it changes."""
    if answer in REOPENING:
        return _not_settled(matter, ground)
    state = State(ground["state"])
    if state in ENDED or not _left_to_answer(matter, suggestion, ground["round"]):
        state = State.CLOSED
    return state, _columns(ground)


def taken_up_again(matter: Matter, ground: Mapping[str, Any]) -> dict[str, Any]:
    """A new round of work, with a deadline from today."""
    limit = deadline(clock.now(), matter.tier, matter.urgency)
    return {
        **_columns(ground),
        "round": ground["round"] + 1,
        "remind_at": limit.remind_at,
        "due_at": limit.due_at,
        "extension": Matter.Extension.NONE,
        "extension_days": 0,
    }


def _not_settled(matter: Matter, ground: Ground) -> tuple[State, dict[str, Any]]:
    """Back to the hamlet; after the second time the level above judges; what it has judged stays
    apart (未达成一致)."""
    if ground["state"] == State.NO_AGREEMENT or _was_judged(matter, ground):
        return State.NO_AGREEMENT, _columns(ground)
    changes = taken_up_again(matter, ground)
    if ground["round"] <= REOPENINGS_BEFORE_JUDGED:
        return State.UNDER_WAY, changes
    above = {"place_id": _judging_place(matter), "assignee": None, "assignee_name": ""}
    return State.REFERRED, changes | above


def _was_judged(matter: Matter, ground: Ground) -> bool:
    """Whether it was the level above that explained why it cannot be done."""
    if ground["state"] != State.EXPLAINED:
        return False
    return bool(matter.steps.filter(step="explain").latest("pk").from_state == State.REFERRED)


def _judging_place(matter: Matter) -> str:
    """The level above the hamlet; the next one if nobody has an account there."""
    above = [code for code in ancestors_of(matter.hamlet_id)
             if level_of(code) in (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)]  # fmt: skip
    works = Grant.objects.filter(place__in=above, role__in=HANDLERS, account__is_active=True)
    staffed = set(works.values_list("place", flat=True))
    nearest = [code for code in reversed(above) if code in staffed]
    return nearest[0] if nearest else str(parent_of(matter.hamlet_id))


def _left_to_answer(matter: Matter, suggestion: Suggestion, round: int) -> bool:
    standing = matter.verdicts.filter(round=round, status=Verdict.Status.STANDING)
    left = matter.voices.exclude(suggestion=suggestion)
    return left.exclude(suggestion__in=standing.values("suggestion")).exists()


def _columns(ground: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in ground.items() if name != "state"}


def asked_anew(matter: Matter, verdict: Verdict) -> tuple[State, dict[str, Any]]:
    """Where a matter stands when she never said what was noted down: what that led to is undone,
    and she is asked again. What had been ended otherwise is so again."""
    before, ground = ground_before(verdict), ground_of(matter)
    if took_up(verdict, matter):
        ground = back_home(matter, before)
    elif verdict.round != matter.round:
        return State(matter.state), {}
    was = State(before.get("state", State.ASKED_BACK))
    otherwise = was in (State.EXPLAINED, State.NO_AGREEMENT)
    return was if otherwise else State.ASKED_BACK, _columns(ground)


def back_home(matter: Matter, ground: Ground) -> Ground:
    """The ground of before; whoever has it in hand at another level has it no more."""
    if matter.place_id != ground["place_id"]:
        return ground | {"assignee": None, "assignee_name": ""}
    return ground


def end(verdict: Verdict, status: Verdict.Status) -> None:
    """It counts no more from today; what it was, and until when, stays."""
    verdict.status, verdict.ended_on = status, clock.today()
    verdict.save(update_fields=["status", "ended_on"])


def revive(verdict: Verdict) -> None:
    """What had been overruled counts again from today: as a row of its own, so that each day keeps
    what it was."""
    stood = verdict.stands_from is not None
    verdict.pk, verdict._state.adding = None, True
    verdict.status = Verdict.Status.STANDING if stood else Verdict.Status.PENDING
    verdict.stands_from, verdict.ended_on = (clock.today() if stood else None), None
    verdict.save(force_insert=True)
