"""What happened at an assembly: who came in which way, and how they voted."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.texts import optional

from . import rules
from .models import VOTES, WAYS, WORDS_LIMIT, Assembly, Motion


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
    *, actor: Actor, assembly: Assembly, attendance: Attendance, words: str = ""
) -> Assembly:
    """Write down how many came. The rule of the meeting is what the law has at this moment, and
    stays so. While people still come in, it is written down anew: on this day, before any vote
    is counted; the numbers before stay to be read."""
    assembly.check_step("attend")
    check_can_be_recorded(assembly)
    check_attendance(assembly, attendance, assembly.due)
    replaced = numbers_of(assembly, WAYS) if assembly.is_held else {}
    changes = {
        "words": optional(words, WORDS_LIMIT), "rule_kept": assembly.rule.kept,
        "recorded_on": clock.today(), **asdict(attendance),
    }  # fmt: skip
    for name, value in changes.items():
        setattr(assembly, name, value)
    return assembly.advance(actor, "attend", about={"replaced": replaced})


def check_can_be_recorded(assembly: Assembly) -> None:
    """``Conflict`` before the meeting, and once the numbers stand: then they are corrected."""
    if not assembly.has_begun:
        raise Conflict(_("It has not met yet; who came is recorded then."))
    if assembly.is_held and not assembly.still_comes_in:
        raise Conflict(_("Who came stands. What is wrong with it is corrected, by two persons."))


def check_attendance(assembly: Assembly, attendance: Attendance, due: int) -> None:
    """Raise ``Invalid``: no negative numbers, no more than are due, and only ways of being there
    that the body knows; a proxy counts if somebody who holds it came."""
    wrong = _below_zero(attendance, WAYS)
    rule, source = assembly.rule, assembly.rule.source
    came = attendance.in_person + attendance.online
    if attendance.proxies > 0 and not rule.proxies:
        message = _(
            "At this meeting nobody votes for somebody else (%(source)s). "
            "Whoever speaks for a household came in person."
        )
        wrong["proxies"] = message % {"source": source}
    elif not wrong and attendance.proxies > came * rule.proxies:
        message = _("%(came)s came who can hold a proxy, so at most %(most)s count.")
        wrong["proxies"] = message % {"came": came, "most": came * rule.proxies}
    if attendance.papers > 0 and not rule.papers:
        message = _("This meeting knows no paper fetched at the door (%(source)s).")
        wrong["papers"] = message % {"source": source}
    if not wrong and attendance.total > due:
        message = _("%(came)s came, but only %(due)s are due.")
        wrong["in_person"] = message % {"came": attendance.total, "due": due}
    if wrong:
        raise Invalid(wrong)


@action(rules.tally_motion, locks="assembly")
def tally_motion(*, actor: Actor, assembly: Assembly, motion: Motion, tally: Tally) -> Motion:
    """Write down how they voted on one question."""
    assembly.check_step("tally")
    motion = motion_of(assembly, motion)
    check_is_not_counted(assembly, motion)
    check_tally(assembly, tally)
    for name, number in asdict(tally).items():
        setattr(motion, name, number)
    motion.save()
    assembly.advance(actor, "tally", about={"motion": motion})
    return motion


def check_is_not_counted(assembly: Assembly, motion: Motion) -> None:
    """``Conflict`` if the question is counted already."""
    if motion.is_tallied:
        raise Conflict(_("This question is counted already; correct the count instead."))


def check_tally(assembly: Assembly, tally: Tally) -> None:
    """Raise ``Invalid``: no negative numbers, and no more votes than were there."""
    wrong = _below_zero(tally, VOTES)
    if not wrong and tally.total > assembly.present:
        message = _("%(votes)s votes are counted, but only %(present)s were there.")
        wrong["in_favour"] = message % {"votes": tally.total, "present": assembly.present}
    if wrong:
        raise Invalid(wrong)


def _below_zero(numbers: Attendance | Tally, names: tuple[str, ...]) -> dict[str, Any]:
    message = _("It must be at least %(limit_value)s.") % {"limit_value": 0}
    return {name: message for name in names if getattr(numbers, name) < 0}


def numbers_of(row: Assembly | Motion, names: tuple[str, ...]) -> dict[str, int]:
    """The numbers as a step keeps them."""
    return {name: getattr(row, name) for name in names}


def motion_of(assembly: Assembly, motion: Motion) -> Motion:
    """The question as it is now; ``Missing`` if it is another meeting's."""
    found = assembly.motions.filter(pk=motion.pk).first()
    if found is None:
        raise Missing(_("There is no such question at this meeting."))
    found.assembly = assembly
    return found
