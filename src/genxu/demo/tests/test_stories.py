"""Every script is a legal life of its matters, and each hamlet shows every kind of it."""

from collections import Counter
from collections.abc import Iterator

import pytest

from genxu.demo.names import FORBIDDEN_NAMES
from genxu.demo.stories import STORIES, HamletScript, MatterScript, Step, TalkScript

#: step → (states it may be taken in, state it leads to; None keeps the state)
LEGAL: dict[str, tuple[set[str], str | None]] = {
    "triage": ({"registered", "returned"}, "triaged"),
    "assign": ({"triaged"}, "assigned"),
    "start": ({"assigned"}, "under_way"),
    "pass_up": ({"under_way", "above"}, "above"),
    "answer": ({"above"}, "under_way"),
    "pass_on": ({"assigned", "under_way"}, "assigned"),
    "return": ({"assigned", "under_way"}, "returned"),
    "ask_extension": ({"assigned", "under_way"}, "asking"),
    "approve_extension": ({"asking"}, "under_way"),
    "finish": ({"under_way"}, "done"),
    "ask_back": ({"done", "asked_back"}, "asked_back"),
    "close_unconfirmed": ({"asked_back"}, "unconfirmed"),
    "noted:satisfied": ({"asked_back"}, None),
    "explain": ({"assigned", "under_way"}, "explained"),
    "no_agreement": ({"referred"}, "no_agreement"),
}
BAD = {"verdict:dissatisfied", "verdict:very_dissatisfied"}
GOOD = {"verdict:very_satisfied", "verdict:satisfied", "verdict:fairly_satisfied"}
LIMIT = {"personal": 3, "common": 7, "specialist": 15}
TIERS_UP = 3
BAD_WORDS_BEFORE_JUDGED = 3
TRIES, DAYS_OF_TRIES = 3, 2

Row = tuple[TalkScript, MatterScript]
each_hamlet = pytest.mark.parametrize("hamlet", STORIES, ids=lambda hamlet: hamlet.name)


def matters(hamlet: HamletScript) -> Iterator[Row]:
    for talk in hamlet.talks:
        for suggestion in talk.suggestions:
            for matter in suggestion.matters:
                yield talk, matter


def after(state: str, step: str, bad_words: int) -> str:
    if step in BAD | GOOD:
        assert state == "asked_back"
        again = "referred" if bad_words == BAD_WORDS_BEFORE_JUDGED else "under_way"
        return again if step in BAD else "closed"
    allowed, leads = LEGAL[step]
    assert state in allowed, (state, step)
    return leads or state


def end(path: tuple[Step, ...]) -> str:
    state, bad_words = "registered", 0
    for step, _, _ in path:
        bad_words += step in BAD
        state = after(state, step, bad_words)
    return state


@each_hamlet
def test_every_path_is_legal_ascending_and_not_in_the_future(hamlet: HamletScript) -> None:
    for talk, matter in matters(hamlet):
        end(matter.path)
        days = [day for _, day, _ in matter.path]
        assert days == sorted(days), matter.key
        assert all(0 <= day <= talk.days_ago for day in days), matter.key


@each_hamlet
def test_extensions_are_asked_once_and_before_the_deadline(hamlet: HamletScript) -> None:
    for _, matter in matters(hamlet):
        asked = [day for step, day, _ in matter.path if step == "ask_extension"]
        assert len(asked) <= 1
        assert all(day <= LIMIT[matter.tier] for day in asked), matter.key


@each_hamlet
def test_unconfirmed_needs_three_tries_on_three_days_48_hours_apart(hamlet: HamletScript) -> None:
    for _, matter in matters(hamlet):
        if end(matter.path) == "unconfirmed":
            tries = {day for step, day, _ in matter.path if step == "ask_back"}
            assert len(tries) >= TRIES, matter.key
            assert max(tries) - min(tries) >= DAYS_OF_TRIES, matter.key


@each_hamlet
def test_only_specialist_matters_climb_and_no_higher_than_the_county(hamlet: HamletScript) -> None:
    for _, matter in matters(hamlet):
        ups = sum(step == "pass_up" for step, _, _ in matter.path)
        assert ups <= (TIERS_UP if matter.tier == "specialist" else 0), matter.key
        if matter.tier == "specialist" and end(matter.path) == "closed":
            assert ups, matter.key


@each_hamlet
def test_suggestions_and_responses_agree(hamlet: HamletScript) -> None:
    seen: dict[str, Row] = {}
    for talk in hamlet.talks:
        for suggestion in talk.suggestions:
            taken_up = bool(suggestion.matters or suggestion.joins)
            assert taken_up == (suggestion.response == "taken_up"), suggestion.said
            assert suggestion.who != "nobody" or not taken_up
            assert bool(suggestion.reply) is not taken_up
            if suggestion.joins:
                earlier, matter = seen[suggestion.joins]
                still_open = earlier.days_ago - matter.path[-1][1] < talk.days_ago
                assert still_open, suggestion.joins
            for matter in suggestion.matters:
                assert matter.key not in seen
                assert 6 <= len(matter.title) <= 30
                assert matter.title not in {other.title for _, other in seen.values()}
                seen[matter.key] = (talk, matter)


@each_hamlet
def test_each_hamlet_shows_every_kind(hamlet: HamletScript) -> None:
    assert len(hamlet.talks) == 5
    assert [t.days_ago for t in hamlet.talks] == sorted(
        (t.days_ago for t in hamlet.talks), reverse=True
    )
    steps = [[step for step, _, _ in matter.path] for _, matter in matters(hamlet)]
    ends = {end(matter.path) for _, matter in matters(hamlet)}
    assert any(set(path) & BAD for path in steps), "reopened"
    assert any("approve_extension" in path for path in steps), "extended"
    assert any(path.count("pass_up") >= 2 and "answer" in path for path in steps), "climbed"
    assert {"unconfirmed", "closed"} <= ends
    assert any("return" in path or "pass_on" in path for path in steps)
    suggestions = [s for talk in hamlet.talks for s in talk.suggestions]
    responses = Counter(s.response for s in suggestions)
    assert all(responses[name] for name in ("answered", "declined", "taken_up"))
    assert any(s.joins for s in suggestions), "me too"
    assert any(len(s.matters) == 2 for s in suggestions), "two matters"


def test_matters_of_every_state_are_left_open_or_ended() -> None:
    ends = Counter(end(matter.path) for hamlet in STORIES for _, matter in matters(hamlet))
    open_states = {"registered", "triaged", "assigned", "under_way", "above", "done", "asked_back"}
    states = open_states | {"referred", "closed", "unconfirmed", "explained", "no_agreement"}
    assert states <= set(ends), states - set(ends)
    heights = {
        sum(step == "pass_up" for step, _, _ in matter.path)
        for hamlet in STORIES
        for _, matter in matters(hamlet)
        if end(matter.path) == "above"
    }
    assert heights >= {1, 2, 3}


def test_no_living_person_is_named() -> None:
    text = repr(STORIES)
    assert not any(name in text for name in FORBIDDEN_NAMES)
    assert next(hamlet.name for hamlet in STORIES) == "罗家洲"
    assert len(STORIES) == 6
