"""What every step of an assembly does: fit its state, and be remembered."""

from typing import Any

from genxu.core.access import Actor
from genxu.core.workflow import check
from genxu.people.history import remember

from .models import Assembly, AssemblyStep
from .workflow import STEPS


def check_step(assembly: Assembly, name: str, seen: int | None) -> None:
    """Raise ``Conflict`` unless the step fits the state and the version that was seen."""
    check(
        STEPS,
        name,
        assembly.state,
        assembly.get_state_display(),
        version=assembly.version,
        seen=seen,
    )


def note_step(
    actor: Actor, name: str, before: str, assembly: Assembly, words: str = "", **about: Any
) -> None:
    """Write the step down; ``about`` may name the motion and the numbers replaced."""
    remember(
        AssemblyStep, actor, name, before, assembly.state, words,
        assembly=assembly, hamlet_id=assembly.hamlet_id, **about,
    )  # fmt: skip
