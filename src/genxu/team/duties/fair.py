"""Dealing turns fairly. Pure: days and keys in, keys out; no database, no clock.

Always held: who has a turn can come on that day, and has no other one within ``GAP`` days. The
sum of these points is made as small as it can be:

- ``SHORT`` for each turn that nobody takes;
- ``ALONE`` for each day on which only new hands come, where pairs are wanted;
- ``SPREAD`` for each turn by which somebody has more, or fewer, than falls to her: the turns of
  the whole rota by the days on which she can come, up or down to a whole number;
- ``REST`` the same of weekends and festivals alone;
- ``CHANGE`` for each name that stood before and stands no more.

Equal turns a person, weekends and festivals apart, no two within seven days: custom.
"""

from bisect import bisect, insort
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

H = TypeVar("H", bound=Hashable)
Turns = Mapping[date, tuple[H, ...]]

GAP = 7
SHORT, ALONE, SPREAD, REST, CHANGE = 100_000, 400, 60, 25, 1
SEED = 20230524
EFFORT, EFFORT_EACH = 0.5, 0.05
"""How long the solver may think of one rota, and of each of many, in its own measure of work: the
same on every machine: some four seconds, and less than one, on a slow core."""
SECONDS = 3.5
"""By the clock, for a machine that is much too slow: then the best so far is taken."""


@dataclass(frozen=True)
class Hand(Generic[H]):
    """Somebody on a rota: the days of it on which she can come, and whether she is new to it."""

    key: H
    free: frozenset[date]
    new: bool = False


@dataclass(frozen=True)
class Question(Generic[H]):
    """Turns to be dealt: ``size`` on each of ``days``. ``done`` stands, whatever comes: what was,
    and what was agreed on since; ``before`` are the names that stood on days to come."""

    days: Sequence[date]
    size: int
    hands: Sequence[Hand[H]]
    rest: frozenset[date] = frozenset()
    done: Turns[H] = field(default_factory=dict)
    before: Turns[H] = field(default_factory=dict)
    pairs: bool = False

    @property
    def paired(self) -> bool:
        """Whether new hands want somebody with them: where two come, or more."""
        return self.pairs and self.size > 1


@dataclass(frozen=True)
class Short:
    """From one day to another so many turns are wanted and so many people can be had."""

    first: date
    last: date
    wanted: int
    able: int


@dataclass(frozen=True)
class Answer(Generic[H]):
    """Who comes on each day (without what was done), and where somebody is lacking."""

    turns: dict[date, tuple[H, ...]]
    short: tuple[Short, ...] = ()


def propose(question: Question[H], *, effort: float = EFFORT) -> Answer[H]:
    """The fairest deal found, the same for the same question.

    Where nobody can come it is said without a search, as far as counting shows it. The plain deal
    is where the solver begins; a plain deal with nothing to better is taken as it is.
    """
    if short := too_few(question):
        return Answer({}, short)
    plain = deal(question)
    found = plain if points(question, plain) == 0 else _solve(question, plain, effort)
    lacking = (
        Short(day, day, question.size, question.size - missing)
        for day in question.days
        if (missing := _wanted(question, day) - len(found[day]))
    )
    return Answer(found, tuple(lacking))  # fmt: skip


def too_few(question: Question[Any]) -> tuple[Short, ...]:
    """The days for which too few can come; else the runs of ``GAP`` days that need more people
    than there are, since nobody comes twice within them."""
    days = sorted(question.days)
    able = {day: _able(question, [day]) for day in days}
    single = [Short(day, day, question.size, able[day] + question.size - wanted)
              for day in days if able[day] < (wanted := _wanted(question, day))]  # fmt: skip
    if single:
        return tuple(single)
    found: list[Short] = []
    for n, first in enumerate(days):
        run = [day for day in days[n : n + GAP] if (day - first).days < GAP]
        wanted = sum(_wanted(question, day) for day in run)
        if wanted > (people := _able(question, run)) and not (found and first <= found[-1].last):
            found.append(Short(first, run[-1], wanted, people))
    return tuple(found)


def _able(question: Question[Any], run: Sequence[date]) -> int:
    """How many can take a turn on one of these days."""
    busy = _busy(question)
    return sum(
        any(day in hand.free and not _is_near(busy[hand.key], day) for day in run)
        for hand in question.hands
    )


def _busy(question: Question[H]) -> dict[H, list[int]]:
    """The days of what is done by each hand, in their order."""
    found: dict[H, list[int]] = {hand.key: [] for hand in question.hands}
    for day, keys in question.done.items():
        for key in keys:
            if key in found:
                insort(found[key], day.toordinal())
    return found


def _is_near(busy: Sequence[int], day: date) -> bool:
    """Whether one of the days lies within the gap."""
    at = day.toordinal()
    place = bisect(busy, at - GAP)
    return place < len(busy) and busy[place] < at + GAP


