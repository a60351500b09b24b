"""Corrections of what was recorded of an assembly: asked for by one, confirmed by another.

Until then, and if it is declined, the old numbers stand. A recount on another day is the same.
"""

from dataclasses import asdict

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.texts import required

from . import rules
from .calls import DUE_LIMIT
from .models import VOTES, WAYS, WORDS_LIMIT, Assembly, AssemblyStep, Motion
from .tally_actions import Attendance, Tally, check_attendance, check_tally, motion_of, numbers_of

COUNTED = (*WAYS, "due")
"""What a correction of who came may change."""


@action(rules.ask_correction, locks="assembly")
def correct_attendance(
    *, actor: Actor, assembly: Assembly, attendance: Attendance, due: int, reason: str
) -> Assembly:
    """Ask that other numbers of who came, or were due, stand in place of those recorded."""
    assembly.check_step("ask")
    check_stands(assembly)
    _check_nothing_is_open(assembly, None)
    _check_came(assembly, attendance, due)
    return _ask(actor, assembly, None, {**asdict(attendance), "due": due}, reason)


def check_stands(assembly: Assembly) -> None:
    """``Conflict`` while who came is still simply written down anew."""
    if assembly.still_comes_in:
        raise Conflict(_("No vote is counted yet: write down anew who came."))


@action(rules.ask_correction, locks="assembly", notes=("motion",))
def correct_tally(
    *, actor: Actor, assembly: Assembly, motion: Motion, tally: Tally, reason: str
) -> Assembly:
    """Ask that another count of a question stands in place of the one recorded."""
    assembly.check_step("ask")
    motion = motion_of(assembly, motion)
    check_is_counted(assembly, motion)
    _check_nothing_is_open(assembly, motion)
    check_tally(assembly, tally)
    return _ask(actor, assembly, motion, asdict(tally), reason)


def check_is_counted(assembly: Assembly, motion: Motion) -> None:
    """``Conflict`` unless the question was counted."""
    if not motion.is_tallied:
        raise Conflict(_("This question is not counted yet."))


@action(rules.confirm_correction, locks="assembly", notes=("correction",))
def confirm_correction(*, actor: Actor, assembly: Assembly, correction: AssemblyStep) -> Assembly:
    """The second name: from now on the new numbers stand, the old ones stay to be read."""
    assembly.check_step("correct")
    correction = _open(assembly, correction)
    numbers, motion = correction.proposed, correction.motion
    if motion is None:
        ways = {name: numbers[name] for name in WAYS}
        _check_came(assembly, Attendance(**ways), numbers["due"])
    else:
        check_tally(assembly, Tally(**numbers))
    before = _replace(motion or assembly, numbers)
    about = {
        "motion": motion, "replaced": before, "proposed": numbers, "answers": correction,
    }  # fmt: skip
    return assembly.advance(actor, "correct", words=correction.words, about=about)


@action(rules.decline_correction, locks="assembly", notes=("correction",))
def decline_correction(
    *, actor: Actor, assembly: Assembly, correction: AssemblyStep, words: str
) -> Assembly:
    """The numbers stay: a second person found so, or whoever asked takes it back."""
    assembly.check_step("decline")
    correction = _open(assembly, correction)
    words = required(words, WORDS_LIMIT, missing=_("Please say why the numbers stay."))
    about = {"motion": correction.motion, "answers": correction}
    return assembly.advance(actor, "decline", words=words, about=about)


def _ask(
    actor: Actor, assembly: Assembly, motion: Motion | None, numbers: dict[str, int], reason: str
) -> Assembly:
    missing = _("Please say what was wrong with the numbers.")
    reason = required(reason, WORDS_LIMIT, "reason", missing)
    old = numbers_of(motion or assembly, VOTES if motion else COUNTED)
    if old == numbers:
        raise Invalid({next(iter(numbers)): _("These are the numbers that stand already.")})
    about = {"motion": motion, "replaced": old, "proposed": numbers}
    return assembly.advance(actor, "ask", words=reason, about=about)


def _check_nothing_is_open(assembly: Assembly, motion: Motion | None) -> None:
    if assembly.steps.filter(step="ask", answer=None, motion=motion).exists():
        raise Conflict(_("Another correction of this waits to be confirmed."))


def _check_came(assembly: Assembly, attendance: Attendance, due: int) -> None:
    """As who came is checked, and not below the votes that were counted."""
    if not 1 <= due <= DUE_LIMIT:
        message = _("How many are due lies between 1 and %(limit)s.")
        raise Invalid({"due": message % {"limit": DUE_LIMIT}})
    check_attendance(assembly, attendance, due)
    counted = [sum(one.votes) for one in assembly.motions.all()]
    if attendance.total < max(counted, default=0):
        raise Invalid({"in_person": _("More votes were counted than that; look at both again.")})


def _replace(row: Assembly | Motion, numbers: dict[str, int]) -> dict[str, int]:
    """Put the numbers in the place of those that stood; these."""
    before = numbers_of(row, tuple(numbers))
    for name, number in numbers.items():
        setattr(row, name, number)
    row.before, row.corrected_on = before, clock.today()
    row.save()
    return before


def _open(assembly: Assembly, correction: AssemblyStep) -> AssemblyStep:
    """The request as it is now; ``Conflict`` if it was answered."""
    found = assembly.steps.filter(pk=correction.pk, step="ask").first()
    if found is None:
        raise Missing(_("There is no such correction of this meeting."))
    if hasattr(found, "answer"):
        raise Conflict(_("This correction was answered already."))
    return found
