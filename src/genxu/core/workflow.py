"""States and the steps between them: one table for each thing that has a life of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .errors import Conflict
from .promises import StrOrPromise


@dataclass(frozen=True)
class Step:
    """A step: the states it may start from and the one it leads to (None: it stays).

    ``label`` names the act for whoever takes it, ``told`` says it to whoever waits for it.
    """

    sources: frozenset[str]
    target: str | None
    label: StrOrPromise
    told: StrOrPromise


def step(
    sources: Iterable[str], target: str | None, label: StrOrPromise, told: StrOrPromise
) -> Step:
    return Step(frozenset(sources), target, label, told)


def allowed(steps: Mapping[str, Step], state: str) -> list[str]:
    """The names of the steps that may start from a state, in the order of the table."""
    return [name for name, one in steps.items() if state in one.sources]


def check(
    steps: Mapping[str, Step],
    name: str,
    state: str,
    shown: StrOrPromise,
    *,
    version: int | None = None,
    seen: int | None = None,
) -> Step:
    """The step, if it fits the state; ``Conflict`` says what does not.

    ``seen`` is the version that the person had before her eyes, ``version`` the one that is there.
    """
    if seen is not None and version != seen:
        raise Conflict(_("Somebody else has just changed this. Look at it once more."))
    chosen = steps[name]
    if state not in chosen.sources:
        message = _("“%(step)s” does not fit now: it stands at “%(state)s”.")
        raise Conflict(message % {"step": chosen.label, "state": shown})
    return chosen
