"""Each life that the demonstration tells is one that the workflow allows."""

from datetime import datetime, timedelta, timezone
from random import Random

import pytest
from django.utils import timezone as django_timezone

from genxu.demo.lives import Life, Teller
from genxu.demo.words import TOPICS
from genxu.institutions.matters.workflow import (
    ENDED,
    FINISHED,
    REOPENING,
    STEPS,
    TRIES_BEFORE_UNCONFIRMED,
    State,
    Tier,
)
from genxu.regions.codes import Level, level_of, parent_of

CST = timezone(timedelta(hours=8))
HAMLET = "421223106211001"
START = datetime(2024, 3, 6, 21, tzinfo=CST)
CASES = [case for topic in TOPICS for case in topic.cases]


def life(seed: int, days: float = 120) -> Life:
    rng = Random(seed)
    case = CASES[seed % len(CASES)]
    return Teller(
        rng, case, case.title, HAMLET, START, START + timedelta(days=days), "村口",
        quick=seed % 5 == 0,
    ).tell()  # fmt: skip


SEEDS = range(500)


@pytest.mark.parametrize("days", [0.5, 3, 10, 120])
def test_every_step_is_allowed_where_it_is_taken(days: float) -> None:
    for seed in SEEDS:
        one = life(seed, days)
        state = ""
        for n, event in enumerate(one.events):
            assert event.from_state == state, (seed, event)
            if n:
                step = STEPS[event.step]
                assert event.from_state in step.sources, (seed, event)
                if step.target and event.step != "close_unconfirmed":
                    assert event.to_state == step.target, (seed, event)
            else:
                assert (event.step, event.to_state) == ("register", State.REGISTERED)
            state = event.to_state
        assert state == one.state, seed


def test_time_goes_forward_and_not_beyond_the_present() -> None:
    for seed in SEEDS:
        one = life(seed, seed % 40)
        times = [event.at for event in one.events]
        assert times == sorted(times)
        assert times[-1] <= START + timedelta(days=seed % 40)


def test_only_a_verdict_or_three_tries_end_it() -> None:
    for seed in SEEDS:
        for event in life(seed).events:
            if event.to_state in ENDED and event.from_state not in ENDED:
                assert event.step in ("give_verdict", "close_unconfirmed")


def test_a_bad_word_reopens_and_a_good_one_does_not() -> None:
    for seed in SEEDS:
        one = life(seed)
        turns = 1
        for event in one.events:
            if event.step == "give_verdict":
                assert event.answer
                assert (event.to_state == State.UNDER_WAY) == (event.answer in REOPENING)
                turns += event.answer in REOPENING
        assert one.round == turns


def test_three_tries_on_different_days_come_before_unconfirmed() -> None:
    found = 0
    for seed in SEEDS:
        events = life(seed).events
        for n, event in enumerate(events):
            if event.step == "close_unconfirmed":
                found += 1
                asked = {
                    django_timezone.localdate(e.at) for e in events[:n] if e.step == "ask_back"
                }
                assert len(asked) >= TRIES_BEFORE_UNCONFIRMED, seed
    assert found


def test_only_a_specialist_matter_climbs_one_level_at_a_time_and_comes_back() -> None:
    for seed in SEEDS:
        one = life(seed)
        place = HAMLET
        for event in one.events:
            assert event.place == place, (seed, event)
            if event.step == "pass_up":
                assert one.tier == Tier.SPECIALIST
                place = parent_of(place) or ""
                assert level_of(place) in (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY)
            if event.step in ("answer",):
                place = HAMLET
            if event.to_state in FINISHED:
                assert place == HAMLET
        assert one.place == place


def test_more_time_is_asked_once_and_before_the_deadline() -> None:
    for seed in SEEDS:
        one = life(seed)
        asked = [event for event in one.events if event.step == "ask_extension"]
        assert len(asked) <= one.round
        for event in asked:
            assert event.at <= one.due_at


def test_all_kinds_of_ends_occur() -> None:
    ends = {life(seed, days).state for seed in SEEDS for days in (1, 5, 120)}
    assert {State.CLOSED, State.UNCONFIRMED, State.UNDER_WAY, State.ASKED_BACK} <= ends


def test_the_same_seed_tells_the_same_life() -> None:
    for seed in range(50):
        assert life(seed) == life(seed)
