"""Drawing numbers, days and hours; quicker than ``random``'s own, since there are millions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


def below(rng: Random, count: int) -> int:
    """One of 0 … count-1."""
    return int(rng.random() * count)


def between(rng: Random, first: int, last: int) -> int:
    return first + int(rng.random() * (last - first + 1))


def day_between(rng: Random, first: date, last: date) -> date:
    """A day from the first to the last; the first if there is none between."""
    span = (last - first).days
    return first + timedelta(days=int(rng.random() * (span + 1))) if span > 0 else first


def office_hour(day: date, salt: int) -> datetime:
    """A moment of the working hours of a day, in UTC; the same for the same ``salt``."""
    return datetime(day.year, day.month, day.day, 1 + salt % 8, salt * 17 % 60, tzinfo=UTC)


def pick(rng: Random, things: Sequence[T]) -> T:
    return things[int(rng.random() * len(things))]


def bag(weights: dict[T, int]) -> tuple[T, ...]:
    """Each thing as often as it weighs, to pick from."""
    return tuple(thing for thing, weight in weights.items() for _n in range(weight))


def split(rng: Random, total: int, weights: list[int], least: int) -> list[int]:
    """``total`` shared out by weight, at least ``least`` each; the shares add up to it."""
    whole = sum(weights)
    shares = [max(least, total * weight // whole) for weight in weights]
    left = total - sum(shares)
    order = sorted(range(len(shares)), key=lambda _n: rng.random())
    turn = 0
    while left:
        n, step = order[turn % len(order)], 1 if left > 0 else -1
        if step > 0 or shares[n] > least:
            shares[n] += step
            left -= step
        turn += 1
    return shares
