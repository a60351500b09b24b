"""The table of the workflow: laws that hold without a database."""

import pytest

from genxu.institutions.matters.workflow import (
    ANSWERING,
    ENDED,
    FINISHED,
    OPEN,
    REOPENING,
    STEPS,
    WAITING_FOR_VERDICT,
    WORKING,
    Answer,
    State,
)

UNDOING = {"disown_verdict", "take_back_verdict"}
"""What she may do of her own or of what was noted for her, wherever the matter is by then."""


def allowed_steps(state: str) -> list[str]:
    return [name for name, step in STEPS.items() if state in step.sources]


def targets(name: str, state: State) -> set[State]:
    """Where a step may lead; the verdict closes, reopens, or leaves it as it is."""
    step = STEPS[name]
    if name in ANSWERING:
        return {State.CLOSED, State.UNDER_WAY, State.REFERRED, State.NO_AGREEMENT, state}
    if name in UNDOING:
        return {State.ASKED_BACK, state}
    if name == "close_unconfirmed":
        return {State.UNCONFIRMED, State.CLOSED}
    return {step.target or state}


def reachable() -> set[State]:
    found, new = set(), {State.REGISTERED}
    while new:
        found |= new
        new = {t for s in new for name in allowed_steps(s) for t in targets(name, s)} - found
    return found


def test_every_state_can_be_reached_from_registration() -> None:
    assert reachable() == set(State)


def test_each_state_belongs_to_exactly_one_group() -> None:
    groups = [*WORKING, *WAITING_FOR_VERDICT, *ENDED, State.WITHDRAWN]
    assert sorted(groups) == sorted(State)
    assert set(OPEN) == set(WORKING) | set(WAITING_FOR_VERDICT)
    assert set(FINISHED) == set(WAITING_FOR_VERDICT) | set(ENDED)


def test_only_the_verdict_and_the_three_tries_end_a_matter() -> None:
    enders = {name for name in STEPS for s in OPEN if s in STEPS[name].sources
              and targets(name, s) & set(ENDED)}  # fmt: skip
    assert enders == {*ANSWERING, "close_unconfirmed", "explain", "no_agreement"}


def test_only_the_verdict_ends_in_closed_by_the_table() -> None:
    assert {name for name, step in STEPS.items() if step.target == State.CLOSED} == set()


def test_a_matter_is_reported_done_only_while_under_way() -> None:
    assert STEPS["finish"].sources == {State.UNDER_WAY}
    assert [name for name, s in STEPS.items() if s.target == State.DONE] == ["finish"]


def test_no_state_is_a_dead_end() -> None:
    for state in set(State) - {State.WITHDRAWN}:
        assert allowed_steps(state), state


def test_what_was_written_down_by_mistake_rests_and_is_nobody_s_result() -> None:
    assert set(allowed_steps(State.WITHDRAWN)) == set()
    assert State.WITHDRAWN not in FINISHED


@pytest.mark.parametrize("state", sorted(set(State) - {State.WITHDRAWN}))
def test_from_every_state_the_resident_s_word_can_still_close_it(state: State) -> None:
    found, new = set(), {state}
    while new:
        found |= new
        new = {t for s in new for name in allowed_steps(s) for t in targets(name, s)} - found
    assert State.CLOSED in found


def test_the_two_bad_answers_reopen() -> None:
    assert {Answer.DISSATISFIED, Answer.VERY_DISSATISFIED} == REOPENING
    assert len(Answer) == 5


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("registered", {"triage", "withdraw"}),
        ("triaged", {"triage", "assign", "take_on", "pass_up", "ask_extension",
                     "decide_extension", "explain", "withdraw"}),
        ("assigned", {"explain", "triage", "start", "pass_on", "pass_up", "answer", "return",
                      "ask_extension", "decide_extension", "take_on", "recall", "urge",
                      "withdraw"}),
        ("under_way", {"explain", "triage", "note_progress", "pass_on", "pass_up", "answer",
                       "return", "ask_extension", "decide_extension", "finish", "urge"}),
        ("returned", {"explain", "triage", "assign", "take_on", "pass_up", "answer",
                      "ask_extension", "decide_extension", "urge"}),
        ("referred", {"explain", "judge_again", "no_agreement"}),
        ("done", {"ask_back"}),
        ("asked_back", {"ask_back", "close_unconfirmed"}),
        *((ended, {"reopen"}) for ended in ENDED),
    ],
)  # fmt: skip
def test_the_steps_allowed_in_a_state(state: str, steps: set[str]) -> None:
    """Its words may be corrected in each."""
    answers = {"overrule"} if state in WORKING else {*ANSWERING} - {"overrule"}
    assert set(allowed_steps(state)) == steps | answers | UNDOING | {"correct"}


def test_a_state_that_is_none_allows_nothing() -> None:
    assert allowed_steps("somewhere") == []


def test_each_step_is_told_in_plain_words() -> None:
    for name, step in STEPS.items():
        assert str(step.label), name
        assert len(str(step.told)) >= 5, name
