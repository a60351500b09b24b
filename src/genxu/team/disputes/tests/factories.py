"""Disputes of the cast, made through the real actions."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from genxu.core import clock
from genxu.people.models import Household
from genxu.people.own_access import holder_of
from genxu.team.disputes import actions, answer_actions
from genxu.team.disputes.choosing import WhoRow
from genxu.team.disputes.models import Dispute, Side, sides_of
from genxu.team.disputes.workflow import State
from tests.cast import Cast

TOLD_ON = date(2026, 3, 2)
TERMS = "界石按老田埂立，东边两尺归路"
LONG_AGO = timedelta(days=35)


def begun(cast: Cast, part: str = "secretary", *, maker: str = "member", **changes: Any) -> Dispute:
    """Between the first two households; settled by the member."""
    one, two, *_rest = cast.households()
    told = {"kind": Dispute.Kind.BOUNDARY, "story": "田埂挪了两尺", "told_on": TOLD_ON,
            "sides": [WhoRow(one), WhoRow(two)],
            "peacemaker": cast.accounts[maker] if maker else None}  # fmt: skip
    return actions.begin_dispute(actor=cast.actor(part), hamlet=cast.home, **told | changes)


def met(cast: Cast, dispute: Dispute, part: str = "member", **changes: Any) -> Dispute:
    told = {"day": clock.today(), "came": sides_of(dispute), "words": "都说让一步"}
    return actions.note_meeting(actor=cast.actor(part), dispute=dispute, **told | changes)


def drafted(cast: Cast, dispute: Dispute) -> Dispute:
    return actions.draft_agreement(actor=cast.actor("member"), dispute=dispute, terms=TERMS)


def agreed(cast: Cast, dispute: Dispute, how: str = "signed", **changes: Any) -> Dispute:
    told = {"terms": TERMS, "manner": "一起量", "agreed_on": clock.today(),
            "yes": {one.pk: how for one in sides_of(dispute)}}  # fmt: skip
    return actions.agree_dispute(actor=cast.actor("member"), dispute=dispute, **told | changes)


def agreed_long_ago(cast: Cast, **changes: Any) -> Dispute:
    """So that each side is asked by now."""
    day = clock.today() - LONG_AGO
    return agreed(cast, met(cast, begun(cast, **changes), day=day), agreed_on=day)


def noted(
    cast: Cast, dispute: Dispute, side: Side, answer: str = "holds", **changes: Any
) -> Dispute:
    told = {"heard_by": "罗测松", "heard_on": clock.today(), "answer": answer}
    return answer_actions.note_answer(
        actor=cast.actor("member"), dispute=dispute, side=side, **told | changes
    )


def said(dispute: Dispute, side: Side, answer: str = "holds") -> Dispute:
    """By herself, on her own page."""
    household = Household.objects.get(pk=side.household_id)
    return answer_actions.give_answer(
        actor=holder_of(household), dispute=dispute, side=side, answer=answer
    )


def asked(cast: Cast, answers: Sequence[str], **changes: Any) -> Dispute:
    """A month later, one answer after the other, noted down."""
    dispute = agreed_long_ago(cast, **changes)
    for side, answer in zip(sides_of(dispute), answers, strict=False):
        dispute = noted(cast, dispute, side, answer)
    return dispute


def in_state(cast: Cast, state: str) -> Dispute:
    if state == State.AGREED:
        return agreed_long_ago(cast)
    if state == State.SETTLED:
        return asked(cast, ["holds", "holds"])
    if state == State.UNHEARD:
        return asked(cast, ["holds", "unreached"])
    dispute = begun(cast)
    if state == State.TOLD:
        return dispute
    if state == State.WITHDRAWN:
        actor = cast.actor("secretary")
        return actions.withdraw_dispute(actor=actor, dispute=dispute, words="写重了")
    dispute = met(cast, dispute)
    if state == State.NO_AGREEMENT:
        return actions.end_dispute(actor=cast.actor("member"), dispute=dispute)
    return dispute
