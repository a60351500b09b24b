"""What a hamlet's collective takes in and lets out, and what its households earn: by the real
actions, from ``data/contracts.toml``. For whoever tells the story of a hamlet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.calendar import years_on
from genxu.core.money import FEN, apportion
from genxu.people.models import Household
from genxu.places.contracts.contract_intake import record_contracts
from genxu.places.contracts.models import Contract, Way
from genxu.places.contracts.rent_actions import note_rent
from genxu.places.contracts.rows import ContractRow
from genxu.places.surveys.actions import begin_survey, close_survey, note_answer
from genxu.places.surveys.models import Survey
from genxu.regions.models import Region

from .material import DATA, Lines, Material, read
from .moments import moment


@dataclass(frozen=True, slots=True)
class PieceScript(Material):
    what: str
    way: str
    names: Lines
    weight: int


@dataclass(frozen=True, slots=True)
class LetScript(Material):
    """``month`` is that of the day on which its rent is due; ``steps`` in yuan."""

    what: str
    object: str
    other: str
    since: int
    years: int
    month: int
    steps: tuple[tuple[int, int], ...]
    mu: int = 0


@dataclass(frozen=True, slots=True)
class IncomesScript(Material):
    """Between how much and how much a head, in yuan; how many would rather not say."""

    least: int
    most: int
    declined: int


@dataclass(frozen=True, slots=True)
class LettingScript(Material):
    mu: int
    first_year: int
    years: int
    pieces: tuple[PieceScript, ...]
    lets: tuple[LetScript, ...]
    incomes: IncomesScript


SCRIPT = read(DATA / "contracts.toml", LettingScript)


def sign_contracts(actor: Actor, hamlet: Region, households: Sequence[Household]) -> int:
    """The land that these households bring in, all of it the mu of the script, and what is let;
    how many contracts. ``actor`` may be the system."""
    rows = [*_pieces(hamlet, households), *(_let(hamlet, one) for one in SCRIPT.lets)]
    record_contracts(
        actor=actor, place=hamlet, rows=rows, count=len(rows), hamlets=[hamlet.code],
        source="demo",
    )  # fmt: skip
    return len(rows)


def _pieces(hamlet: Region, households: Sequence[Household]) -> Iterable[ContractRow]:
    """One for each household, in turn of each kind; by its weight and its heads."""
    since = date(SCRIPT.first_year, 1, 1)
    until = date.fromordinal(years_on(since, SCRIPT.years).toordinal() - 1)
    kinds = [SCRIPT.pieces[n % len(SCRIPT.pieces)] for n in range(len(households))]
    pairs = list(zip(kinds, households, strict=True))
    areas = apportion(SCRIPT.mu * 100, [kind.weight * one.head_count for kind, one in pairs])
    for n, ((kind, one), area) in enumerate(zip(pairs, areas, strict=True)):
        name = kind.names[n // len(SCRIPT.pieces) % len(kind.names)]
        yield ContractRow(
            hamlet.code, kind.way, kind.what, name, since, until, household_number=one.number,
            area=area, signed_on=since,
        )  # fmt: skip


def _let(hamlet: Region, one: LetScript) -> ContractRow:
    since = date(one.since, 1, 1)
    until = date.fromordinal(years_on(since, one.years).toordinal() - 1)
    return ContractRow(
        hamlet.code, Way.LEASE_OUT, one.what, one.object, since, until, one.other, company=True,
        area=one.mu * 100 or None, first_due=date(one.since, one.month, 10),
        steps=tuple((year, yuan * FEN) for year, yuan in one.steps), signed_on=since,
    )  # fmt: skip


def pay_rents(actor: Actor, hamlet: Region, year: int) -> int:
    """The rents that fell due in a year, each paid on its day: in the book of the collective, which
    must be open since then. How much it was, in fen."""
    total = 0
    rows = Contract.objects.filter(place=hamlet, way=Way.LEASE_OUT).order_by("pk")
    for contract in rows:
        for one in [due for due in contract.schedule if due.day.year == year and due.owed]:
            with clock.at(moment(one.day, 10)):
                contract = note_rent(
                    actor=actor, contract=contract, year=one.year, amount=one.owed, day=one.day
                )
            total += one.owed
    return total


def ask_incomes(
    actor: Actor, hamlet: Region, households: Sequence[Household], year: int, mean: int, rng: Random
) -> Survey:
    """The survey of a year, asked in the January after it and closed at the end of February: its
    mean a head is ``mean`` yuan, counted from what each household said."""
    said, silent = households[SCRIPT.incomes.declined :], households[: SCRIPT.incomes.declined]
    asked_on = date(year + 1, 1, 18)
    with clock.at(moment(asked_on, 9)):
        survey = begin_survey(actor=actor, hamlet=hamlet, year=year)
    with clock.at(moment(asked_on, 15)):
        for one in silent:
            note_answer(actor=actor, survey=survey, household=one, asked_on=asked_on, declined=True)
        for one, income in zip(said, _incomes(said, mean, rng), strict=True):
            note_answer(
                actor=actor, survey=survey, household=one, asked_on=asked_on,
                persons=one.head_count, income=income,
            )  # fmt: skip
    with clock.at(moment(date(year + 1, 2, 27), 17)):
        return close_survey(actor=actor, survey=survey)


def _incomes(households: Sequence[Household], mean: int, rng: Random) -> list[int]:
    """Fen a household, whose sum is the mean for each of their heads."""
    script = SCRIPT.incomes
    drawn = [rng.randint(script.least, script.most) * one.head_count for one in households]
    return apportion(mean * FEN * sum(one.head_count for one in households), drawn)
