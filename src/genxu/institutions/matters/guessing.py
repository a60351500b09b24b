"""Which tier a matter may be of, by its words: a guess that a person confirms."""

import tomllib
from functools import cache
from pathlib import Path

from .workflow import Tier

TABLE = Path(__file__).parent / "data" / "tiers.toml"


@cache
def _words() -> dict[Tier, list[str]]:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {tier: table[tier] for tier in Tier}


def guessed_tier(text: str) -> Tier | None:
    """The tier for which most speaks; None where nothing does, or as much for another."""
    found = {tier: sum(len(w) for w in words if w in text) for tier, words in _words().items()}
    most = max(found.values())
    best = [tier for tier, weight in found.items() if weight == most]
    return best[0] if most and len(best) == 1 else None
