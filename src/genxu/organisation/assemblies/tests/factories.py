"""Assemblies of the cast, made through the real actions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from genxu.core import clock
from genxu.organisation.assemblies.actions import Call, convene_assembly
from genxu.organisation.assemblies.models import Assembly, Motion
from genxu.organisation.assemblies.tally_actions import (
    Attendance,
    Tally,
    record_attendance,
    tally_motion,
)
from tests.cast import HOME, Cast
from tests.doing import SECRETARIES


def call(**changes: Any) -> Call:
    """A group's households, called together for the day after the next ten days."""
    values: dict[str, Any] = {
        "body": "group_meeting",
        "title": "修湾里的路",
        "venue": "晒谷场",
        "meets_at": in_days(11),
        "announced_on": clock.today(),
        "basis": "households",
        "due": 65,
        "questions": ("每户出工三天修路",),
    }
    return Call(**values | changes)


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
