"""What happened at an assembly: who came in which way, how they voted, and corrections of it."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.texts import optional, required

from . import rules
from .models import WORDS_LIMIT, Assembly, Motion

WAYS = ("in_person", "online", "proxies", "papers")
VOTES = ("in_favour", "against", "abstained")


@dataclass(frozen=True)
class Attendance:
    """How many came in each way. A household or person is counted once."""

    in_person: int
    online: int = 0
    proxies: int = 0
    papers: int = 0

    @property
    def total(self) -> int:
        return self.in_person + self.online + self.proxies + self.papers


@dataclass(frozen=True)
class Tally:
    """How many voted in which way."""

    in_favour: int
    against: int
    abstained: int

    @property
    def total(self) -> int:
        return self.in_favour + self.against + self.abstained


@action(rules.record_attendance, locks="assembly")
def record_attendance(
    *,
    actor: Actor,
    assembly: Assembly,
    attendance: Attendance,
    words: str = "",
    reason: str = "",
) -> Assembly:
    """Write down how many came; once votes are counted, with a reason and on that day only."""
    assembly.check_step("attend")
    check_has_begun(assembly)
    check_attendance(assembly, attendance)
    words = optional(words, WORDS_LIMIT)
    reason = _check_correction(assembly, attendance, reason)
    replaced = {name: getattr(assembly, name) for name in WAYS} if assembly.is_held else {}
    ways = {name: getattr(attendance, name) for name in WAYS}
    about = {"replaced": replaced}
    assembly.words = words
    return assembly.advance(actor, "attend", words=reason, about=about, **ways)


def check_has_begun(assembly: Assembly) -> None:
    """``Conflict`` before the meeting."""
    if not assembly.has_begun:
        raise Conflict(_("It has not met yet; who came is recorded then."))


def check_attendance(assembly: Assembly, attendance: Attendance) -> None:
    """Raise ``Invalid``: no negative numbers, no more than are due, proxies where allowed."""
    wrong: dict[str, Any] = {
        name: _("It must be at least %(limit_value)s.") % {"limit_value": 0}
        for name in WAYS
        if getattr(attendance, name) < 0
    }
    if attendance.proxies > 0 and not assembly.rule.proxies:
        message = _(
            "At this meeting nobody votes for somebody else (%(source)s). "
            "Whoever speaks for a household came in person; a vote fetched at the door is on paper."
        )
        wrong["proxies"] = message % {"source": assembly.rule.source}
    if not wrong and attendance.total > assembly.due:
        message = _("%(came)s came, but only %(due)s are due.")
        wrong["in_person"] = message % {"came": attendance.total, "due": assembly.due}
    if wrong:
        raise Invalid(wrong)


def _check_correction(assembly: Assembly, attendance: Attendance, reason: str) -> str:
    """The reason for another attendance after votes were counted; "" if none were."""
    tallied = [one for one in assembly.motions.all() if one.is_tallied]
    if not tallied:
        return ""
    if not all(one.can_be_corrected for one in tallied):
        raise Conflict(_("The votes were counted on another day; what was recorded stays."))
    if attendance.total < max(sum(one.votes) for one in tallied):
        raise Invalid({"in_person": _("More votes were counted than that; look at both again.")})
    missing = _("The votes are counted already: please say why this is changed.")
    return required(reason, WORDS_LIMIT, "reason", missing)


@action(rules.tally_motion, locks="assembly")
def tally_motion(
    *,
    actor: Actor,
    assembly: Assembly,
    motion: Motion,
    tally: Tally,
) -> Motion:
    """Write down how they voted on one question."""
    assembly.check_step("tally")
    motion = _motion_of(assembly, motion)
    check_is_not_counted(assembly, motion)
    check_tally(assembly, tally)
    _write_tally(motion, tally)
    assembly.advance(actor, "tally", about={"motion": motion})
    return motion


@action(rules.correct_tally, locks="assembly", notes=("motion",))
def correct_tally(
    *,
    actor: Actor,
    assembly: Assembly,
    motion: Motion,
    tally: Tally,
    reason: str,
) -> Motion:
    """Another count of a question, on the same day and with a reason; the first stays readable."""
    assembly.check_step("correct")
    motion = _motion_of(assembly, motion)
    check_can_be_corrected(assembly, motion)
    missing = _("Please say what was wrong with the first count.")
    reason = required(reason, WORDS_LIMIT, "reason", missing)
    check_tally(assembly, tally)
    replaced = dict(zip(VOTES, motion.votes, strict=True))
    _write_tally(motion, tally)
    about = {"motion": motion, "replaced": replaced}
    assembly.advance(actor, "correct", words=reason, about=about)
    return motion


def check_is_not_counted(assembly: Assembly, motion: Motion) -> None:
    """``Conflict`` if the question is counted already."""
    if motion.is_tallied:
        raise Conflict(_("This question is counted already; correct the count instead."))


def check_can_be_corrected(assembly: Assembly, motion: Motion) -> None:
    """``Conflict`` unless the question was counted, and today."""
    if not motion.is_tallied:
        raise Conflict(_("This question is not counted yet."))
    if not motion.can_be_corrected:
        raise Conflict(_("A count is corrected on the day on which it was made, not later."))


def check_tally(assembly: Assembly, tally: Tally) -> None:
    """Raise ``Invalid``: no negative numbers, and no more votes than were there."""
    wrong: dict[str, Any] = {
        name: _("It must be at least %(limit_value)s.") % {"limit_value": 0}
        for name in VOTES
        if getattr(tally, name) < 0
    }
    if not wrong and tally.total > assembly.present:
        message = _("%(votes)s votes are counted, but only %(present)s were there.")
        wrong["in_favour"] = message % {"votes": tally.total, "present": assembly.present}
    if wrong:
        raise Invalid(wrong)


def _motion_of(assembly: Assembly, motion: Motion) -> Motion:
    """The question as it is now; ``Missing`` if it is another meeting's."""
    found = assembly.motions.filter(pk=motion.pk).first()
    if found is None:
        raise Missing(_("There is no such question at this meeting."))
    found.assembly = assembly
    return found


def _write_tally(motion: Motion, tally: Tally) -> None:
    for name, number in asdict(tally).items():
        setattr(motion, name, number)
    motion.tallied_on = clock.today()
    motion.save()
