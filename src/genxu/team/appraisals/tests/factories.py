"""Appraisals at every point of their way, made through the real actions."""

from typing import Any

from genxu.core import clock
from genxu.core.access import Actor
from genxu.organisation.branches.models import Organisation
from genxu.organisation.branches.tests.factories import admit
from genxu.team.appraisals import actions
from genxu.team.appraisals.models import Appeal, Appraisal, Entry
from genxu.team.appraisals.workflow import State
from genxu.team.members.tests.factories import on_roll
from tests.cast import Cast


def branch(cast: Cast) -> Organisation:
    """Five full members, the cast's own among them, and a probationary one."""
    one = on_roll(cast).organisation
    admit(cast, one, "罗测新", kind="probationary")
    return Organisation.objects.get(pk=one.pk)


def secretary(cast: Cast) -> Actor:
    return cast.actor("secretary")


def begun(cast: Cast, organisation: Organisation | None = None) -> Appraisal:
    one = organisation or branch(cast)
    return actions.begin_appraisal(
        actor=secretary(cast), hamlet=one.hamlet, organisation=one, year=clock.today().year
    )


def mine(appraisal: Appraisal) -> Entry:
    """The part of the cast's member."""
    return _of(appraisal, "罗测松")


def _of(appraisal: Appraisal, name: str) -> Entry:
    rows = Entry.objects.select_related("member", "appraisal__organisation")
    return rows.get(appraisal=appraisal, member__name=name)


def graded(appraisal: Appraisal) -> list[Entry]:
    return list(appraisal.entries.filter(is_graded=True).order_by("pk"))


def spoken(cast: Cast, appraisal: Appraisal, name: str = "罗测松") -> Entry:
    """Somebody who has given his own word; his own, or noted down."""
    part = "member" if name == "罗测松" else "secretary"
    entry = _of(appraisal, name)
    return actions.give_own_word(actor=cast.actor(part), entry=entry, own="修了路灯，学习少了")


def polls_of(appraisal: Appraisal, excellent: int = 1) -> dict[int, dict[str, int]]:
    return {one.pk: {"excellent": excellent, "qualified": 3} for one in graded(appraisal)}


def grades_of(appraisal: Appraisal, excellent: int = 1) -> dict[int, str]:
    entries = graded(appraisal)
    return {one.pk: "excellent" if n < excellent else "qualified" for n, one in enumerate(entries)}


def judged(cast: Cast, appraisal: Appraisal, **changes: Any) -> Appraisal:
    grades = grades_of(appraisal)
    values: dict[str, Any] = {
        "grades": grades, "reasons": dict.fromkeys(grades, "有事跑在前面")
    }  # fmt: skip
    return actions.record_opinion(actor=secretary(cast), appraisal=appraisal, **values | changes)


def brought_to(cast: Cast, state: str) -> Appraisal:
    """An appraisal in which the cast's member has spoken, at a state."""
    one, actor = begun(cast), secretary(cast)
    spoken(cast, one)
    if state == State.OWN:
        return one
    if state == State.WITHDRAWN:
        return actions.withdraw_appraisal(actor=actor, appraisal=one, words="年份选错了")
    one = actions.go_on(actor=actor, appraisal=one)
    me = mine(one)
    actions.say_of_member(
        actor=cast.actor("member"), entry=me, of=_of(one, "罗测甲"), words="说话算数"
    )
    if state == State.MUTUAL:
        return one
    one = actions.record_poll(actor=actor, appraisal=one, present=5, polls=polls_of(one))
    if state == State.POLLED:
        return one
    one = judged(cast, one)
    return one if state == State.OPINION else actions.tell_members(actor=actor, appraisal=one)


def appealed(cast: Cast) -> Appeal:
    entry = mine(brought_to(cast, State.TOLD))
    return actions.appeal_grade(actor=cast.actor("member"), entry=entry, why="修路灯的事没有算进去")
