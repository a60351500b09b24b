"""Turns are dealt fairly: for random people, absences and days."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from genxu.team.duties.fair import (
    GAP,
    Answer,
    Hand,
    Question,
    deal,
    is_sound,
    points,
    propose,
    too_few,
)

FIRST = date(2026, 6, 1)
EFFORT = 0.05


def days_of(weekdays: set[int], count: int = 84) -> list[date]:
    days = [FIRST + timedelta(days=n) for n in range(count)]
    return [day for day in days if day.weekday() in weekdays]


def weekends(days: list[date]) -> frozenset[date]:
    return frozenset(day for day in days if day.weekday() > 4)


@st.composite
def questions(draw: st.DrawFn) -> Question[int]:
    days = days_of(draw(st.sets(st.integers(0, 6), min_size=1, max_size=3)), 56)
    size = draw(st.integers(1, 2))
    hands = []
    for key in range(draw(st.integers(3, 16))):
        away = set(draw(st.lists(st.sampled_from(days), max_size=6)))
        free = frozenset(days) - away
        hands.append(Hand(key, free, new=draw(st.booleans())))
    return Question(days, size, hands, weekends(days), pairs=draw(st.booleans()))


def loads(answer: Answer[int], hands: int) -> list[int]:
    return [sum(key in keys for keys in answer.turns.values()) for key in range(hands)]


@settings(max_examples=40, deadline=None)
@given(questions())
def test_each_turn_has_somebody_who_can_or_it_says_which_days_lack_people(
    question: Question[int],
) -> None:
    answer = propose(question, effort=EFFORT)
    if not answer.short:
        assert is_sound(question, answer.turns)
    for short in answer.short:
        assert short.able < short.wanted
        assert question.days[0] <= short.first <= short.last <= question.days[-1]


@settings(max_examples=25, deadline=None)
@given(questions())
def test_dealing_again_changes_nothing_if_nothing_changed(question: Question[int]) -> None:
    answer = propose(question, effort=10)
    if answer.short or points(question, answer.turns) != 0:
        return
    again = Question(question.days, question.size, question.hands, question.rest,
                     before=answer.turns, pairs=question.pairs)  # fmt: skip
    second = propose(again, effort=10)
    assert {day: set(keys) for day, keys in second.turns.items()} == {
        day: set(keys) for day, keys in answer.turns.items()
    }


@settings(max_examples=25, deadline=None)
@given(st.integers(14, 20), st.sets(st.integers(0, 6), min_size=1, max_size=7))
def test_turns_are_equal_where_nothing_hinders(people: int, weekdays: set[int]) -> None:
    days = days_of(weekdays)
    hands = [Hand(key, frozenset(days)) for key in range(people)]
    answer = propose(Question(days, 1, hands, weekends(days)), effort=1)
    counts = loads(answer, people)
    assert max(counts) - min(counts) <= 1


def test_nobody_comes_twice_within_seven_days() -> None:
    days = days_of(set(range(7)))
    hands = [Hand(key, frozenset(days)) for key in range(9)]
    answer = propose(Question(days, 1, hands))
    for key in range(9):
        mine = [day for day, keys in answer.turns.items() if key in keys]
        assert all((b - a).days >= GAP for a, b in pairwise(mine))


def test_weekends_are_shared_apart() -> None:
    days = days_of({2, 5})
    hands = [Hand(key, frozenset(days)) for key in range(8)]
    answer = propose(Question(days, 1, hands, weekends(days)))
    rest = [sum(key in answer.turns[d] for d in weekends(days)) for key in range(8)]
    assert max(rest) - min(rest) <= 1


def test_a_new_hand_comes_with_an_old_one() -> None:
    days = days_of({5})
    hands = [Hand(key, frozenset(days), new=key < 3) for key in range(6)]
    answer = propose(Question(days, 2, hands, pairs=True))
    assert all(any(key >= 3 for key in keys) for keys in answer.turns.values())


def test_whoever_can_come_on_half_of_the_days_has_half_of_the_turns() -> None:
    days = days_of({0, 3}, 168)
    half = frozenset(days[: len(days) // 2])
    hands = [Hand(0, half), *(Hand(key, frozenset(days)) for key in range(1, 8))]
    counts = loads(propose(Question(days, 1, hands)), 8)
    assert counts[0] in (3, 4)
    assert max(counts[1:]) - min(counts[1:]) <= 1


def test_it_says_on_which_day_nobody_can() -> None:
    days = days_of({5})
    hands = [Hand(key, frozenset(days) - {days[3]}) for key in range(5)]
    (short,) = propose(Question(days, 1, hands)).short
    assert (short.first, short.wanted, short.able) == (days[3], 1, 0)


def test_it_says_in_which_week_too_few_can() -> None:
    days = days_of(set(range(7)), 14)
    short = too_few(Question(days, 1, [Hand(key, frozenset(days)) for key in range(5)]))
    assert (short[0].wanted, short[0].able) == (7, 5)


def test_what_counting_does_not_show_is_found_by_letting_go() -> None:
    """Each day has two who can, each week three for three turns; and yet one of them falls out."""
    a, b, c = FIRST, FIRST + timedelta(days=4), FIRST + timedelta(days=8)
    hands = [Hand("x", frozenset({a, c})), Hand("y", frozenset({b}))]
    question = Question([a, b, c, c + timedelta(days=3)], 1, hands)
    assert [one.first for one in propose(question).short] == [c + timedelta(days=3)]


def test_only_days_to_come_are_dealt_and_what_was_counts() -> None:
    days = days_of({5})
    hands = [Hand(key, frozenset(days)) for key in range(4)]
    done = dict.fromkeys(days[:3], (0,))
    question = Question(days[3:], 1, hands, done=done)
    answer = propose(question)
    assert set(answer.turns) == set(days[3:])
    counts = loads(answer, 4)
    assert counts[0] == 0
    assert max(counts[1:]) - min(counts[1:]) <= 1


def test_as_few_names_change_as_possible() -> None:
    days = days_of({5}, 168)
    hands = [Hand(key, frozenset(days)) for key in range(6)]
    before = propose(Question(days, 1, hands)).turns
    away = next(day for day, keys in before.items() if keys == (2,))
    hands[2] = Hand(2, frozenset(days) - {away})
    after = propose(Question(days, 1, hands, before=before)).turns
    assert sum(before[day] != after[day] for day in days) <= 2


def test_the_plain_deal_alone_is_sound() -> None:
    days = days_of({5}, 168)
    question = Question(days, 2, [Hand(key, frozenset(days)) for key in range(7)])
    assert is_sound(question, deal(question))
    assert points(question, deal(question)) == 0
