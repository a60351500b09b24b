"""Preparing a rota, changing it, dealing its turns, making it known, ending it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_new
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import optional
from genxu.jobs.models import Job
from genxu.jobs.queue import put
from genxu.organisation.branches.models import Member
from genxu.regions.models import Region

from . import rules
from .fair import is_sound
from .models import OnRota, Rota, Turn
from .plans import Plan
from .queries import broken_turns, question_of, turns_of
from .workflow import PREPARE, STANDING

PROPOSAL = "duties.deal"
LATER_THAN_ROTA = timedelta(days=31)


@action(rules.prepare_rota, locks="hamlet")
def prepare_rota(*, actor: Actor, hamlet: Region, plan: Plan) -> Rota:
    """Begin a rota; the members who live in the hamlet are on it, to be asked one by one."""
    plan = plan.cleaned()
    _check(plan, Rota(hamlet=hamlet))
    rota = Rota(hamlet=hamlet, **_values(plan))
    rota.save()
    members = Member.objects.present().filter(hamlet=hamlet).order_by("pk")
    insert_new([OnRota(rota=rota, hamlet=hamlet, member=one) for one in members])
    rota.remember(actor, PREPARE, "")
    return rota


@action(rules.change_rota, locks="rota")
def change_rota(*, actor: Actor, rota: Rota, plan: Plan) -> Rota:
    """Other days, more or fewer people. Turns to come on days that are none any more go."""
    rota.check_step("change")
    plan = plan.cleaned()
    _check(plan, rota)
    rota.advance(actor, "change", **_values(plan))
    gone = rota.turns.filter(day__gte=rota.first_open).exclude(day__in=rota.days)
    gone.delete()
    return rota


@action(rules.deal_rota, locks="rota")
def deal_rota(*, actor: Actor, rota: Rota, turns: Mapping[date, Sequence[int]]) -> Rota:
    """Write who comes on the days to come, as it was worked out (``fair.propose``): whoever cannot
    come, comes twice within seven days, or touches what was, is refused."""
    rota.check_step("deal")
    question = question_of(rota)
    if not is_sound(question, turns):
        raise Conflict(_("Something has changed while the turns were dealt. Deal them once more."))
    wanted = {(day, key) for day, keys in turns.items() for key in keys}
    stood = {(day, key) for day, keys in question.before.items() for key in keys}
    open_turns = rota.turns.filter(day__gte=rota.first_open)
    known = {(turn.day, turn.person_id): turn.pk for turn in open_turns}
    open_turns.filter(pk__in=[known[one] for one in stood - wanted]).delete()
    insert_new([
        Turn(rota=rota, hamlet_id=rota.hamlet_id, day=day, person_id=key)
        for day, key in sorted(wanted - stood)
    ])  # fmt: skip
    return rota.advance(actor, "deal") if wanted != stood else rota


@action(rules.publish_rota, locks="rota")
def publish_rota(*, actor: Actor, rota: Rota) -> Rota:
    """From now on its turns stand, and can be swapped."""
    check_is_dealt(rota)
    return rota.advance(actor, "publish", published_on=clock.today())


def check_is_dealt(rota: Rota, **_parts: Any) -> None:
    """``Conflict`` while a turn to come has nobody, or somebody who cannot come."""
    turns = turns_of(rota)
    missing = broken_turns(rota, turns)
    if missing or not turns:
        told = ngettext(
            "%(n)s turn has nobody yet who can come. Deal the turns first.",
            "%(n)s turns have nobody yet who can come. Deal the turns first.",
            missing,
        )
        raise Conflict(told % {"n": missing})


@action(rules.move_day, locks="rota", notes=("day", "to"))
def move_day(*, actor: Actor, rota: Rota, day: date, to: date | None, words: str = "") -> Rota:
    """Move a day of a rota with all its turns, also those that are offered; or call it off."""
    rota.check_step("move")
    words = optional(words, rota.WORDS_LIMIT)
    _check_move(rota, day, to)
    first = next((was for was, now in rota.moved.items() if now == str(day)), str(day))
    rota.moved = {**rota.moved, first: str(to) if to else None}
    if str(to) == first:
        del rota.moved[first]
    rota.advance(actor, "move", words=words, about={"day": day})
    turns = rota.turns.filter(day=day)
    if to is None:
        turns.delete()
    else:
        turns.update(day=to)
    return rota


@action(rules.end_rota, locks="rota")
def end_rota(*, actor: Actor, rota: Rota, words: str = "") -> Rota:
    """It ends today; turns after today go, what was stays to be read."""
    rota.check_step("end")
    after = rota.turns.filter(day__gt=clock.today())
    after.delete()
    return rota.advance(actor, "end", words=words, ended_on=clock.today())


@action(rules.deal_rotas)
def ask_to_deal(*, actor: Actor, place: Region) -> Job:
    """Have all rotas that are being prepared at a place dealt in the background."""
    return put(actor=actor, kind=PROPOSAL, place=place)


def _values(plan: Plan) -> dict[str, Any]:
    return {"kind": plan.kind, "name": plan.name, "weekdays": list(plan.weekdays),
            "size": plan.size, "pairs": plan.pairs, "starts_on": plan.starts_on,
            "ends_on": plan.ends_on}  # fmt: skip


def _check(plan: Plan, rota: Rota) -> None:
    wrong = plan.problems()
    if rota.published_on and plan.starts_on != rota.starts_on:
        wrong.setdefault("starts_on", _("It is made known already: its first day stays."))
    if wrong:
        raise Invalid(wrong)
    same = Rota.objects.filter(
        hamlet=rota.hamlet, kind=plan.kind, name=plan.name, state__in=STANDING,
        starts_on__lte=plan.ends_on, ends_on__gte=plan.starts_on,
    ).exclude(pk=rota.pk)  # fmt: skip
    if same.exists():
        raise Conflict(
            _("There is a rota of this kind for these days already. Change that one, or end it.")
        )


def _check_move(rota: Rota, day: date, to: date | None) -> None:
    today, days = clock.today(), rota.days
    if day not in days or day < today:
        raise Invalid({"day": _("That is no day to come of this rota.")})
    if rota.noted.filter(day=day).exists():
        raise Invalid({"day": _("Something was noted of that day already.")})
    if to is None:
        return
    if to < today:
        raise Invalid({"to": _("That day is over already.")})
    if to in days:
        raise Invalid({"to": _("That is a day of the rota itself.")})
    if not rota.starts_on <= to <= rota.ends_on + LATER_THAN_ROTA:
        raise Invalid({"to": _("That is outside of the rota.")})
