"""A month later: each side is asked whether the agreement holds; her own word stands above."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.texts import required
from genxu.people.history import put_back

from . import rules
from .models import NAME_LIMIT, Dispute, Side, sides_of
from .workflow import State

HOLDS, BROKEN, UNREACHED = Side.Answer.HOLDS, Side.Answer.BROKEN, Side.Answer.UNREACHED
FAILED = (State.TALKED, State.NO_AGREEMENT)


def check_asks(dispute: Dispute, **_parts: Any) -> None:
    """``Conflict`` where every side has answered itself."""
    if not dispute.sides.exclude(word_by="", answered_on__isnull=False).exists():
        raise Conflict(_("Every side has answered itself."))


@action(rules.note_answer, locks="dispute", notes=("heard_on",))
def note_answer(
    *, actor: Actor, dispute: Dispute, side: Side, answer: str, heard_by: str, heard_on: date
) -> Dispute:
    """What a side told somebody, or that it could not be asked. It never overrules her own word."""
    dispute.check_step("note_answer")
    found = _side(dispute, side)
    if answer not in Side.Answer:
        raise Invalid({"answer": _("Please choose one of those offered.")})
    if found.is_own_word:
        raise Invalid({"side": _("This side has answered itself.")})
    day = _day(dispute, answer, heard_on)
    name = clean_name(required(heard_by, NAME_LIMIT, "heard_by"))
    return _said(actor, dispute, "note_answer", found, answer, day, name)


@action(rules.give_answer, locks="dispute", also_ended=True)
def give_answer(*, actor: Actor, dispute: Dispute, side: Side, answer: str) -> Dispute:
    """Her own word, on her own page: also over what was noted down for her."""
    dispute.check_step("give_answer")
    found = _side(dispute, side)
    if answer not in (HOLDS, BROKEN):
        raise Invalid({"answer": _("Please say whether it holds.")})
    if found.is_own_word:
        raise Conflict(_("You have answered already. Thank you."))
    if dispute.state == State.AGREED:
        _day(dispute, answer, clock.today())
    elif not may_overrule(dispute, found, dispute.steps.latest("pk").step):
        raise Conflict(_("Nothing is asked now."))
    if dispute.state in FAILED and answer == HOLDS:
        _as_before(dispute)
    elif dispute.state in FAILED:
        _write(found, answer, clock.today(), "")
        return dispute.advance(actor, "give_answer")
    return _said(actor, dispute, "give_answer", found, answer, clock.today(), "")


def may_overrule(dispute: Dispute, side: Side, last_step: str) -> bool:
    """Whether what was noted for a side may still be put right by itself: once it was taken up as
    a no, only until something else is done."""
    if dispute.state not in FAILED:
        return bool(side.answer)
    return side.answer == BROKEN and last_step == "note_answer"


def _as_before(dispute: Dispute) -> None:
    """The state that the noted no has ended: the agreement stood."""
    last = dispute.steps.order_by("-pk")[0]
    put_back(dispute, {"round": last.replaced["round"], "again_on": last.replaced["again_on"]})
    dispute.sides.filter(answer=BROKEN).update(answer="")


def _side(dispute: Dispute, side: Side) -> Side:
    """As it is by now, under the lock of its dispute."""
    found = dispute.sides.filter(pk=side.pk).first()
    if found is None:
        raise Invalid({"side": _("Please choose one of those offered.")})
    return found


def _day(dispute: Dispute, answer: str, day: date) -> date:
    """That it does not hold may be said at any time, that it holds after a month."""
    assert dispute.agreed_on is not None
    assert dispute.look_back_on is not None
    first = dispute.agreed_on if answer == BROKEN else dispute.look_back_on
    text = _("It is asked a month after they agreed; only a no is taken up before.")
    return happened(day, "heard_on", first, text)


def _write(side: Side, answer: str, day: date, heard_by: str) -> None:
    Side.objects.filter(pk=side.pk).update(answer=answer, answered_on=day, word_by=heard_by)


def _said(
    actor: Actor, dispute: Dispute, step: str, side: Side, answer: str, day: date, heard_by: str
) -> Dispute:
    """All say that it holds: settled. One says no: talked over again, once; then it is no
    agreement, and the ways of the law remain (人民调解法 26)."""
    _write(side, answer, day, heard_by)
    target, changes = _follows(dispute, day)
    known = dispute.again_on
    about = {"replaced": {"round": dispute.round, "again_on": known and known.isoformat()}}
    return dispute.advance(actor, step, target=target, about=about, **changes)


def _follows(dispute: Dispute, day: date) -> tuple[str, dict[str, Any]]:
    answers = {one.answer for one in sides_of(dispute)}
    if BROKEN in answers:
        if dispute.round > 1:
            return State.NO_AGREEMENT, {}
        return State.TALKED, {"round": dispute.round + 1, "again_on": day}
    if answers == {HOLDS}:
        return State.SETTLED, {}
    return (State.AGREED if "" in answers else State.UNHEARD), {}
