"""A rota of a year for 40 members, each day; and a township's 50 hamlets, each a weekly clean-up
and where there are people enough a daily watch, as its job works them out.

The whole of it (the plain deal, the model, the answer) over the solver's bare solving of the same
models in the same run. The questions are the same on every database.
"""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from .inside import ask
from .report import Report
from .worlds import Worlds

HANDS, HAMLETS = 40, 50
SECONDS = {"year": 5, "township": 60}
TITLES = {
    "year": f"rota of a year, {HANDS} members, two a day",
    "township": f"rotas of a year, {HAMLETS} hamlets of a township",
}
FIRST = date(2026, 1, 1)


def report(worlds: Worlds, into: Report) -> None:
    """The two rows, and a note of how fair the answers are."""
    found = ask(worlds.large, "rotas")
    for kind, title in TITLES.items():
        one, limit = found[kind], SECONDS[kind]
        into.add(
            f"{title}, {worlds.vendor.name}", one["seconds"], "s", floor=one["solving"],
            target=f"≤ {limit} s", meets=lambda value, _ratio, limit=limit: value <= limit,
        )  # fmt: skip
        into.note(
            f"{worlds.vendor.name}, {title}: {one['rotas']} rotas, {one['short']} cannot be made; "
            f"{one['points']} points left, {one['plain']} in the plain deals"
        )


def measure() -> dict[str, Any]:
    """Run inside the program: both questions with their seconds, those of bare solving apart."""
    year = [_question(Random(1), HANDS, 2, range(7))]
    return {"year": _ask(year, 1), "township": _ask(list(_township()), 2)}


def _township() -> Iterator[Any]:
    """Weekly clean-ups by two, and a watch on every day where there are people enough."""
    rng = Random(2)
    for _n in range(HAMLETS):
        hands = rng.randint(8, 24)
        yield _question(rng, hands, 2, [5])
        if hands > 14:
            yield _question(rng, hands, 1, range(7))


def _question(rng: Random, hands: int, size: int, weekdays: Any) -> Any:
    """Some are away for weeks, some come in the course of the year, a quarter are new to it."""
    from genxu.core.calendar import is_working_day
    from genxu.team.duties.fair import Hand, Question

    days = [day for n in range(365) if (day := FIRST + timedelta(days=n)).weekday() in weekdays]
    people = []
    for key in range(hands):
        start = rng.randrange(len(days))
        away = set(days[start : start + rng.randrange(len(days) // 10 + 1)])
        first = days[0] if rng.random() < 0.9 else days[rng.randrange(len(days) // 2)]
        free = frozenset(day for day in days if day >= first and day not in away)
        people.append(Hand(key, free, rng.random() < 0.25))
    rest = frozenset(day for day in days if not is_working_day(day))
    return Question(days, size, people, rest, pairs=size > 1)


def _ask(questions: list[Any], at_once: int) -> dict[str, Any]:
    from concurrent.futures import ThreadPoolExecutor
    from functools import partial

    from genxu.team.duties.fair import EFFORT, EFFORT_EACH, deal, points, propose

    from .coverage import watched_solver

    watch = watched_solver()
    started = time.perf_counter()
    solve = partial(propose, effort=EFFORT if at_once == 1 else EFFORT_EACH)
    with ThreadPoolExecutor(at_once) as pool:
        answers = list(pool.map(solve, questions))
    seconds = time.perf_counter() - started
    made = [one for one in zip(questions, answers, strict=True) if not one[1].short]
    return {
        "seconds": seconds,
        "solving": watch(),
        "rotas": len(questions),
        "short": len(questions) - len(made),
        "points": sum(points(question, answer.turns) for question, answer in made),
        "plain": sum(points(question, deal(question)) for question, _answer in made),
    }
