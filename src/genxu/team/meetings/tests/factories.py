"""Meetings of a branch, made through the real actions."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from genxu.core import clock
from genxu.organisation.branches.models import Organisation
from genxu.organisation.branches.tests.factories import founded, township
from genxu.team.meetings import actions
from genxu.team.meetings.actions import Held
from genxu.team.meetings.models import Meeting, Training
from tests.cast import TOWNSHIP, Cast


def branch(cast: Cast) -> Organisation:
    """A standing branch of five at HOME."""
    return founded(cast, full=5)


def held(attended: Mapping[int, str] | None = None, **changes: Any) -> Held:
    values: dict[str, Any] = {
        "kind": "party_day",
        "held_on": clock.today(),
        "topic": "清沟渠、看老人",
        "hours": Decimal("1.5"),
        "attended": attended or {},
    }
    return Held(**values | changes)


def noted(
    cast: Cast,
    organisation: Organisation | None = None,
    attended: Mapping[int, str] | None = None,
    part: str = "secretary",
    another: bool = False,
    **changes: Any,
) -> Meeting:
    one = organisation or branch(cast)
    return actions.note_meeting(
        actor=cast.actor(part), hamlet=one.hamlet, organisation=one,
        held=held(attended, **changes), another=another,
    )  # fmt: skip


def everybody(organisation: Organisation, how: str = "came") -> dict[int, str]:
    return dict.fromkeys(organisation.members.present().values_list("pk", flat=True), how)


def trained(
    cast: Cast, day: date | None = None, topic: str = "乡镇党校轮训", hours: str = "8"
) -> Training:
    return actions.offer_training(
        actor=township(cast), place=cast.hamlet(TOWNSHIP), held_on=day or clock.today(),
        topic=topic, hours=Decimal(hours),
    )  # fmt: skip
