"""Proposing who looks after whom: a solver balances the loads and keeps neighbours together.

Pure: keys and numbers in, keys out; no database, no clock. The proposal makes the sum of these
points as small as it can:

- ``TIE`` for each household that must leave the centre household it has: people know each other,
  so in practice this is done for the loads only;
- ``BREAK`` for each place along the order of doors where neighbours go to different ones;
- ``STRAY`` for each household by which a load is more than one off the mean;
- ``NEAR`` for each centre household's share of doors that lies between a household and the house
  of the one who looks after it.

Always held: each household once, a centre household's own house with itself, and every load at
most ``SPREAD`` off the mean as a whole number.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Generic, TypeVar

H = TypeVar("H", bound=Hashable)
C = TypeVar("C", bound=Hashable)

SPREAD = 2
TIE, BREAK, STRAY, NEAR = 200, 30, 12, 10
SEED = 20210601
EFFORT, EFFORT_EACH = 0.6, 0.08
"""How long the solver may think of one hamlet, and of each of many, in its own measure of work:
the same on every machine, about as many seconds on two cores."""
SECONDS = 6.0
"""By the clock, for a machine that is much too slow: then the best so far is taken."""
NEAREST = 4
"""How many of the nearest centre households a household may go to, besides its own and the cut."""


@dataclass(frozen=True)
class Proposal(Generic[H, C]):
    """Household → centre household; ``by_solver`` is False where the plain cut had to do."""

    pairs: dict[H, C]
    by_solver: bool


@dataclass(frozen=True)
class Task:
    """The same by numbers: doors from 0 on in their order, helpers in the order of their houses."""

    doors: int
    houses: list[int]
    own: dict[int, int]
    ties: dict[int, int]

    @property
    def least(self) -> int:
        return max(0, self.doors // len(self.houses) - SPREAD)

    @property
    def most(self) -> int:
        return -(-self.doors // len(self.houses)) + SPREAD

    @property
    def free(self) -> list[int]:
        """The doors to be drawn, in their order: all but the helpers' own."""
        return [door for door in range(self.doors) if door not in self.own]

    def distance(self, door: int, helper: int) -> int:
        """In points: the doors between, a helper's share of doors being ``NEAR``."""
        return abs(door - self.houses[helper]) * NEAR * len(self.houses) // self.doors


def propose(
    households: Sequence[tuple[H, int]],
    centres: Sequence[tuple[C, H]],
    ties: Mapping[H, C],
    *,
    effort: float = EFFORT,
) -> Proposal[H, C]:
    """Who could look after whom, the same for the same question.

    ``households`` with their places in the order of doors, ``centres`` with their own household,
    ``ties`` as they are now. Never fails: where the solver finds nothing in time, the order of
    doors is cut into equal parts. Without a centre household nobody can be proposed.
    """
    keys = [key for key, _order in sorted(households, key=lambda one: one[1])]
    if not keys or not centres:
        return Proposal({}, by_solver=False)
    place = {key: n for n, key in enumerate(keys)}
    middle = len(keys) // 2
    ranked = sorted(centres, key=lambda one: place.get(one[1], middle))
    number = {centre: n for n, (centre, _own) in enumerate(ranked)}
    own = {place[house]: n for n, (_centre, house) in enumerate(ranked) if house in place}
    task = Task(
        doors=len(keys),
        houses=[place.get(house, middle) for _centre, house in ranked],
        own=own,
        ties={place[h]: number[c] for h, c in ties.items()
              if h in place and c in number and place[h] not in own},
    )  # fmt: skip
    plain = cut(task)
    solved = _solve(task, plain, effort) if len(ranked) > 1 else None
    chosen = plain if solved is None else solved
    pairs = {keys[door]: ranked[helper][0] for door, helper in sorted(chosen.items())}
    return Proposal(pairs, by_solver=solved is not None)


def cut(task: Task) -> dict[int, int]:
    """The plain cut: ties kept as far as the loads allow, the others dealt out door by door."""
    kept = _kept_ties(task)
    shares = _shares(task, kept)
    while min(shares) < task.least and kept:
        fullest = max(range(len(shares)), key=lambda helper: (shares[helper], -helper))
        if not _drop_farthest(task, kept, fullest):
            break
        shares = _shares(task, kept)
    left = [share - load for share, load in zip(shares, _loads(task, kept), strict=True)]
    given = dict(task.own) | kept
    helper = 0
    for door in task.free:
        if door not in given:
            while not left[helper]:
                helper += 1
            given[door] = helper
            left[helper] -= 1
    return given


