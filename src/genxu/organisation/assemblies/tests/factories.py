"""Assemblies of the cast, made through the real actions."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from genxu.core import clock
from genxu.organisation.assemblies.actions import convene_assembly
from genxu.organisation.assemblies.calls import Announcement, Call, Question
from genxu.organisation.assemblies.correction_actions import (
    confirm_correction,
    correct_attendance,
    correct_tally,
)
from genxu.organisation.assemblies.models import Assembly, AssemblyStep, Motion
from genxu.organisation.assemblies.tally_actions import (
    Attendance,
    Tally,
    record_attendance,
    tally_motion,
)
from tests.cast import HOME, Cast
from tests.doing import SECRETARIES


def notice(day: date | None = None, by: str = "罗测春", *ways: str) -> Announcement:
    """A notice that was posted up."""
    return Announcement(day or clock.today(), by, ways or ("posted",))


def call(**changes: Any) -> Call:
    """A group's households, called together for the day after the next ten days; notice of it was
    given today, or on the day ``announced_on``. Questions are texts, or texts with their kinds."""
    given = changes.pop("announced_on", clock.today())
    values: dict[str, Any] = {
        "body": "group_meeting",
        "title": "修湾里的路",
        "venue": "晒谷场",
        "meets_at": in_days(11),
        "basis": "households",
        "due": 65,
        "announcement": notice(given) if given else None,
    }
    if changes.get("body") == "collective_delegates":
        values |= {"due": 30, "households": 300, "women": 9}
    asked = changes.pop("questions", ("每户出工三天修路",))
    questions = [Question(one) if isinstance(one, str) else Question(*one) for one in asked]
    return Call(**values | {"questions": tuple(questions)} | changes)


def in_days(days: int, hour: int = 19) -> datetime:
    day = timezone.localtime(clock.now()) + timedelta(days=days)
    return day.replace(hour=hour, minute=30, second=0, microsecond=0)


def convene(cast: Cast, hamlet: str = HOME, **changes: Any) -> Assembly:
    return convene_assembly(
        actor=cast.actor(SECRETARIES[hamlet]), hamlet=cast.hamlet(hamlet), call=call(**changes)
    )


def begun(cast: Cast, hamlet: str = HOME, **changes: Any) -> Assembly:
    """One that met yesterday, announced long before; nothing is written down yet."""
    past = {"meets_at": in_days(-1), "announced_on": clock.today() - timedelta(days=20)}
    return convene(cast, hamlet, **past | changes)


def held(
    cast: Cast, attendance: Attendance | None = None, hamlet: str = HOME, **changes: Any
) -> Assembly:
    """One that met yesterday, and 50 came."""
    assembly = begun(cast, hamlet, **changes)
    return record_attendance(
        actor=cast.actor(SECRETARIES[hamlet]),
        assembly=assembly,
        attendance=attendance or Attendance(50),
    )


def counted(
    cast: Cast, votes: Sequence[int] = (40, 6, 4), hamlet: str = HOME, **changes: Any
) -> Motion:
    """The first question of one that was held, with its votes counted."""
    assembly = held(cast, hamlet=hamlet, **changes)
    return tally_motion(
        actor=cast.actor(SECRETARIES[hamlet]),
        assembly=assembly,
        motion=first(assembly),
        tally=Tally(*votes),
    )


def first(assembly: Assembly) -> Motion:
    motion = assembly.motions.order_by("position")[0]
    motion.assembly = assembly
    return motion


def asked(
    cast: Cast, motion: Motion, votes: Sequence[int], part: str = "secretary"
) -> AssemblyStep:
    """A correction of a count that waits for a second person."""
    correct_tally(
        actor=cast.actor(part), assembly=motion.assembly, motion=motion, tally=Tally(*votes),
        reason="念错了一张票",
    )  # fmt: skip
    return newest(motion.assembly)


def asked_of_who_came(
    cast: Cast, assembly: Assembly, attendance: Attendance, due: int = 65
) -> AssemblyStep:
    """A correction of who came that waits for a second person."""
    correct_attendance(
        actor=cast.actor("secretary"), assembly=assembly, attendance=attendance, due=due,
        reason="漏了两户",
    )  # fmt: skip
    return newest(assembly)


def newest(assembly: Assembly) -> AssemblyStep:
    return assembly.steps.order_by("-pk")[0]


def corrected(cast: Cast, votes: Sequence[int] = (30, 16, 4)) -> Motion:
    """A question whose count a second person has corrected."""
    correction = asked(cast, counted(cast), votes)
    actor = cast.actor("village_staff")
    confirm_correction(actor=actor, assembly=correction.assembly, correction=correction)
    return Motion.objects.get(pk=correction.motion_id)
