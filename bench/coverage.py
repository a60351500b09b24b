"""Who could look after whom, from nothing: the largest hamlet, and the township with most hamlets.

The whole of it (reading, the plain cut, the model, the answer) over the solver's bare solving of
the same models in the same run. The solver's effort is bounded, so the floor is nearly all.
"""

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
    return {"hamlet": _ask(largest, "EFFORT"), "township": _ask(township, "EFFORT_EACH")}


def _ask(place: str, effort: str) -> dict[str, Any]:
    from genxu.organisation.centre_households import solver
    from genxu.organisation.centre_households.coverage_queries import questions_of

    watch = _watched_solver()
    started = time.perf_counter()
    asked = {code: one for code, one in questions_of(place).items() if one.centres}
    answers = [
        solver.propose(one.households, one.centres, {}, effort=getattr(solver, effort))
        for one in asked.values()
    ]
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


def _watched_solver() -> Callable[[], float]:
    """Sum up the seconds of bare solving from here on; the library is loaded before the clock."""
    from ortools.sat.python import cp_model

    bare: Any = getattr(cp_model.CpSolver, "bare_solve", cp_model.CpSolver.solve)
    spent = [0.0]

    def solve(self: Any, *given: Any) -> Any:
        started = time.perf_counter()
        answer = bare(self, *given)
        spent[0] += time.perf_counter() - started
        return answer

    cp_model.CpSolver.bare_solve = bare
    cp_model.CpSolver.solve = solve
    return lambda: spent[0]
