"""Answers: her own, those noted down for her, and what becomes of either.

Only the resident's verdict closes a matter, and what she says herself stands above what was
written down for her. Nothing is deleted: each answer keeps what it was, and until when.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.texts import optional, required

from . import rules
from .answering import (
    PENDING,
    SECOND_THOUGHTS,
    Ground,
    asked_anew,
    back_home,
    current,
    end,
    ground_before,
    ground_of,
    led_to,
    may_answer,
    revive,
    took_up,
)
from .models import WORDS_LIMIT, Matter, Suggestion, Verdict
from .workflow import REOPENING, WORKING, Answer, State

NAME_LIMIT = 40


@action(rules.give_verdict, locks="matter", notes=("answer", "suggestion"))
def give_verdict(
    *,
    actor: Actor,
    matter: Matter,
    suggestion: Suggestion,
    answer: str,
    words: str = "",
    round: int | None = None,
) -> Matter:
    """Her own answer, by her receipt. A bad one reopens the matter at once; it closes when all who
    raised it have answered well. What was noted down for her is overruled, whatever it had done."""
    told = _checked(matter, suggestion, answer, words, round)
    last = current(matter, suggestion)
    if not may_answer(matter, last):
        if last is not None:
            raise Conflict(_("The verdict on this was given already. Thank you."))
        matter.check_step("give_verdict")
    before, step = ground_of(matter), "give_verdict"
    ground: Ground = before
    if last is not None:
        if took_up(last, matter):
            ground, step = back_home(matter, ground_before(last)), "overrule"
        end(last, Verdict.Status.OVERRULED)
    target, changes = led_to(matter, suggestion, answer, ground)
    matter.advance(actor, step, words=told, target=target, **changes)
    _keep(matter, suggestion, actor, answer, told, ground["round"], before, overrules=last)
    return matter


@action(rules.note_verdict, locks="matter", notes=("answer", "suggestion", "heard_on", "heard_how"))
def note_verdict(
    *,
    actor: Actor,
    matter: Matter,
    suggestion: Suggestion,
    answer: str,
    words: str = "",
    heard_by: str = "",
    heard_on: date | None = None,
    heard_how: str = Verdict.How.IN_PERSON,
    round: int | None = None,
) -> Matter:
    """What she said to somebody, noted down with who heard it, when and how. A good word waits
    seven days for her own; a bad one takes effect at once."""
    told = _checked(matter, suggestion, answer, words, round)
    if current(matter, suggestion) is not None:
        raise Conflict(_("The verdict on this was given already. Thank you."))
    heard: dict[str, Any] = {
        "heard_by": _heard_by(matter, heard_by or actor.name),
        "heard_on": _heard_on(matter, heard_on),
        "heard_how": _heard_how(heard_how),
    }
    before = ground_of(matter)
    target, changes = State(matter.state), Ground()
    if answer in REOPENING:
        target, changes = led_to(matter, suggestion, answer, before)
    matter.advance(actor, "note_verdict", words=told, target=target, **changes)
    _keep(matter, suggestion, actor, answer, told, before["round"], before, **heard)
    return matter


@action(rules.confirm_verdict, locks="matter", notes=("verdict",))
def confirm_verdict(*, actor: Actor, matter: Matter, verdict: Verdict) -> Matter:
    """A good word that was noted down stands after seven days in which she said nothing else; it
    closes the matter if all have answered. Of an earlier round it only counts."""
    rows = matter.verdicts.filter(status=Verdict.Status.PENDING, at__lte=clock.now() - PENDING)
    waiting = rows.filter(pk=verdict.pk).select_related("suggestion").first()
    if waiting is None:
        raise Conflict(_("This answer does not wait any more, or not long enough."))
    waiting.status, waiting.stands_from = Verdict.Status.STANDING, clock.today()
    waiting.save(update_fields=["status", "stands_from"])
    if waiting.round != matter.round or matter.state in WORKING:
        return matter
    target, _same = led_to(matter, waiting.suggestion, waiting.answer, ground_of(matter))
    return matter.advance(actor, "confirm_verdict", target=target)


@action(rules.give_verdict, locks="matter", notes=("suggestion", "verdict"))
def disown_verdict(
    *, actor: Actor, matter: Matter, suggestion: Suggestion, verdict: Verdict
) -> Matter:
    """这不是我说的: what was noted down is withdrawn, and she is asked anew. It stays readable."""
    rows = matter.verdicts.live().filter(suggestion=suggestion, by_voice=True)
    noted = rows.filter(pk=verdict.pk).first()
    if noted is None:
        raise Conflict(_("Nothing is noted down for you here now."))
    target, changes = asked_anew(matter, noted)
    end(noted, Verdict.Status.DISOWNED)
    return matter.advance(actor, "disown_verdict", target=target, **changes)


@action(rules.give_verdict, locks="matter", notes=("suggestion",))
def take_back_verdict(*, actor: Actor, matter: Matter, suggestion: Suggestion) -> Matter:
    """Within ten minutes she takes her own answer back: state, round and deadline are as before."""
    own = own_to_take_back(matter, suggestion)
    if own is None:
        raise Conflict(_("An answer can be taken back for ten minutes. Those are over."))
    target, changes = State(matter.state), Ground()
    untouched = matter.version == own.matter_version
    if untouched:
        ground = ground_before(own)
        target = State(ground.pop("state"))
        changes = ground
    elif own.is_bad:
        raise Conflict(_("Somebody has gone on with it since. You will be asked again."))
    elif own.round == matter.round and matter.state == State.CLOSED:
        target = State.ASKED_BACK
    end(own, Verdict.Status.TAKEN_BACK)
    if untouched and own.overrules:
        revive(own.overrules)
    return matter.advance(actor, "take_back_verdict", target=target, **changes)


def own_to_take_back(matter: Matter, suggestion: Suggestion) -> Verdict | None:
    """Her own answer of the last ten minutes, if she has given one."""
    given = matter.verdicts.filter(suggestion=suggestion).select_related("overrules")
    return own_among(given)


def own_among(given: Iterable[Verdict]) -> Verdict | None:
    """Of those given for a suggestion the last one that she may take back."""
    since = clock.now() - SECOND_THOUGHTS
    own = (one for one in given if not one.by_voice and one.at > since
           and one.status == Verdict.Status.STANDING)  # fmt: skip
    return max(own, key=lambda one: one.pk, default=None)


def _checked(
    matter: Matter, suggestion: Suggestion, answer: str, words: str, round: int | None
) -> str:
    """The words as they are kept, if the answer can be one to what was asked."""
    if answer not in Answer:
        raise Invalid({"answer": _("Please choose one of the five answers.")})
    if not matter.voices.filter(suggestion=suggestion).exists():
        raise Invalid({"suggestion": _("This suggestion is not behind this matter.")})
    if round is not None and round != matter.round:
        raise Conflict(_("This page is from before; look at what has been done since."))
    return optional(words, WORDS_LIMIT)


def _heard_by(matter: Matter, name: str) -> str:
    """Whose ears it were: not those of the one who did the work."""
    name = required(name, NAME_LIMIT, "heard_by")
    if matter.is_work_of(name):
        message = _("%(name)s had this in hand. Somebody else must hear what she says of it.")
        raise Invalid({"heard_by": message % {"name": name}})
    return name


def _heard_on(matter: Matter, day: date | None) -> date:
    """Not before it was done, not tomorrow."""
    too_early = _("That was before it was reported done.")
    return happened(day or clock.today(), "heard_on", matter.done_on, too_early)


def _heard_how(how: str) -> str:
    if how not in Verdict.How:
        raise Invalid({"heard_how": _("Please say how it was heard.")})
    return how


def _keep(
    matter: Matter,
    suggestion: Suggestion,
    actor: Actor,
    answer: str,
    words: str,
    round: int,
    before: Ground,
    *,
    overrules: Verdict | None = None,
    **heard: Any,
) -> None:
    noted = actor.account_id is not None
    waits = noted and answer not in REOPENING
    Verdict.objects.create(
        matter=matter,
        suggestion=suggestion,
        hamlet_id=matter.hamlet_id,
        round=round,
        answer=answer,
        words=words,
        by_voice=noted,
        code_was_shown=actor.code_was_shown,
        by_id=actor.account_id,
        on=clock.today(),
        at=clock.now(),
        status=Verdict.Status.PENDING if waits else Verdict.Status.STANDING,
        stands_from=None if waits else clock.today(),
        overrules=overrules,
        before=before,
        matter_version=matter.version,
        **heard,
    )
