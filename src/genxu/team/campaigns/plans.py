"""What a campaign is to be, as it was typed: what is wrong with it by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.calendar import years_on
from genxu.core.days import happened
from genxu.core.errors import Invalid
from genxu.core.promises import StrOrPromise
from genxu.core.texts import optional, required
from genxu.people.questions import MOST_WORDS, Question, questions

from .models import FACT_LIMIT, MOST_FACTS, NAME_LIMIT, WHY_LIMIT, WORD_LIMIT, Fact

LONG_AGO = timedelta(days=5 * 366)
BANNED = Path(__file__).parent / "data" / "banned.txt"


class Asked(NamedTuple):
    """A fact that is asked for."""

    name: str
    kind: str


@dataclass(frozen=True)
class Plan:
    """Name, reason, last day; the question with its words and the day since which; the facts."""

    name: str
    why: str
    until: date
    question: str
    since: date | None = None
    looks_for: Sequence[str] = ()
    facts: Sequence[Asked] = ()

    def cleaned(self) -> tuple[dict[str, Any], list[Asked]]:
        """As it is kept: the campaign's fields, and its facts; ``Invalid`` at what is wrong."""
        asks = questions().get(self.question)
        if asks is None:
            raise Invalid({"question": _("Please choose one of those offered.")})
        facts = _facts(self.facts)
        if not asks.settles and not facts:
            raise Invalid({"fact_1": _(
                "That would be a campaign that nobody can close: these records do not end by "
                "themselves. Please say what is asked of each."
            )})  # fmt: skip
        return {
            "name": required(self.name, NAME_LIMIT, "name"),
            "why": required(self.why, WHY_LIMIT, "why"),
            "until": clean_until(self.until),
            "question": asks.name,
            "since": _since(asks, self.since),
            "looks_for": _words(asks, self.looks_for),
        }, facts


def clean_until(until: date | None) -> date:
    """The last day; a campaign without an end, or one longer than a year, is none."""
    if until is None:
        raise Invalid({"until": _("A campaign has a last day. Which one?")})
    today = clock.today()
    if until <= today:
        raise Invalid({"until": _("That day is over. The last day is still to come.")})
    if until > years_on(today, 1):
        raise Invalid({"until": _("That is more than a year. A campaign comes to an end.")})
    return until


def _since(asks: Question, since: date | None) -> date | None:
    if not asks.settles:
        return None
    if since is None:
        raise Invalid({"since": _("Since which day do the records count?")})
    too_early = _("That is more than five years ago; is the year right?")
    return happened(since, "since", clock.today() - LONG_AGO, too_early)


def _words(asks: Question, given: Sequence[str]) -> list[str]:
    words = list(dict.fromkeys(one for text in given if (one := text.strip())))
    if not asks.takes_words:
        if words:
            raise Invalid(
                {"looks_for": _("Only matters are found by words. Please leave them out.")}
            )
        return []
    if not words:
        raise Invalid({"looks_for": _("Which words are looked for?")})
    if len(words) > MOST_WORDS:
        raise Invalid({"looks_for": _("At most %(n)s words.") % {"n": MOST_WORDS}})
    return [optional(one, WORD_LIMIT, "looks_for") for one in words]


def _facts(given: Sequence[Asked]) -> list[Asked]:
    """``Invalid`` names ``fact_N``."""
    facts: list[Asked] = []
    for n, one in enumerate(given, 1):
        name = optional(one.name, FACT_LIMIT, f"fact_{n}")
        if not name:
            continue
        if why := why_not(name):
            raise Invalid({f"fact_{n}": why})
        if name in [known.name for known in facts]:
            raise Invalid({f"fact_{n}": _("That is asked already.")})
        if one.kind not in Fact.Kind:
            raise Invalid({f"kind_{n}": _("Please choose one of those offered.")})
        facts.append(Asked(name, one.kind))
    if len(facts) > MOST_FACTS:
        raise Invalid({"fact_1": _("At most %(n)s facts.") % {"n": MOST_FACTS}})
    return facts


def why_not(name: str) -> StrOrPromise:
    """Why this is not asked for; empty if it may be. Source: 国办函〔2026〕12号 (no photos, tracks,
    check-in, points), 个人信息保护法 28 (no identity card)."""
    said = normalize("NFKC", "".join(name.split())).casefold()
    found = next((word for word in banned() if word in said), "")
    text = _("“%(word)s” is not asked for: no photo, no position, no sign-in, no identity card.")
    return text % {"word": found} if found else ""


@cache
def banned() -> tuple[str, ...]:
    lines = BANNED.read_text(encoding="utf-8").split("\n")
    return tuple("".join(line.split()).casefold() for line in lines if line)
