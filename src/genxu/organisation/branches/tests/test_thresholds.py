"""The numbers by which an organisation stands: each rule at its edge, and as properties."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genxu.organisation.branches import thresholds
from genxu.organisation.branches.models import Member, Organisation
from genxu.organisation.branches.thresholds import Composition

Kind, Duty = Organisation.Kind, Member.Duty
HEAD = (Duty.SECRETARY, True)


def branch(full: int, *duties: tuple[str, bool], members: int = 0) -> Composition:
    return Composition(Kind.BRANCH, {"a": full}, members or full, duties or (HEAD,))


def joint(*full: int) -> Composition:
    counts = {str(n): count for n, count in enumerate(full)}
    return Composition(Kind.JOINT_BRANCH, counts, sum(full), (HEAD,))


def group(full: int, *duties: tuple[str, bool]) -> Composition:
    return Composition(Kind.PARTY_GROUP, {"a": full}, full, duties)


def committee(*duties: str) -> tuple[tuple[str, bool], ...]:
    return (HEAD, *((duty, True) for duty in duties))


SEATS = (Duty.DEPUTY, Duty.ORGANISATION, Duty.PUBLICITY, Duty.DISCIPLINE, *[Duty.COMMITTEE] * 5)

SOUND = [
    branch(3),
    branch(6, HEAD, (Duty.DEPUTY, True)),
    branch(7, *committee(*SEATS[:2])),
    branch(20, *committee(*SEATS[:6])),
    joint(2, 1),
    joint(2, 2, 2, 0, 0),
    group(0, (Duty.LEADER, True)),
    group(1, (Duty.LEADER, True)),
    group(9, (Duty.LEADER, False)),
]
FAULTY = [
    (branch(2), "size_fault"),
    (branch(0), "size_fault"),
    (joint(1, 1), "size_fault"),
    (joint(4), "units_fault"),
    (joint(3, 1), "units_fault"),
    (Composition(Kind.BRANCH, {"a": 3, "b": 1}, 4, (HEAD,)), "units_fault"),
    (Composition(Kind.PARTY_GROUP, {"a": 1, "b": 1}, 2, ((Duty.LEADER, True),)), "units_fault"),
    (branch(3, ("", True)), "head_fault"),
    (branch(3, HEAD, HEAD), "head_fault"),
    (group(2), "head_fault"),
    (group(2, (Duty.LEADER, True), (Duty.LEADER, True)), "head_fault"),
    (group(2, (Duty.LEADER, True), (Duty.DEPUTY, True)), "strange_duty"),
    (branch(3, HEAD, (Duty.LEADER, True)), "strange_duty"),
    (branch(3, (Duty.SECRETARY, False)), "elected_fault"),
    (branch(3, HEAD, (Duty.DEPUTY, False)), "elected_fault"),
    (branch(3, HEAD, (Duty.DEPUTY, True), (Duty.DEPUTY, True)), "deputy_fault"),
    (branch(6, *committee(Duty.PUBLICITY)), "committee_fault"),
    (branch(7), "committee_fault"),
    (branch(7, *committee(Duty.DEPUTY)), "committee_fault"),
    (branch(30, *committee(*SEATS[:7])), "committee_fault"),
]


@pytest.mark.parametrize("body", SOUND, ids=range(len(SOUND)))
def test_what_meets_the_rules_may_be_founded(body: Composition) -> None:
    assert thresholds.faults(body) == []


@pytest.mark.parametrize(("body", "rule"), FAULTY, ids=range(len(FAULTY)))
def test_each_rule_refuses_and_cites_its_source(body: Composition, rule: str) -> None:
    text = getattr(thresholds, rule)(body)
    assert text in thresholds.faults(body)
    if rule != "strange_duty":  # a word of ours, no law
        assert "《中国共产党" in text


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (branch(51, *committee(*SEATS[:4])), "too_many_members"),
        (joint(1, 1, 1, 1, 1, 1), "too_many_units"),
        (branch(7, *committee(*SEATS[:5])), "large_committee"),
        (group(3, (Duty.LEADER, True)), "could_be_branch"),
    ],
)
def test_what_the_law_says_generally_warns_and_does_not_refuse(
    body: Composition, rule: str
) -> None:
    assert thresholds.warnings(body) == [getattr(thresholds, rule)(body)]
    assert thresholds.faults(body) == []


@pytest.mark.parametrize("body", [branch(50, *committee(*SEATS[:4])), joint(1, 1, 1, 1, 1),
                                  branch(7, *committee(*SEATS[:4])), group(2)])  # fmt: skip
def test_at_the_edge_there_is_no_warning(body: Composition) -> None:
    assert thresholds.warnings(body) == []


def test_only_full_members_vote() -> None:
    assert [kind for kind in Member.Kind if thresholds.votes(kind)] == [Member.Kind.FULL]


bodies = st.builds(
    Composition,
    kind=st.sampled_from(Kind),
    full=st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 9), min_size=1),
    members=st.integers(0, 60),
    duties=st.lists(st.tuples(st.sampled_from(Duty), st.booleans()), max_size=9),
)


@given(bodies)
def test_a_body_without_faults_keeps_every_rule(body: Composition) -> None:
    if thresholds.faults(body):
        return
    held = Counter(duty for duty, _votes in body.duties)
    full = sum(body.full.values())
    if body.kind == Kind.PARTY_GROUP:
        assert held[Duty.LEADER] == 1
        assert not any(held[duty] for duty in thresholds.ELECTED)
        return
    assert full >= 3
    assert held[Duty.SECRETARY] == 1
    assert held[Duty.DEPUTY] <= 1
    assert all(votes for duty, votes in body.duties if duty in thresholds.ELECTED)
    size = sum(held[duty] for duty in thresholds.ELECTED)
    assert 3 <= size <= 7 if full >= 7 else size <= 2
    if body.kind == Kind.JOINT_BRANCH:
        assert len(body.full) >= 2
        assert all(count < 3 for count in body.full.values())
    else:
        assert len(body.full) == 1


counts = st.integers(1, 60)


@given(counts, counts, counts, st.sampled_from(Kind))
def test_a_valid_count_is_carried_and_quorate(
    due: int, present: int, votes: int, kind: str
) -> None:
    wrong: Any = thresholds.count_faults(due, present, votes)
    assert bool(wrong) == (present > due or votes > present)
    if wrong:
        return
    void = thresholds.why_void(kind, due, present, votes)
    quorate = 2 * present >= due if kind == Kind.PARTY_GROUP else 5 * present >= 4 * due
    assert (not void) == (quorate and 2 * votes > due)
    assert set(void) <= {"present", "in_favour"}


@given(counts, counts, st.sampled_from(Kind))
def test_more_votes_never_undo_a_valid_result(due: int, votes: int, kind: str) -> None:
    if thresholds.count_faults(due, due, votes) or thresholds.why_void(kind, due, due, votes):
        return
    assert thresholds.why_void(kind, due, due, min(votes + 1, due)) == {}


@pytest.mark.parametrize(
    ("due", "present", "votes", "field"),
    [(10, 7, 7, "present"), (10, 8, 5, "in_favour"), (10, 8, 6, None), (5, 4, 3, None),
     (5, 3, 3, "present"), (3, 3, 1, "in_favour"), (3, 3, 2, None), (1, 1, 1, None)],
)  # fmt: skip
def test_the_election_of_a_branch(due: int, present: int, votes: int, field: str | None) -> None:
    assert set(thresholds.why_void(Kind.BRANCH, due, present, votes)) == ({field} - {None})


def test_a_term_has_five_years() -> None:
    assert thresholds.end_of_term(date(2024, 2, 29)) == date(2029, 2, 28)
    assert thresholds.term_of(Kind.JOINT_BRANCH, date(2021, 5, 1)) == date(2026, 5, 1)
    assert thresholds.term_of(Kind.PARTY_GROUP, date(2021, 5, 1)) is None
