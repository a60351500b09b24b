"""Whatever people do in whatever order, the laws of a matter hold.

Hypothesis draws what is tried; each walk runs in a savepoint that is taken back.
"""

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.errors import Refusal
from genxu.insight.counting import bring_up_to_date, count_on
from genxu.insight.models import Standing
from genxu.institutions.matters import verdict_actions
from genxu.institutions.matters.confirming import confirm_noted
from genxu.institutions.matters.models import Matter, MatterStep, Verdict
from genxu.institutions.matters.receipt_views import holder_of
from genxu.institutions.matters.steps import PAGES
from genxu.institutions.matters.workflow import (
    ENDED,
    FINISHED,
    OPEN,
    REOPENING,
    STEPS,
    WORKING,
    Answer,
    State,
    Tier,
)
from genxu.people.history_actions import take_back
from genxu.regions.codes import Level, level_of
from tests.cast import CITY, HOME, NOW, Cast
from tests.doing import hold_talk, taken_up

PARTS = ["secretary", "centre_household", "village_staff", "township_staff", "county_staff",
         "city_staff", "neighbour_secretary", "far_county_staff", "auditor"]  # fmt: skip
PICKED = ["secretary"] * 6 + PARTS
ANSWERS = ["verdict", "noted", "disown", "take_back", "confirm"]
NAMES = [*PAGES.pages, *ANSWERS, *["undo"] * 4]
tries = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(PICKED), st.sampled_from(Tier),
    st.sampled_from(Answer), st.integers(0, 40), st.booleans(),
)  # fmt: skip


def arguments(cast: Cast, name: str, tier: str, flag: bool) -> dict[str, Any]:
    helper = cast.centre_household if flag else None
    own = {
        "triage": {"tier": tier, "urgency": "urgent" if flag else "ordinary"},
        "assign": {"assignee": helper, "assignee_name": "理事会"},
        "pass_on": {"assignee": helper, "assignee_name": "理事会", "words": "换人"},
        "decide_extension": {"approved": flag, "words": "好"},
        "ask_extension": {"days": 5, "words": "下雨"},
        "correct": {"title": f"改过：{tier}", "words": "写错了"},
        "start": {}, "ask_back": {}, "close_unconfirmed": {}, "take_on": {}, "recall": {},
        "explain": {"words": "办不了", "basis": "规划"},
    }  # fmt: skip
    return own.get(name, {"words": "说两句"})


def attempt(cast: Cast, matter: Matter, one: tuple[Any, ...]) -> bool:
    """Try a step; whether it was taken."""
    name, part, tier, answer, _hours, flag = one
    try:
        if name in ANSWERS:
            return say(cast, matter, name, part, answer)
        if name == "undo":
            take_back(actor=cast.actor(part), row=matter, since=matter.version - 1)
            return True
        page = PAGES.pages[name]
        values = arguments(cast, name, tier, flag)
        page.action(actor=cast.actor(part), matter=matter, **values)
    except Refusal:
        return False
    return True


def say(cast: Cast, matter: Matter, name: str, part: str, answer: str) -> bool:
    """Try what is done with answers; whether the matter took a step by it."""
    suggestion = matter.suggestions.order_by("pk")[0]
    about: dict[str, Any] = {"matter": matter, "suggestion": suggestion}
    hers = {"actor": holder_of(suggestion), **about}
    if name == "verdict":
        verdict_actions.give_verdict(**hers, answer=answer)
    elif name == "noted":
        verdict_actions.note_verdict(actor=cast.actor(part), **about, answer=answer)
    elif name == "take_back":
        verdict_actions.take_back_verdict(**hers)
    elif name == "disown":
        one = matter.verdicts.live().filter(by_voice=True).last()
        if one is None:
            return False
        verdict_actions.disown_verdict(**hers, verdict=one)
    else:
        confirm_noted()
    return Matter.objects.get(pk=matter.pk).version > matter.version


