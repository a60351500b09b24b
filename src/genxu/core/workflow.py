"""States and the steps between them: one table for each thing that has a life of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from .errors import Conflict
from .promises import StrOrPromise


class Words(StrEnum):
    """Whose the words of a step are: of the record, of or about a resident (for those only who
    handle it), or written for the one who waits."""

    KEPT = "kept"
    PRIVATE = "private"
    FOR_WHO_WAITS = "for_who_waits"


@dataclass(frozen=True)
class Step:
    """A step: the states it may start from and the one it leads to (None: it stays).

    ``label`` names the act for whoever takes it, ``told`` says it to whoever waits for it;
    ``tone`` is how it looks in a history: settled (is-done), gone wrong (is-bad), or neither.
    ``mends``: it can be taken back at once, since it changes nothing but its row, or its model
    knows how to undo the rest.
    """

    sources: frozenset[str]
    target: str | None
    label: StrOrPromise
    told: StrOrPromise
    words: Words = Words.KEPT
    tone: str = ""
    mends: bool = False


def step(
    sources: Iterable[str],
    target: str | None,
    label: StrOrPromise,
    told: StrOrPromise,
    words: Words = Words.KEPT,
    tone: str = "",
    mends: bool = False,
) -> Step:
    return Step(frozenset(sources), target, label, told, words, tone, mends)


def check(steps: Mapping[str, Step], name: str, state: str, shown: StrOrPromise) -> Step:
    """The step, if it fits the state; ``Conflict`` says what does not."""
    chosen = steps[name]
    if state not in chosen.sources:
        message = _("“%(step)s” does not fit now: it stands at “%(state)s”.")
        raise Conflict(message % {"step": chosen.label, "state": shown})
    return chosen
