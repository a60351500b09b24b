"""The rules of the grades, without a database (条例 2019, article 18, and the yearly notices)."""

from collections.abc import Mapping

from .workflow import Grade


def most_excellent(graded: int) -> int:
    """At most a third as a rule; of fewer than three, one."""
    return max(graded // 3, 1) if graded else 0


def too_many_excellent(grades: Mapping[int, str]) -> bool:
    """Whether a reason is needed why so many are excellent."""
    excellent = sum(grade == Grade.EXCELLENT for grade in grades.values())
    return excellent > most_excellent(len(grades))


def poll_fits(poll: Mapping[str, int], present: int) -> bool:
    """Whether the four counts can be those of so many papers; one may leave a row empty."""
    known = set(poll) <= {*Grade} and all(0 <= n <= present for n in poll.values())
    return known and sum(poll.values()) <= present
