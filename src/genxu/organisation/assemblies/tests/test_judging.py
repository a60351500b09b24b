"""When a vote counts: the table of the field, body by body, and laws that hold for all numbers."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genxu.organisation.assemblies.bodies import BODIES, PUBLIC, Basis, BodyName, Kind, Rule
from genxu.organisation.assemblies.judging import Judgement, judge

HALF, THIRDS, QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)
TABLE: dict[tuple[str, str], tuple[Any, Any, int]] = {
    ("villagers_meeting", "adults"): (lambda came, due: came > HALF * due, "present", 10),
    ("villagers_meeting", "households"): (lambda came, due: came >= THIRDS * due, "present", 10),
    ("representatives", "persons"): (lambda came, due: came >= THIRDS * due, "present", 0),
    ("group_meeting", "adults"): (lambda came, due: came >= THIRDS * due, "present", 0),
    ("group_meeting", "households"): (lambda came, due: came >= THIRDS * due, "present", 0),
    ("collective_members", "persons"): (lambda came, due: came >= THIRDS * due, "thirds", 10),
    ("collective_delegates", "persons"): (lambda came, due: came >= THIRDS * due, "thirds", 10),
    ("collective_board", "persons"): (lambda came, due: came >= THIRDS * due, "due", 0),
    ("party_members", "persons"): (lambda came, due: came >= HALF * due, "due", 0),
}
"""domain.md over again, with fractions: body and basis → quorum, majority, notice."""

MAJORITY = {
    "present": lambda yes, present, due: yes > HALF * present,
    "due": lambda yes, present, due: yes > HALF * due,
    "thirds": lambda yes, present, due: yes >= THIRDS * due,
    "quarters": lambda yes, present, due: yes >= QUARTERS * due,
}
OTHER_KINDS = {
    "collective_members": {
        "charter": "thirds", "membership": "thirds", "shares": "thirds", "compensation": "thirds",
        "ending": "thirds", "non_member_share": "quarters",
    },
}  # fmt: skip
"""Where the kind of question matters: body → kind → majority. No other body decides of these."""


def decide(
    body: str,
    kind: str,
    basis: str,
    due: int,
    present: int,
    yes: int,
    no: int,
    none: int,
    days: int,
) -> Judgement:
    """By the table as it stands."""
    return judge(BODIES[body], kind, basis, due, present, (yes, no, none), days)


def test_the_table_is_complete() -> None:
    assert set(BODIES) == set(BodyName)
    assert {(name, basis) for name, body in BODIES.items() for basis in body.quorum} == set(TABLE)
    for name, body in BODIES.items():
        assert set(body.majorities) == {"plain", *OTHER_KINDS.get(name, {})}
        assert str(body.source)
        assert str(body.hint)


@st.composite
def votes(draw: st.DrawFn) -> tuple[str, str, str, int, int, int, int, int, int]:
    body, basis = draw(st.sampled_from(sorted(TABLE)))
    kind = draw(st.sampled_from(["plain", *OTHER_KINDS.get(body, {})]))
    due = draw(st.integers(1, 400))
    present = draw(st.integers(0, due))
    in_favour = draw(st.integers(0, present))
    against = draw(st.integers(0, present - in_favour))
    abstained = draw(st.integers(0, present - in_favour - against))
    return body, kind, basis, due, present, in_favour, against, abstained, draw(st.integers(0, 15))


@given(votes())
def test_it_is_exact(vote: tuple[Any, ...]) -> None:
    body, kind, basis, due, present, in_favour, *_others, notice = vote
    quorum, majority, days = TABLE[body, basis]
    valid = quorum(present, due) and notice >= days
    majority = OTHER_KINDS.get(body, {}).get(kind, majority)
    carried = valid and MAJORITY[majority](in_favour, present, due)
    found = decide(*vote)
    assert (found.valid, found.carried) == (valid, carried)


@given(votes())
def test_one_more_vote_in_favour_never_undoes_it(vote: tuple[Any, ...]) -> None:
    body, kind, basis, due, present, in_favour, against, abstained, notice = vote
    if in_favour + against + abstained < present:
        more = decide(body, kind, basis, due, present, in_favour + 1, against, abstained, notice)
    elif against:
        more = decide(
            body, kind, basis, due, present, in_favour + 1, against - 1, abstained, notice
        )
    else:
        return
    assert more.carried >= decide(*vote).carried
    assert more.valid == decide(*vote).valid


@given(votes())
def test_one_more_present_never_makes_it_invalid(vote: tuple[Any, ...]) -> None:
    body, kind, basis, due, present, *rest = vote
    if present < due:
        assert decide(body, kind, basis, due, present + 1, *rest).valid >= decide(*vote).valid


@given(votes())
def test_a_longer_notice_never_makes_it_invalid(vote: tuple[Any, ...]) -> None:
    *rest, notice = vote
    assert decide(*rest, notice + 1).valid >= decide(*vote).valid


@given(votes())
def test_it_says_why_exactly_when_it_did_not_carry(vote: tuple[Any, ...]) -> None:
    found = decide(*vote)
    assert bool(found.reasons) == (not found.carried)
    assert found.valid or not found.carried
    for reason in found.reasons:
        assert "%(" not in reason


@given(votes())
def test_nobody_in_favour_carries_nothing(vote: tuple[Any, ...]) -> None:
    body, kind, basis, due, present, _yes, against, abstained, notice = vote
    assert not decide(body, kind, basis, due, present, 0, against, abstained, notice).carried


@given(st.sampled_from(sorted(TABLE)), st.integers(1, 400))
def test_all_present_and_in_favour_carries(key: tuple[str, str], due: int) -> None:
    assert decide(key[0], "plain", key[1], due, due, due, 0, 0, 10).carried


@given(st.sampled_from(sorted(TABLE)), st.integers(1, 400))
def test_the_quorum_named_is_the_smallest_that_is_enough(key: tuple[str, str], due: int) -> None:
    body, basis = key
    needed = BODIES[body].quorum_of(basis, due)
    assert 1 <= needed <= due
    assert decide(body, "plain", basis, due, needed, 0, 0, 0, 10).valid
    assert not decide(body, "plain", basis, due, needed - 1, 0, 0, 0, 10).valid


@given(votes())
def test_the_votes_named_are_the_fewest_that_carry(vote: tuple[Any, ...]) -> None:
    body, kind, basis, due, present, *_votes, _notice = vote
    needed = BODIES[body].votes_of(due, present, kind)
    if present and needed <= present and BODIES[body].quorum_of(basis, due) <= present:
        assert decide(body, kind, basis, due, present, needed, 0, 0, 10).carried
        assert not decide(body, kind, basis, due, present, needed - 1, 0, 0, 10).carried


@pytest.mark.parametrize("body", sorted(set(BodyName) - {"collective_members"}))
@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.PLAIN}))
def test_what_is_for_the_members_meeting_counts_nowhere_else(body: str, kind: str) -> None:
    basis = next(iter(BODIES[body].quorum))
    found = decide(body, kind, basis, 30, 30, 30, 0, 0, 10)
    assert (found.valid, found.carried) == (False, False)


@pytest.mark.parametrize(("yes", "carried"), [(224, False), (225, True)])
def test_a_share_for_a_non_member_takes_three_quarters_of_all(yes: int, carried: bool) -> None:
    vote = ("collective_members", "non_member_share", "persons", 300, 250, yes, 0, 0, 10)
    assert decide(*vote).carried is carried
    assert decide("collective_members", "plain", *vote[2:]).carried


def test_a_vote_without_any_notice_does_not_count_where_the_rule_wants_days() -> None:
    for body, valid in (("villagers_meeting", False), ("group_meeting", True)):
        found = judge(BODIES[body], "plain", "adults", 90, 90, (90, 0, 0), None)
        assert (found.valid, bool(found.reasons)) == (valid, not valid)


@given(st.sampled_from(sorted(BODIES)))
def test_a_rule_that_is_kept_is_the_rule(body: str) -> None:
    kept = json.loads(json.dumps(BODIES[body].kept))
    rule = Rule.of(kept)
    assert (rule.kept, rule.source) == (kept, BODIES[body].source)


BORDERS = [
    # body, basis, due, present, in favour, valid, carried
    ("villagers_meeting", "adults", 100, 50, 50, False, False),
    ("villagers_meeting", "adults", 100, 51, 26, True, True),
    ("villagers_meeting", "adults", 100, 52, 26, True, False),
    ("villagers_meeting", "households", 65, 43, 43, False, False),
    ("villagers_meeting", "households", 65, 44, 23, True, True),
    ("representatives", "persons", 30, 20, 11, True, True),
    ("representatives", "persons", 30, 19, 19, False, False),
    ("representatives", "persons", 30, 20, 10, True, False),
    ("group_meeting", "adults", 150, 100, 51, True, True),
    ("group_meeting", "adults", 150, 99, 99, False, False),
    ("group_meeting", "households", 65, 40, 40, False, False),
    ("collective_members", "persons", 300, 200, 200, True, True),
    ("collective_members", "persons", 300, 200, 199, True, False),
    ("collective_members", "persons", 300, 199, 199, False, False),
    ("collective_members", "persons", 301, 300, 200, True, False),
    ("collective_delegates", "persons", 30, 20, 20, True, True),
    ("collective_delegates", "persons", 30, 25, 19, True, False),
    ("collective_delegates", "persons", 31, 20, 20, False, False),
    ("collective_board", "persons", 5, 4, 3, True, True),
    ("collective_board", "persons", 5, 3, 3, False, False),
    ("collective_board", "persons", 7, 5, 4, True, True),
    ("collective_board", "persons", 7, 5, 3, True, False),
    ("party_members", "persons", 20, 10, 10, True, False),
    ("party_members", "persons", 20, 11, 11, True, True),
    ("party_members", "persons", 21, 10, 10, False, False),
]


@pytest.mark.parametrize("row", BORDERS, ids=lambda row: "-".join(map(str, row)))
def test_at_the_borders(row: tuple[Any, ...]) -> None:
    body, basis, due, present, in_favour, valid, carried = row
    found = decide(body, "plain", basis, due, present, in_favour, 0, 0, 10)
    assert (found.valid, found.carried) == (valid, carried)


def test_the_reason_names_the_numbers() -> None:
    (why,) = decide("group_meeting", "plain", "households", 65, 40, 40, 0, 0, 0).reasons
    for number in ("40", "44", "65"):
        assert number in why
    (why,) = decide("collective_members", "plain", "persons", 300, 250, 199, 51, 0, 10).reasons
    for number in ("199", "200", "300"):
        assert number in why


def test_too_short_a_notice_and_too_few_are_both_told() -> None:
    found = decide("villagers_meeting", "plain", "adults", 100, 50, 50, 0, 0, 9)
    assert len(found.reasons) == 2
    assert "9" in found.reasons[0]
    assert "10" in found.reasons[0]


@pytest.mark.parametrize(
    "numbers",
    [(0, 0, 0, 0, 0), (10, 11, 0, 0, 0), (10, -1, 0, 0, 0), (10, 8, 9, 0, 0), (10, 8, 4, 4, 1),
     (10, 8, -1, 0, 0)],
)  # fmt: skip
def test_numbers_that_cannot_be_are_not_judged(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        decide("group_meeting", "plain", "adults", *numbers, 0)


def test_a_basis_that_the_law_does_not_know_is_not_judged() -> None:
    with pytest.raises(KeyError):
        decide("representatives", "plain", Basis.HOUSEHOLDS, 10, 10, 10, 0, 0, 0)


@pytest.mark.parametrize(
    ("due", "fits"), [(1, False), (3, True), (4, False), (7, True), (9, False)]
)
def test_a_board_is_an_odd_number_from_three_to_seven(due: int, fits: bool) -> None:
    assert BODIES["collective_board"].fits_size(due) is fits
    assert BODIES["group_meeting"].fits_size(due)


def test_what_the_party_decides_is_not_published() -> None:
    assert set(BodyName) - set(PUBLIC) == {BodyName.PARTY_MEMBERS}
