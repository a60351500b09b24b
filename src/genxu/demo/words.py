"""The words that the demonstration world speaks with."""

from dataclasses import dataclass
from random import Random
from typing import Annotated, Literal

from pydantic import Field

from genxu.institutions.matters.workflow import Tier, Urgency
from genxu.organisation.centre_households.workflow import Leaving

from .dice import pick
from .material import DATA, Lines, Material, one_for_each, read, read_all

ALL_YEAR = tuple(range(1, 13))
Month = Annotated[int, Field(ge=1, le=12)]


@dataclass(frozen=True, slots=True)
class Case(Material):
    """One thing a resident may say at a talk, and the words of all that may come of it."""

    said: str
    title: str
    tier: Tier
    answers: Lines
    declines: Lines
    work: Lines
    results: Lines
    bad: Lines
    good: Lines
    urgency: Urgency = Urgency.ORDINARY
    specialist_top: Literal["village", "township", "county"] | None = None
    level_answers: tuple[str, ...] = ()
    second_title: str | None = None


@dataclass(frozen=True, slots=True)
class Topic(Material):
    """What an evening talk is about, and the months in which it is likely."""

    name: str
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]
    months: tuple[Month, ...] = ALL_YEAR


@dataclass(frozen=True, slots=True)
class Theme(Material):
    """A file of topics that belong together."""

    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Words(Material):
    """The small words that belong to no one topic."""

    spots: Lines
    meeting_places: Lines
    good: Lines
    bad: Lines
    try_notes: Lines
    extension_reasons: Lines
    extension_granted: str
    follow_up: str
    helpers: Annotated[dict[str, Lines], one_for_each(Tier)]
    hearer: str
    """Who hears what a resident says of a matter done, if not those who did it."""


TOLD_STEPS = ("request", "approve", "re_elect", "extend", "close")
"""The steps of an organisation at which something is said."""


@dataclass(frozen=True, slots=True)
class OrganisationWords(Material):
    """What was said and written around organisations, centre households and councils."""

    names: Annotated[dict[str, str], one_for_each(("branch", "party_group"))]
    statements: Lines
    selection: Lines
    renewal: Lines
    leaving: Annotated[dict[str, Lines], one_for_each(Leaving)]
    steps: Annotated[dict[str, Lines], one_for_each(TOLD_STEPS)]


WORDS = read(DATA / "words.toml", Words)
ORGANISATION = read(DATA / "organisation.toml", OrganisationWords)
TOPICS = tuple(topic for theme in read_all(DATA / "topics", Theme) for topic in theme.topics)
_BY_MONTH = {month: tuple(t for t in TOPICS if month in t.months) for month in ALL_YEAR}


def topics_of_month(month: int) -> tuple[Topic, ...]:
    """The topics likely in `month`, 1 to 12."""
    return _BY_MONTH[month]


def put(text: str, spot: str) -> str:
    """`text` with its {spot} filled: use one spot for all words of one matter."""
    return text.replace("{spot}", spot) if "{" in text else text


def pick_spot(rng: Random) -> str:
    """A spot in a hamlet."""
    return pick(rng, WORDS.spots)
