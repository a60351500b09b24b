"""Convening an assembly, recording its notice, changing what it says, calling it off."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_new
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import required
from genxu.regions.models import Region

from . import rules
from .calls import Announcement, Call, Question, announced, check_call, wrong_times
from .models import WORDS_LIMIT, Assembly, Motion
from .workflow import CONVENE

CALLED = ("body", "title", "venue", "meets_at", "basis", "due", "households", "women")
GIVEN = ("announced_on", "announced_by", "announced_ways")
NOT_GIVEN: dict[str, Any] = {"announced_on": None, "announced_by": "", "announced_ways": []}


@action(rules.convene_assembly)
def convene_assembly(*, actor: Actor, hamlet: Region, call: Call) -> Assembly:
    """Call a meeting with its questions; too short a notice is refused."""
    call = call.cleaned()
    notice = announced(call.announcement, None) if call.announcement else None
    check_call(hamlet, call, notice.announced_on if notice else None)
    assembly = Assembly(hamlet=hamlet, convened_by_id=actor.account_id)
    _write(assembly, call, notice)
    assembly.save()
    _write_questions(assembly, call.questions)
    assembly.remember(actor, CONVENE, "")
    if notice:
        assembly.remember(actor, "announce", assembly.state)
    return assembly


@action(rules.announce_assembly, locks="assembly")
def announce_assembly(*, actor: Actor, assembly: Assembly, announcement: Announcement) -> Assembly:
    """Record that a person gave the notice: who, how, on which day. Late, it is told as it was;
    while the meeting is still to come, a notice too late for it is refused."""
    assembly.check_step("announce")
    check_can_be_announced(assembly)
    notice = announced(announcement, _said_since(assembly))
    if notice.announced_on > assembly.meets_on:
        raise Invalid({"announced_on": _("That is after the meeting.")})
    if not assembly.has_begun:
        late = wrong_times(assembly.meets_at, assembly.rule, notice.announced_on)
        if late:
            raise Invalid({"announced_on": late["meets_on"]})
    replaced = _notice_given(assembly) if assembly.announced_on else {}
    return assembly.advance(actor, "announce", about={"replaced": replaced}, **asdict(notice))


def check_can_be_announced(assembly: Assembly) -> None:
    """``Conflict`` for another notice of a meeting that has begun."""
    if assembly.has_begun and assembly.announced_on:
        raise Conflict(_("It has begun: its notice stays as it is."))


@action(rules.change_assembly, locks="assembly")
def change_assembly(*, actor: Actor, assembly: Assembly, call: Call) -> Assembly:
    """Change what was announced before it begins: that is a new notice, with days of its own."""
    assembly.check_step("change")
    check_has_not_begun(assembly)
    call, was = call.cleaned(), notice_said(assembly)
    if not _says_another(was, call):
        check_call(assembly.hamlet, call, assembly.announced_on)
        return assembly.advance(actor, "change", title=call.title)
    notice = announced(call.announcement, clock.today()) if call.announcement else None
    check_call(assembly.hamlet, call, None)
    _write(assembly, call, notice)
    assembly.advance(actor, "change", about={"replaced": was})
    assembly.motions.all().delete()
    _write_questions(assembly, call.questions)
    if notice:
        assembly.remember(actor, "announce", assembly.state)
    return assembly


def check_has_not_begun(assembly: Assembly) -> None:
    """``Conflict`` once the meeting has begun: what its result will rest on stays."""
    if assembly.has_begun:
        raise Conflict(_("It has begun: what was announced stays as it is."))


@action(rules.cancel_assembly, locks="assembly")
def cancel_assembly(*, actor: Actor, assembly: Assembly, words: str) -> Assembly:
    """Call it off before it is held, and say why."""
    missing = _("Please say why; those who were to come will ask.")
    words = required(words, WORDS_LIMIT, missing=missing)
    return assembly.advance(actor, "cancel", words=words)


def _notice_given(assembly: Assembly) -> dict[str, Any]:
    given = {name: getattr(assembly, name) for name in GIVEN}
    return {**given, "announced_on": str(given["announced_on"] or "")}


def notice_said(assembly: Assembly) -> dict[str, Any]:
    """The whole notice as a step keeps it, to be read after another has taken its place."""
    said = {name: getattr(assembly, name) for name in CALLED}
    asked = assembly.motions.order_by("position").values_list("text", "kind")
    said |= {"meets_at": _moment(assembly.meets_at), "questions": [list(one) for one in asked]}
    return said | _notice_given(assembly)


def _moment(when: datetime) -> str:
    return timezone.localtime(when).isoformat()


def _says_another(was: dict[str, Any], call: Call) -> bool:
    """Whether the notice says anything else that a result rests on: all but the title."""
    now: dict[str, Any] = {name: getattr(call, name) for name in CALLED}
    now |= {"meets_at": _moment(call.meets_at)}
    now |= {"questions": [[one.text, one.kind] for one in call.questions]}
    return any(was[name] != now[name] for name in now if name != "title")


def _said_since(assembly: Assembly) -> date | None:
    """The day of the last change of what the notice says; None if it was never changed."""
    changes = assembly.steps.filter(step="change").exclude(replaced={})
    return changes.order_by("-pk").values_list("on", flat=True).first()


def _write(assembly: Assembly, call: Call, notice: Announcement | None) -> None:
    given = asdict(notice) if notice else NOT_GIVEN
    for name, value in {**{name: getattr(call, name) for name in CALLED}, **given}.items():
        setattr(assembly, name, value)


def _write_questions(assembly: Assembly, questions: Sequence[Question]) -> None:
    rows = [
        Motion(assembly=assembly, position=n, text=one.text, kind=one.kind)
        for n, one in enumerate(questions, 1)
    ]
    insert_new(rows)
