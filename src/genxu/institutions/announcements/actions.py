"""Announcing the next talk, and the lines that wait for it."""

from collections.abc import Collection
from datetime import date, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.prepared import prepared_rows
from genxu.core.texts import required
from genxu.institutions.matters.noting_actions import A_DAY, SAYINGS_A_DAY, one_line
from genxu.people.models import Household
from genxu.people.privacy import named_person
from genxu.regions.models import Region

from . import rules
from .models import LIMITS, WISHES_KEPT, Announcement, Wish
from .workflow import ANNOUNCE, HOLD, State

AHEAD = timedelta(days=366)
WAITING_AT_MOST = 40
"""So many lines wait for one talk: more, nobody reads out."""


@action(rules.announce_talk, locks="hamlet", notes=("held_on",))
def announce_talk(
    *, actor: Actor, hamlet: Region, held_on: date, begins_at: time, venue: str, topic: str
) -> Announcement:
    """The next talk of a hamlet; one at a time."""
    if Announcement.objects.coming().filter(hamlet=hamlet).exists():
        raise Conflict(_("The next talk is announced already. Change that one."))
    facts = _checked(hamlet, held_on, begins_at, venue, topic)
    one = Announcement(hamlet=hamlet, **facts)
    one.save()
    one.remember(actor, ANNOUNCE, "")
    return one


@action(rules.change_announcement, locks="announcement")
def change_announcement(
    *,
    actor: Actor,
    announcement: Announcement,
    held_on: date,
    begins_at: time,
    venue: str,
    topic: str,
    words: str,
) -> Announcement:
    """Another day, time, place or topic, and why."""
    check_is_coming(announcement)
    facts = _checked(announcement.hamlet, held_on, begins_at, venue, topic)
    return announcement.advance(actor, "change", words=_reason(announcement, words), **facts)


@action(rules.change_announcement, locks="announcement")
def call_talk_off(*, actor: Actor, announcement: Announcement, words: str) -> Announcement:
    """It is not held, and why; what waits for it waits for the next one."""
    check_is_coming(announcement)
    return announcement.advance(actor, "call_off", words=_reason(announcement, words))


@action(rules.say_for_talk, locks="hamlet")
def say_for_talk(
    *, actor: Actor, hamlet: Region, text: str, household: Household | None = None
) -> Wish:
    """A line for the next talk: of a household by its code, or of nobody named."""
    text, waiting = one_line(text), Wish.objects.waiting().filter(hamlet=hamlet)
    if household:
        if not household.lives_here or household.hamlet_id != hamlet.code:
            raise Conflict(_("You are noted as moved away. Please tell the branch secretary."))
        today = Wish.objects.filter(household=household, at__gt=clock.now() - A_DAY)
        if today.count() >= SAYINGS_A_DAY:
            message = _("That is %(n)s today. Please ring the secretary, or go on tomorrow.")
            raise Conflict(message % {"n": SAYINGS_A_DAY})
    elif waiting.count() >= WAITING_AT_MOST:
        raise Conflict(_("So much waits for this talk already. Please come and say it there."))
    forget_wishes(hamlet)
    return Wish.objects.create(hamlet=hamlet, text=text, household=household, at=clock.now())


def check_is_coming(announcement: Announcement) -> None:
    """``Conflict`` once its day is over."""
    if announcement.state == State.ANNOUNCED and not announcement.is_coming:
        raise Conflict(_("Its day is over. Announce the next one."))


@prepared_rows
def _announced(hamlet: str, day: date) -> QuerySet[Announcement]:
    return Announcement.objects.filter(hamlet=hamlet, held_on=day, state=State.ANNOUNCED)


def pass_with_talk(
    actor: Actor, hamlet: Region, day: date, shown: Collection[Wish], taken: Collection[int]
) -> None:
    """A talk was recorded: the one announced for that day was held, and of the lines ``shown`` to
    the recorder those ``taken`` are suggestions now. Part of her action."""
    for one in _announced(hamlet.code, day):
        one.state, before = State.HELD, one.state
        one.version += 1
        one.save()
        one.remember(actor, HOLD, before)
    rows = Wish.objects.waiting().filter(hamlet=hamlet, pk__in=[wish.pk for wish in shown])
    rows.filter(pk__in=taken).order_by().delete()
    rows.filter(household=None).order_by().delete()
    rows.order_by().update(left_on=day)


def forget_wishes(hamlet: Region) -> None:
    """Nobody's lines for which no talk was held in all this time."""
    old = Wish.objects.filter(hamlet=hamlet, household=None, at__lt=clock.now() - WISHES_KEPT)
    old.delete()


def _reason(announcement: Announcement, words: str) -> str:
    words = required(words, announcement.WORDS_LIMIT)
    _check_public({"words": words}, announcement.hamlet)
    return words


def _checked(
    hamlet: Region, held_on: date, begins_at: time, venue: str, topic: str
) -> dict[str, Any]:
    """The facts as they are kept; ``Invalid`` at the field."""
    if held_on < clock.today():
        raise Invalid({"held_on": _("That day is over.")})
    if held_on > clock.today() + AHEAD:
        raise Invalid({"held_on": _("That is more than a year ahead; is the year right?")})
    texts = {"venue": venue, "topic": topic}
    kept = {name: required(text, LIMITS[name], name) for name, text in texts.items()}
    _check_public(kept, hamlet)
    return {"held_on": held_on, "begins_at": begins_at, **kept}


def _check_public(texts: dict[str, str], hamlet: Region) -> None:
    """Everybody reads them, so they name nobody (个人信息保护法 25)."""
    for name, text in texts.items():
        if found := named_person(text, hamlet):
            message = _("Everybody can read this: please leave out “%(name)s”.")
            raise Invalid({name: message % {"name": found}})
