"""Who could look after whom, from nothing: the largest hamlet, and the township with most hamlets.

The whole of it (reading, the plain cut, the model, the answer) over the solver's bare solving of
the same models in the same run: a moment in which two hamlets are solved at once counts once.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from .inside import ask
from .report import Report
from .worlds import Worlds

SECONDS, HAMLETS = 10, 50
TITLES = {
    "hamlet": "coverage proposal, largest hamlet",
    "township": "coverage proposal, whole township",
}


def report(worlds: Worlds, into: Report) -> None:
    """The rows of one vendor, and a note of what was asked and how good the answers are."""
    found = ask(worlds.large, "proposals", at_most=HAMLETS)
    for kind, title in TITLES.items():
        into.add(
            f"{title}, {worlds.vendor.name}",
            found[kind]["seconds"],
            "s",
            floor=found[kind]["solving"],
            target=f"≤ {SECONDS} s",
            meets=lambda value, _ratio: value <= SECONDS,
        )
    into.note(f"{worlds.vendor.name}: {_sizes(found['hamlet'], found['township'])}")


def _sizes(hamlet: dict[str, Any], township: dict[str, Any]) -> str:
    return (
        f"the largest hamlet has {hamlet['households']} households and {hamlet['centres']} centre "
        f"households; the township {township['hamlets']} hamlets with {township['households']} "
        f"households and {township['centres']}; {township['by_solver']} of them by the solver, "
        f"loads off the mean by {hamlet['off']:.1f} and {township['off']:.1f} at most"
    )


def measure(at_most: int) -> dict[str, Any]:
    """Run inside the program: both questions with their seconds, those of bare solving apart."""
    from django.db.models import Count

    from genxu.people.models import Household
    from genxu.regions.codes import Level
    from genxu.regions.models import Region

    rows = Household.objects.living_here().values_list("hamlet").annotate(n=Count("pk"))
    largest = rows.order_by("-n", "hamlet")[0][0]
    hamlets = Region.objects.of_level(Level.HAMLET).values_list("code", flat=True)
    counts: dict[str, int] = {}
    for code in hamlets:
        counts[code[:9]] = counts.get(code[:9], 0) + 1
    fits = {code: n for code, n in counts.items() if n <= at_most}
    township = max(sorted(fits), key=lambda code: fits[code])
    return {"hamlet": _ask(largest), "township": _ask(township)}


def _ask(place: str) -> dict[str, Any]:
    """One hamlet as its page asks, many as their job does; nobody is tied to anybody yet."""
    from dataclasses import replace

    from genxu.organisation.centre_households.coverage_queries import questions_of
    from genxu.organisation.centre_households.proposing import propose_all
    from genxu.organisation.centre_households.solver import propose

    watch = watched_solver()
    started = time.perf_counter()
    found = questions_of(place)
    asked = {code: replace(one, ties={}) for code, one in found.items() if one.centres}
    if len(asked) == 1:
        answers = [propose(one.households, one.centres, {}) for one in asked.values()]
    else:
        answers = [answer for _code, answer in propose_all(asked)]
    return {
        "seconds": time.perf_counter() - started,
        "solving": watch(),
        "hamlets": len(asked),
        "households": sum(len(one.households) for one in asked.values()),
        "centres": sum(len(one.centres) for one in asked.values()),
        "by_solver": sum(answer.by_solver for answer in answers),
        "off": max(_off(one, answer) for one, answer in zip(asked.values(), answers, strict=True)),
    }


def _off(question: Any, answer: Any) -> float:
    """By how many households the load farthest off the mean is off."""
    loads = dict.fromkeys([key for key, _own in question.centres], 0)
    for centre in answer.pairs.values():
        loads[centre] += 1
    mean = len(question.households) / len(question.centres)
    return max(abs(load - mean) for load in loads.values())


def watched_solver() -> Callable[[], float]:
    """Sum up the seconds in which anything is solved; the library is loaded before the clock."""
    from ortools.sat.python import cp_model

    bare: Any = getattr(cp_model.CpSolver, "bare_solve", cp_model.CpSolver.solve)
    lock, spent, under_way = threading.Lock(), [0.0], [0, 0.0]

    def count(change: int) -> None:
        with lock:
            now = time.perf_counter()
            if under_way[0]:
                spent[0] += now - under_way[1]
            under_way[0], under_way[1] = int(under_way[0]) + change, now

    def solve(self: Any, *given: Any) -> Any:
        count(1)
        try:
            return bare(self, *given)
        finally:
            count(-1)

    cp_model.CpSolver.bare_solve = bare
    cp_model.CpSolver.solve = solve
    return lambda: spent[0]