def _kept_ties(task: Task) -> dict[int, int]:
    """The ties, the nearest first, as many for each helper as it may carry."""
    kept: dict[int, int] = {}
    loads = _loads(task, kept)
    for door, helper in sorted(task.ties.items(), key=lambda t: (task.distance(*t), t[0])):
        if loads[helper] < task.most:
            kept[door] = helper
            loads[helper] += 1
    return kept


def _drop_farthest(task: Task, kept: dict[int, int], helper: int) -> bool:
    doors = [door for door, its in kept.items() if its == helper]
    if doors:
        del kept[max(doors, key=lambda door: (task.distance(door, helper), door))]
    return bool(doors)


def _loads(task: Task, kept: Mapping[int, int]) -> list[int]:
    loads = [0] * len(task.houses)
    for helper in (*task.own.values(), *kept.values()):
        loads[helper] += 1
    return loads


def _shares(task: Task, kept: Mapping[int, int]) -> list[int]:
    """The load of each helper when the rest is given to whoever has least."""
    shares = _loads(task, kept)
    for _door in range(task.doors - sum(shares)):
        shares[shares.index(min(shares))] += 1
    return shares


def cost(task: Task, given: Mapping[int, int]) -> int:
    """The points of a way to draw it: what the solver makes small."""
    free, loads = task.free, _loads(task, {d: h for d, h in given.items() if d not in task.own})
    low, high = task.doors // len(loads) - 1, -(-task.doors // len(loads)) + 1
    return (
        TIE * sum(given[door] != helper for door, helper in task.ties.items())
        + BREAK * sum(given[a] != given[b] for a, b in pairwise(free))
        + STRAY * sum(max(0, low - load, load - high) for load in loads)
        + sum(task.distance(door, given[door]) for door in free)
    )


def _solve(task: Task, plain: Mapping[int, int], effort: float) -> dict[int, int] | None:
    """The best found within the effort, or None; the plain cut shows the solver where to begin."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    drawn = _draw(model, task, plain)
    points = [_bound_loads(model, task, drawn), _breaks(model, task, drawn)]
    points += [
        (task.distance(door, helper) + TIE * (task.ties.get(door, helper) != helper)) * choice
        for door, choices in drawn.items()
        for helper, choice in choices.items()
    ]
    model.minimize(sum(points))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False  # measured: better proposals in a fifth of the time
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = effort
    solver.parameters.max_time_in_seconds = SECONDS
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    found = dict(task.own)
    for door, choices in drawn.items():
        found[door] = next(helper for helper, choice in choices.items() if solver.value(choice))
    return found if cost(task, found) <= cost(task, plain) else dict(plain)


def _draw(model: Any, task: Task, plain: Mapping[int, int]) -> dict[int, dict[int, Any]]:
    """For each door one choice for each helper in question, exactly one of them true."""
    drawn: dict[int, dict[int, Any]] = {}
    helpers = range(len(task.houses))
    for door in task.free:
        near = sorted(helpers, key=lambda helper: (task.distance(door, helper), helper))
        asked = {*near[:NEAREST], plain[door], task.ties.get(door, plain[door])}
        drawn[door] = {helper: model.new_bool_var("") for helper in sorted(asked)}
        model.add_exactly_one(drawn[door].values())
        for helper, choice in drawn[door].items():
            model.add_hint(choice, plain[door] == helper)
    return drawn


def _bound_loads(model: Any, task: Task, drawn: Mapping[int, Mapping[int, Any]]) -> Any:
    """Hold the loads within ``SPREAD`` of the mean; gives the points for being beyond one."""
    strays = []
    own = _loads(task, {})
    for helper in range(len(task.houses)):
        choices = [its[helper] for its in drawn.values() if helper in its]
        load = model.new_int_var(task.least, task.most, "")
        model.add(load == sum(choices) + own[helper])
        stray = model.new_int_var(0, SPREAD, "")
        model.add(stray >= task.doors // len(task.houses) - 1 - load)
        model.add(stray >= load - (-(-task.doors // len(task.houses)) + 1))
        strays.append(STRAY * stray)
    return sum(strays)


def _breaks(model: Any, task: Task, drawn: Mapping[int, Mapping[int, Any]]) -> Any:
    """The points for neighbours who go to different helpers."""
    breaks = []
    for one, other in pairwise(task.free):
        parted = model.new_bool_var("")
        for helper, choice in drawn[one].items():
            model.add(choice - drawn[other].get(helper, 0) <= parted)
        breaks.append(BREAK * parted)
    return sum(breaks)
