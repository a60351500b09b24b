"""Invented names of people and hamlets, and telephone numbers that belong to nobody."""

from dataclasses import dataclass
from itertools import chain, count
from random import Random

from .dice import bag, pick
from .material import DATA, Lines, Material, read


@dataclass(frozen=True, slots=True)
class Surnames(Material):
    """Family names of one character, and how common each of them is."""

    weight: int
    names: str


@dataclass(frozen=True, slots=True)
class Given(Material):
    """Characters for given names of two, of one generation and sex."""

    weight: int
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Singles(Material):
    """Given names of one character."""

    weight: int
    characters: str


@dataclass(frozen=True, slots=True)
class HamletParts(Material):
    """What names of natural villages are made of."""

    family_mark: str
    tails: Lines
    landmarks: Lines
    features: Lines
    terrain: Lines
    instead: str
    plain: Lines
    ordinals: Lines
    group_mark: str
    after_family: str
    families: dict[str, str]


@dataclass(frozen=True, slots=True)
class Names(Material):
    """Parts of names, and those of living people that must never come out."""

    forbidden: frozenset[str]
    surnames: tuple[Surnames, ...]
    given: tuple[Given, ...]
    singles: Singles
    hamlets: HamletParts


_NAMES = read(DATA / "names.toml", Names)
_PARTS = _NAMES.hamlets
FORBIDDEN_NAMES = _NAMES.forbidden
_SURNAMES = bag({name: one.weight for one in _NAMES.surnames for name in one.names})
_GIVEN = bag({one: one.weight for one in _NAMES.given} | {None: _NAMES.singles.weight})
_KNOWN_SURNAMES = frozenset(_SURNAMES)


def person_name(rng: Random, surname: str | None = None) -> str:
    """An invented full name; with `surname` given, of that family."""
    family = surname or pick(rng, _SURNAMES)
    while True:
        given = pick(rng, _GIVEN)
        if given is None:
            name = family + pick(rng, _NAMES.singles.characters)
        else:
            one, two = pick(rng, given.first), pick(rng, given.second)
            if one == two:
                continue
            name = family + one + two
        if name not in FORBIDDEN_NAMES:
            return name


def _hamlet_candidate(rng: Random) -> str:
    die, parts = rng.random(), _PARTS
    if die < 0.46:
        return pick(rng, _SURNAMES) + parts.family_mark + pick(rng, parts.tails)
    if die < 0.64:
        return pick(rng, parts.landmarks) + pick(rng, _SURNAMES)
    if die < 0.86:
        one, two = pick(rng, parts.features), pick(rng, parts.terrain)
        return (one if one != two else parts.instead) + two
    if die < 0.94:
        return pick(rng, parts.plain)
    return pick(rng, parts.ordinals) + parts.group_mark


def hamlet_name(rng: Random, taken: set[str]) -> str:
    """A plausible name of a natural village, not among those `taken`, to which it is added."""
    candidates = (_hamlet_candidate(rng) for _n in range(200))
    numbered = (f"{serial}{_PARTS.group_mark}" for serial in count(len(_PARTS.ordinals) + 1))
    name = next(name for name in chain(candidates, numbered) if name not in taken)
    taken.add(name)
    return name


def dominant_surname(hamlet: str) -> str | None:
    """The family a hamlet is named after, if its name tells: 罗家洲 → 罗, 上屋汪 → 汪."""
    known = _PARTS.families.get(hamlet)
    if known is not None or len(hamlet) < 2:
        return known
    first, second, last = hamlet[0], hamlet[1], hamlet[-1]
    of_family = second == _PARTS.family_mark or (
        second in _PARTS.after_family and first not in _PARTS.features
    )
    if first in _KNOWN_SURNAMES and of_family:
        return first
    if last in _KNOWN_SURNAMES and hamlet[:-1] in _PARTS.landmarks:
        return last
    return None


_SHARES = (12, 3, 2, 2, 1)


def hamlet_surnames(rng: Random, hamlet_name: str) -> tuple[str, ...]:
    """Twenty surnames to draw households from: the dominant one stands for twelve of them."""
    families = [dominant_surname(hamlet_name) or pick(rng, _SURNAMES)]
    while len(families) < len(_SHARES):
        other = pick(rng, _SURNAMES)
        if other not in families:
            families.append(other)
    return bag(dict(zip(families, _SHARES, strict=True)))


_NUMBERS = 100_000_000
_STRIDE = 61_803_399  # coprime to ten: neighbours in serial lie far apart, none repeats


def phone(serial: int) -> str:
    """An eleven-digit number of the never assigned range 154; distinct for distinct serials."""
    if not 0 <= serial < _NUMBERS:
        raise ValueError("a serial has at most eight digits")
    return f"154{serial * _STRIDE % _NUMBERS:08d}"
