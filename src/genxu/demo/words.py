"""All the words the demonstration world speaks with."""

from __future__ import annotations

from typing import Final

from genxu.demo import (
    words_home_a,
    words_home_b,
    words_land_a,
    words_land_b,
    words_life_a,
    words_life_b,
    words_people_a,
    words_people_b,
    words_water_a,
    words_water_b,
    words_ways_a,
    words_ways_b,
)
from genxu.demo.words_base import (
    ALL_YEAR,
    COMMON_BAD,
    COMMON_DECLINES,
    COMMON_GOOD,
    EXTENSION_REASONS,
    MEETING_PLACES,
    PASS_ON_REASONS,
    REOPEN_REASONS,
    RETURN_REASONS,
    SPOTS,
    TRY_NOTES,
    Case,
    Tier,
    Top,
    Topic,
    Urgency,
    fill,
    pick_spot,
    put,
)

__all__ = [
    "ALL_YEAR",
    "COMMON_BAD",
    "COMMON_DECLINES",
    "COMMON_GOOD",
    "EXTENSION_REASONS",
    "MEETING_PLACES",
    "PASS_ON_REASONS",
    "REOPEN_REASONS",
    "RETURN_REASONS",
    "SPOTS",
    "TOPICS",
    "TRY_NOTES",
    "Case",
    "Tier",
    "Top",
    "Topic",
    "Urgency",
    "fill",
    "pick_spot",
    "put",
    "topics_of_month",
]

#: Every topic of an evening talk.
TOPICS: Final[tuple[Topic, ...]] = (
    *words_ways_a.TOPICS,
    *words_ways_b.TOPICS,
    *words_home_a.TOPICS,
    *words_home_b.TOPICS,
    *words_water_a.TOPICS,
    *words_water_b.TOPICS,
    *words_people_a.TOPICS,
    *words_people_b.TOPICS,
    *words_land_a.TOPICS,
    *words_land_b.TOPICS,
    *words_life_a.TOPICS,
    *words_life_b.TOPICS,
)

_BY_MONTH: Final = {m: tuple(t for t in TOPICS if m in t.months) for m in ALL_YEAR}


def topics_of_month(month: int) -> tuple[Topic, ...]:
    """The topics likely in `month`, 1 to 12."""
    return _BY_MONTH[month]
