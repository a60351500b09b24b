"""Whatever people try in whatever order, the laws of a dispute hold.

Hypothesis draws what is tried; each walk runs in a savepoint that is taken back.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.errors import Refusal
from genxu.insight.counting import count_on
from genxu.people.history_actions import take_back
from genxu.people.own_access import holder_of
from genxu.team.disputes import actions, answer_actions
from genxu.team.disputes.choosing import WhoRow
from genxu.team.disputes.models import Dispute, Side, sides_of
from genxu.team.disputes.workflow import LOOK_BACK_AFTER, STEPS, State
from tests.cast import NOW, TOWNSHIP, Cast

from . import factories

MAY = ("secretary", "member")
PARTS = [*MAY * 4, "centre_household", "village_staff", "neighbour_secretary", "auditor"]
TRIED = ["meet", "draft", "agree", "agree", "amend", "end", "end_own", "note_answer", "give_answer",
         "give_answer", "reopen", "withdraw", "correct", "strike", "add_side", "name", "send_up",
         "undo"]  # fmt: skip
tries = st.tuples(
    st.sampled_from(TRIED), st.sampled_from(PARTS), st.integers(0, 2),
    st.sampled_from(Side.Answer), st.integers(0, 40), st.integers(-45, 1),
)  # fmt: skip


def attempt(cast: Cast, dispute: Dispute, one: tuple[Any, ...]) -> bool:
    name, part, who, answer, _days, back = one
    actor, sides = cast.actor(part), sides_of(dispute)
    side, day = sides[who % len(sides)], clock.today() + timedelta(days=back)
    about: dict[str, Any] = {"dispute": dispute}
    try:
        if name == "give_answer" and side.household:
            own = holder_of(side.household)
            answer_actions.give_answer(actor=own, **about, side=side, answer=answer)
        elif name == "end_own" and side.household:
            actions.end_own_dispute(actor=holder_of(side.household), **about, side=side)
        elif name == "undo":
            take_back(actor=actor, row=dispute, since=dispute.version - 1)
        else:
            staff(cast, name, about | {"actor": actor}, side, answer, day)
    except Refusal:
        return False
    return Dispute.objects.get(pk=dispute.pk).version > dispute.version


def staff(cast: Cast, name: str, about: dict[str, Any], side: Side, answer: str, day: date) -> None:
    sides, dispute = sides_of(about["dispute"]), about["dispute"]
    meeting = dispute.meetings.order_by("-pk").first()
    rows = [WhoRow(None, f"外测{side.pk}{answer}")]
    yes = {one.pk: Side.Yes.SIGNED for one in sides}
    given: dict[str, tuple[Any, dict[str, Any]]] = {
        "meet": (actions.note_meeting, {"day": day, "came": sides[:1]}),
        "draft": (actions.draft_agreement, {"terms": "各让一尺"}),
        "agree": (actions.agree_dispute, {"terms": "各让一步", "agreed_on": day, "yes": yes}),
        "amend": (actions.amend_agreement, {"words": "写反了"}),
        "end": (actions.end_dispute, {}),
        "note_answer": (answer_actions.note_answer, {
            "side": side, "answer": answer, "heard_by": "罗测松", "heard_on": day,
        }),
        "reopen": (actions.reopen_dispute, {"words": "又愿意谈"}),
        "withdraw": (actions.withdraw_dispute, {"words": "写重了"}),
        "correct": (actions.correct_dispute, {"kind": "house", "story": "改", "told_on": day}),
        "add_side": (actions.add_side, {"sides": rows}),
        "name": (actions.name_peacemaker, {"peacemaker": cast.member, "words": "都认"}),
        "send_up": (actions.send_up, {"agreed": True}),
    }  # fmt: skip
    if meeting is not None:
        given["strike"] = (actions.strike_meeting, {"meeting": meeting, "words": "记错"})
    if name in given:
        action, values = given[name]
        action(**about, **values)


def check_laws(before: Dispute, after: Dispute, one: tuple[Any, ...], taken: bool) -> None:
    name, part = one[:2]
    if not taken:
        assert (after.version, after.state) == (before.version, before.state)
        return
    assert after.version == before.version + 1
    assert part in MAY or name in ("give_answer", "end_own")
    if name != "undo":
        assert before.state in STEPS[after.steps.latest("pk").step].sources
    answers = Counter(side.answer for side in sides_of(after))
    if after.state == State.SETTLED:
        assert set(answers) == {Side.Answer.HOLDS}
    if after.state in (State.AGREED, State.UNHEARD):
        assert not answers[Side.Answer.BROKEN]
    if after.state in (State.AGREED, State.SETTLED, State.UNHEARD):
        assert all(side.yes for side in sides_of(after))
        assert after.agreed_on is not None
        assert after.told_on <= after.agreed_on <= clock.today()
        assert after.look_back_on == after.agreed_on + LOOK_BACK_AFTER
    assert after.round <= 2
    assert 2 <= len(sides_of(after)) <= 6


def check_history(dispute: Dispute) -> None:
    steps = list(dispute.steps.order_by("pk"))
    assert len(steps) == dispute.version
    for one, following in pairwise(steps):
        assert one.to_state == following.from_state
    assert steps[-1].to_state == dispute.state
    assert sum(one.step == "reopen" for one in steps) <= 1


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(walk=st.lists(tries, min_size=5, max_size=35), picks=st.randoms(use_true_random=False))
def test_no_walk_breaks_a_law(cast: Cast, walk: list[tuple[Any, ...]], picks: Any) -> None:
    with transaction.atomic():
        dispute, moment = factories.begun(cast), NOW
        for one in walk:
            before = Dispute.objects.get(pk=dispute.pk)
            if picks.random() < 0.7:
                fits = [
                    name for name in TRIED if name in STEPS and before.state in STEPS[name].sources
                ]
                one = (picks.choice([*fits, "undo"]), *one[1:])
            moment += timedelta(days=0 if one[0] == "undo" else one[4])
            own = {s.pk: s.answer for s in sides_of(before) if s.is_own_word}
            with clock.at(moment):
                taken = attempt(cast, before, one)
                after = Dispute.objects.get(pk=dispute.pk)
                check_laws(before, after, one, taken)
                kept = {s.pk: s.answer for s in sides_of(after) if s.pk in own}
                assert kept == own or one[0] in ("agree", "amend")
                settled = Dispute.objects.filter(state=State.SETTLED).count()
                key = "team.disputes_settled"
                assert count_on(TOWNSHIP, clock.today(), [key]) == {key: settled}
        check_history(Dispute.objects.get(pk=dispute.pk))
        transaction.set_rollback(True)