def check_laws(before: Matter, after: Matter, name: str, taken: bool) -> None:
    if not taken:
        assert after.version == before.version
        assert after.state == before.state
        return
    if name == "undo":
        assert after.version == before.version + 1
        return
    assert before.state in STEPS[after.steps.latest("pk").step].sources
    assert after.version == before.version + 1
    if after.state == State.CLOSED:
        assert name in (*ANSWERS, "close_unconfirmed")
        standing = Verdict.objects.filter(matter=after, round=after.round, status="standing")
        assert standing.exclude(answer__in=REOPENING).exists()
    if after.state == State.UNCONFIRMED and name == "close_unconfirmed":
        assert after.tries.filter(round=after.round).count() >= 3
    if before.state in ENDED and after.state in WORKING and name != "take_back":
        assert after.round == before.round + 1
    if name == "close_unconfirmed":
        assert before.state == State.ASKED_BACK
    assert after.hamlet_id.startswith(after.place_id)
    assert level_of(after.place_id) not in (Level.PREFECTURE, Level.PROVINCE)
    if after.place_id != after.hamlet_id:
        assert after.tier == Tier.SPECIALIST or after.state == State.REFERRED
        assert after.state not in FINISHED
    assert (after.done_on is not None) == (after.state in FINISHED)
    assert after.due_at >= after.remind_at
    if name == "decide_extension" and after.due_at > max(clock.now(), before.due_at):
        assert after.remind_at > clock.now()
    home = (*ANSWERS, "answer", "explain")
    assert abs(len(after.place_id) - len(before.place_id)) <= 3 or name in home


def check_history(matter: Matter) -> None:
    """The steps are an unbroken chain from the registration to the present state."""
    steps = list(MatterStep.objects.filter(matter=matter).order_by("pk"))
    assert [steps[0].step, steps[0].from_state] == ["register", ""]
    for one, following in pairwise(steps):
        assert one.to_state == following.from_state
        assert one.at <= following.at
    assert steps[-1].to_state == matter.state
    assert len(steps) == matter.version
    assert steps[-1].due_at == matter.due_at


def check_figures(day: Any) -> None:
    """The figures, summed from steps, are what counting the states gives."""
    figures = count_on(HOME, day)
    states = Counter(Matter.objects.filter(hamlet=HOME).values_list("state", flat=True))
    assert figures["institutions.matters"] == sum(states.values())
    assert figures["institutions.matters_open"] == sum(states[s] for s in OPEN)
    assert figures["institutions.matters_done"] == sum(states[s] for s in FINISHED)
    assert figures["institutions.matters_closed"] == states[State.CLOSED]
    assert figures["institutions.matters_unconfirmed"] == states[State.UNCONFIRMED]
    assert figures["institutions.matters_explained"] == states[State.EXPLAINED]
    assert figures["institutions.matters_no_agreement"] == states[State.NO_AGREEMENT]
    assert figures["institutions.matters_overdue"] == Matter.objects.overdue().count()
    standing = Verdict.objects.filter(hamlet=HOME, status="standing")
    answers = Counter(standing.values_list("answer", flat=True))
    for answer in Answer:
        assert figures[f"institutions.verdicts.{answer}"] == answers[answer]


def check_ready_figures(day: Any) -> None:
    """Brought up to date after each walk, the ready figures are the counted ones, at each level."""
    bring_up_to_date()
    for code in (HOME, CITY):
        ready = dict(Standing.objects.filter(place=code).values_list("key", "value"))
        counted = {key: n for key, n in count_on(code, day).items() if n}
        assert {key: n for key, n in ready.items() if n} == counted


def fields_of(matter: Matter) -> dict[str, Any]:
    """All that stands in its row but its version."""
    return {f.attname: getattr(matter, f.attname) for f in Matter._meta.concrete_fields
            if f.attname != "version"}  # fmt: skip


def likely_next(matter: Matter) -> list[str]:
    return [
        name
        for name in NAMES
        if name == "undo" or matter.state in STEPS.get(name, STEPS["give_verdict"]).sources
    ]  # an answer is tried wherever one may be given


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(walk=st.lists(tries, min_size=5, max_size=45), picks=st.randoms(use_true_random=False))
def test_no_walk_breaks_a_law(cast: Cast, walk: list[tuple[Any, ...]], picks: Any) -> None:
    with transaction.atomic():
        talk = hold_talk(cast, taken_up())
        matter = Matter.objects.get(suggestions__raised__talk=talk)
        moment, stood = NOW, fields_of(matter)
        for one in walk:
            before = Matter.objects.get(pk=matter.pk)
            if picks.random() < 0.7:
                one = (picks.choice(likely_next(before)), *one[1:])
            moment += timedelta(hours=0 if one[0] == "undo" else one[4])
            with clock.at(moment):
                taken = attempt(cast, before, one)
                after = Matter.objects.get(pk=matter.pk)
                check_laws(before, after, one[0], taken)
                if taken and one[0] == "undo":
                    assert fields_of(after) == stood
                stood = fields_of(before) if taken else stood
        check_history(Matter.objects.get(pk=matter.pk))
        with clock.at(moment):
            check_figures(clock.today())
            check_ready_figures(clock.today())
        transaction.set_rollback(True)
