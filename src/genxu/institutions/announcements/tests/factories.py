"""Announced talks and lines for them, made through the actions."""

from datetime import time, timedelta
from typing import Any

from genxu.core import clock
from genxu.core.access import NOBODY
from genxu.institutions.announcements import actions
from genxu.institutions.announcements.models import Announcement, Wish
from genxu.people.models import Household
from genxu.people.own_access import holder_of
from tests.cast import HOME, Cast


def facts(**changes: Any) -> dict[str, Any]:
    values = {
        "held_on": clock.today() + timedelta(days=3),
        "begins_at": time(19, 30),
        "venue": "老樟树下",
        "topic": "过冬的水渠",
    }
    return values | changes


def announced(cast: Cast, **changes: Any) -> Announcement:
    given = facts(**changes)
    return actions.announce_talk(actor=cast.actor("secretary"), hamlet=cast.home, **given)


def wish(cast: Cast, text: str = "塘埂要加固", household: Household | None = None) -> Wish:
    actor = holder_of(household) if household else NOBODY
    return actions.say_for_talk(
        actor=actor, hamlet=cast.hamlet(HOME), text=text, household=household
    )