def _wanted(question: Question[Any], day: date) -> int:
    return max(0, question.size - len(question.done.get(day, ())))


@dataclass(frozen=True)
class Shares(Generic[H]):
    """What falls to each hand of some days: between ``low`` and ``high``; ``had`` of it is done."""

    low: dict[H, int]
    high: dict[H, int]
    had: dict[H, int]

    @classmethod
    def of(cls, question: Question[H], only: frozenset[date] | None = None) -> "Shares[H]":
        """Of the whole rota, or of these days alone."""
        days = {*question.days, *question.done}
        days &= days if only is None else only
        turns = sum(len(question.done.get(day, ())) for day in days)
        turns += sum(_wanted(question, day) for day in question.days if day in days)
        free = {hand.key: len(hand.free & days) for hand in question.hands}
        whole = sum(free.values()) or 1
        had = dict.fromkeys(free, 0)
        for day in days:
            for key in question.done.get(day, ()):
                had[key] = had.get(key, 0) + 1
        return cls(
            {key: turns * one // whole for key, one in free.items()},
            {key: -(-turns * one // whole) for key, one in free.items()},
            had,
        )

    def off(self, key: H, more: int) -> int:
        """By how many turns somebody is off her share with so many more."""
        load = self.had[key] + more
        return max(0, load - self.high[key], self.low[key] - load)


def deal(question: Question[H]) -> dict[date, tuple[H, ...]]:
    """The plain deal: names that stood stay where they can, the others go to whoever had fewest
    for her share, day by day. It may leave turns to nobody, or be less fair than could be."""
    dealing = _Dealing(question)
    for day, keys in sorted(question.before.items()):
        for key in keys:
            dealing.keep(day, key)
    for day in sorted(question.days):
        dealing.fill(day)
    return {day: tuple(dealing.given[day]) for day in question.days}


class _Dealing(Generic[H]):
    """A deal under way."""

    def __init__(self, question: Question[H]) -> None:
        self.question = question
        self.hands = {hand.key: (n, hand) for n, hand in enumerate(question.hands)}
        self.shares = Shares.of(question)
        self.busy = _busy(question)
        self.load = dict(self.shares.had)
        self.rest = {key: sum(date.fromordinal(one) in question.rest for one in busy)
                     for key, busy in self.busy.items()}  # fmt: skip
        self.given: dict[date, list[H]] = {day: [] for day in question.days}

    def keep(self, day: date, key: H) -> None:
        if day not in self.given or key not in self.hands or not self._can(key, day):
            return
        if self._is_open(day) and self.load[key] < max(1, self.shares.high[key]):
            self._give(day, key)

    def fill(self, day: date) -> None:
        while self._is_open(day):
            free = [key for key in self.hands if self._can(key, day)]
            if not free:
                return
            self._give(day, min(free, key=lambda key: self._turn_of(key, day)))

    def _is_open(self, day: date) -> bool:
        return len(self.given[day]) < _wanted(self.question, day)

    def _can(self, key: H, day: date) -> bool:
        return day in self.hands[key][1].free and not _is_near(self.busy[key], day)

    def _turn_of(self, key: H, day: date) -> tuple[Any, ...]:
        """Whoever is least by this comes next."""
        place, hand = self.hands[key]
        team = [*self.given[day], *self.question.done.get(day, ())]
        last_chance = len(team) + 1 >= self.question.size
        alone = self.question.paired and hand.new and last_chance and self._are_new(team)
        rest = self.rest[key] if day in self.question.rest else -self.rest[key]
        before = bisect(self.busy[key], day.toordinal())
        last = self.busy[key][before - 1] if before else 0
        return alone, self.load[key] / max(self.shares.high[key], 1), rest, last, place

    def _are_new(self, keys: Iterable[H]) -> bool:
        return all(key in self.hands and self.hands[key][1].new for key in keys)

    def _give(self, day: date, key: H) -> None:
        self.given[day].append(key)
        insort(self.busy[key], day.toordinal())
        self.load[key] += 1
        self.rest[key] += day in self.question.rest


def is_sound(question: Question[H], given: Mapping[date, Sequence[H]]) -> bool:
    """Whether a deal holds what is always held, fills each turn and touches nothing else."""
    free = {hand.key: hand.free for hand in question.hands}
    busy = _busy(question)
    for day, keys in sorted(given.items()):
        for key in keys:
            if key not in free or day not in free[key] or _is_near(busy[key], day):
                return False
            insort(busy[key], day.toordinal())
    return set(given) == set(question.days) and all(
        len(given[day]) == _wanted(question, day) for day in question.days
    )


def points(question: Question[H], given: Turns[H]) -> int:
    """The points of a deal: what the solver makes small."""
    news = {hand.key for hand in question.hands if hand.new}
    short = sum(_wanted(question, day) - len(given[day]) for day in question.days)
    alone = 0
    if question.paired:
        teams = ({*given[day], *question.done.get(day, ())} for day in question.days)
        alone = sum(bool(team) and team <= news for team in teams)
    changes = sum(key not in given[day] for day in question.days
                  for key in question.before.get(day, ()))  # fmt: skip
    return (
        SHORT * short + ALONE * alone + CHANGE * changes
        + SPREAD * _off(question, given, None) + REST * _off(question, given, question.rest)
    )  # fmt: skip


def _off(question: Question[H], given: Turns[H], only: frozenset[date] | None) -> int:
    shares = Shares.of(question, only)
    more = {hand.key: 0 for hand in question.hands}
    for day, keys in given.items():
        if only is None or day in only:
            for key in keys:
                more[key] += 1
    return sum(shares.off(key, count) for key, count in more.items())


Chosen = dict[tuple[date, H], Any]


def _solve(
    question: Question[H], plain: dict[date, tuple[H, ...]], effort: float
) -> dict[date, tuple[H, ...]]:
    """The best found within the effort; never worse than the plain deal."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = _choices(model, question, plain)
    terms = [*_fill(model, question, chosen), *_share_out(model, question, chosen, None, SPREAD),
             *_share_out(model, question, chosen, question.rest, REST)]  # fmt: skip
    _keep_apart(model, question, chosen)
    stood = ((day, key) for day in question.days for key in question.before.get(day, ()))
    terms += [-CHANGE * chosen[one] for one in stood if one in chosen]
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    # Measured for 40 hands on every day of a year: with these it finds what it else never does.
    solver.parameters.cp_model_presolve = False
    solver.parameters.linearization_level = 0
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = effort
    solver.parameters.max_time_in_seconds = SECONDS
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return plain
    found = {day: tuple(hand.key for hand in question.hands
                        if (day, hand.key) in chosen and solver.value(chosen[day, hand.key]))
             for day in question.days}  # fmt: skip
    return found if points(question, found) < points(question, plain) else plain


def _choices(model: Any, question: Question[H], plain: Turns[H]) -> "Chosen[H]":
    """One for each day and each who can come on it; the plain deal shows where to begin."""
    busy = _busy(question)
    found: Chosen[H] = {}
    for hand in question.hands:
        for day in question.days:
            if day in hand.free and not _is_near(busy[hand.key], day):
                choice = found[day, hand.key] = model.new_bool_var("")
                model.add_hint(choice, hand.key in plain[day])
    return found


def _fill(model: Any, question: Question[H], chosen: "Chosen[H]") -> Iterable[Any]:
    """Each turn has somebody, and new hands somebody with them; or it has its points."""
    news = {hand.key for hand in question.hands if hand.new}
    of_day: dict[date, list[H]] = {day: [] for day in question.days}
    for day, key in chosen:
        of_day[day].append(key)
    for day, keys in of_day.items():
        wanted = _wanted(question, day)
        lacking = model.new_int_var(0, wanted, "")
        model.add(sum(chosen[day, key] for key in keys) + lacking == wanted)
        yield SHORT * lacking
        helped = any(key not in news for key in question.done.get(day, ()))
        if question.paired and wanted and not helped and news.intersection(keys):
            alone = model.new_bool_var("")
            model.add(sum(chosen[day, key] for key in keys if key not in news) + alone >= 1)
            yield ALONE * alone


def _share_out(
    model: Any, question: Question[H], chosen: "Chosen[H]", only: frozenset[date] | None,
    weight: int,
) -> Iterable[Any]:  # fmt: skip
    """The points of those who have more or less than falls to them."""
    if only is not None and not only.intersection(question.days):
        return
    shares = Shares.of(question, only)
    of_hand: dict[H, list[Any]] = {hand.key: [] for hand in question.hands}
    for (day, key), choice in chosen.items():
        if only is None or day in only:
            of_hand[key].append(choice)
    for key, choices in of_hand.items():
        load = sum(choices) + shares.had[key]
        off = model.new_int_var(0, len(question.days) + len(question.done) + 1, "")
        model.add(off >= load - shares.high[key])
        model.add(off >= shares.low[key] - load)
        yield weight * off


def _keep_apart(model: Any, question: Question[H], chosen: "Chosen[H]") -> None:
    """Nobody comes twice within the gap."""
    days = sorted(question.days)
    for hand in question.hands:
        mine = [day for day in days if (day, hand.key) in chosen]
        reached = 0
        for n, first in enumerate(mine):
            run = [day for day in mine[n : n + GAP] if (day - first).days < GAP]
            if len(run) > 1 and n + len(run) > reached:
                reached = n + len(run)
                model.add_at_most_one(chosen[day, hand.key] for day in run)
