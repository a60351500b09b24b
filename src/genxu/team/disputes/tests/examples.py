"""How the pages of disputes are opened: rows of the matrix; what the laws want to know."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from genxu.people.tests.factories import with_code
from genxu.team.disputes.models import Dispute, Meeting, sides_of
from genxu.team.disputes.workflow import State
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, VILLAGE, Cast

from . import factories

TODAY = "2026-05-13"


@dataclass(frozen=True)
class OfDispute(Example):
    """A dispute is there for the hamlet's secretary, and for the member who settles it."""

    def sees(self, part: str) -> bool:
        return part in ("secretary", "member")


def _sent(**told: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), **told}


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _begin(code: str, *who: str) -> Make:
    def make(cast: Cast) -> Example:
        rows = {f"sides-{n}-who": one for n, one in enumerate(who)}
        sent = _sent(kind="boundary", story="田埂挪了", told_on=TODAY, **rows, **{
            "sides-TOTAL_FORMS": "2", "sides-INITIAL_FORMS": "0",
        })  # fmt: skip
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=sent)

    return make


def _nowhere(code: str) -> Make:
    return lambda cast: Example({"code": code}, code, {"hamlet": cast.hamlet(code)})


def _dispute(state: str) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.in_state(cast, state)
        return OfDispute({"pk": one.pk}, HOME, {"dispute": one})

    return make


def _step(state: str, **told: Any) -> Make:
    def make(cast: Cast) -> Example:
        return _sends(factories.in_state(cast, state), **told)

    return make


def _sends(one: Dispute, **told: Any) -> Example:
    sent = _sent(version=one.version, **told)
    return OfDispute({"pk": one.pk}, HOME, {"dispute": one}, sent=sent)


def _agree(cast: Cast) -> Example:
    one = factories.in_state(cast, State.TALKED)
    yes = {f"yes_{side.pk}": "signed" for side in sides_of(one)}
    return _sends(one, terms="按老界", agreed_on=TODAY, manner="一起量", until="", **yes)


def _meet(cast: Cast) -> Example:
    one = factories.in_state(cast, State.TOLD)
    return _sends(one, day=TODAY, came=[side.pk for side in sides_of(one)], words="让一步")


def _strike(cast: Cast) -> Example:
    one = factories.in_state(cast, State.TALKED)
    return _sends(one, meeting=Meeting.objects.get(dispute=one).pk, words="记错了")


def _name(cast: Cast) -> Example:
    one = factories.in_state(cast, State.TALKED)
    maker = cast.centre_household.pk
    return _sends(one, peacemaker=maker, words="两边都点了头")


def _answer(cast: Cast) -> Example:
    one = factories.in_state(cast, State.AGREED)
    side = sides_of(one)[0].pk
    return _sends(one, side=side, answer="holds", heard_by="罗测松", heard_on=TODAY)


def _paper(cast: Cast) -> Example:
    one = factories.in_state(cast, State.AGREED)
    return OfDispute({"pk": one.pk}, HOME, {"dispute": one})


def _take_back(cast: Cast) -> Example:
    one = factories.drafted(cast, factories.in_state(cast, State.TALKED))
    sent = _sent(version=one.version, since=one.version - 1)
    return OfDispute({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def _own(state: str, **told: Any) -> Make:
    """On the page of the first household, by its code."""

    def make(cast: Cast) -> Example:
        code = with_code(1).code
        one = factories.in_state(cast, state)
        kwargs = {"pk": cast.households()[0].pk, "side": sides_of(one)[0].pk}
        return Example(kwargs, get=False, sent=told, codes=(code,))

    return make


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    factories.asked(cast, ["holds"])


COUNTED = [("secretary", "/disputes/", 9), ("member", "/disputes/", 9), ("secretary", "/home/", 17)]


def more(cast: Cast, count: int) -> None:
    """So many more, some settled, some to be looked back at."""
    for n in range(count):
        factories.agreed_long_ago(cast) if n % 2 else factories.asked(cast, ["holds", "holds"])


EXAMPLES: dict[str, list[Make]] = {
    "disputes": [_plain(), _plain(query={"group": "due", "kind": "boundary", "place": HOME})],
    "begin_dispute": [_begin(HOME, "罗测三", "外村老张"), _nowhere(VILLAGE), _nowhere(FAR)],
    "dispute": [_dispute(state) for state in State],
    "dispute_paper": [_paper],
    "dispute_ways": [_dispute(State.NO_AGREEMENT)],
    "dispute_meet": [_meet],
    "dispute_strike": [_strike],
    "dispute_draft": [_step(State.TALKED, terms="按老界", manner="一起量", until="2026-06-01")],
    "dispute_agree": [_agree],
    "dispute_amend": [_step(State.AGREED, words="写反了")],
    "dispute_name": [_name],
    "dispute_add_side": [_step(State.TALKED, who="罗测三")],
    "dispute_correct": [
        _step(State.TALKED, kind="house", story="滴水檐", told_on=TODAY[:8] + "01", words="")
    ],
    "dispute_note_answer": [_answer],
    "dispute_end": [_step(State.TALKED, words="谈不拢")],
    "dispute_send_up": [_step(State.NO_AGREEMENT, agreed="on")],
    "dispute_withdraw": [_step(State.TOLD, words="写重了")],
    "dispute_reopen": [_step(State.NO_AGREEMENT, words="又愿意谈了")],
    "dispute_take_back": [_take_back],
    "own_dispute_word": [_own(State.AGREED, answer="holds")],
    "own_dispute_end": [_own(State.TALKED)],
}

PLAIN = {
    "disputes.begin_dispute.from_matter", "disputes.agree_dispute.yes",
    "disputes.note_answer.answer", "disputes.give_answer.answer",
}  # fmt: skip
SENSITIVE = {
    f"disputes.{action}.{name}": kind
    for name, kind, actions in (
        ("story", "words", ("begin_dispute", "correct_dispute")),
        ("terms", "words", ("draft_agreement", "agree_dispute")),
        ("manner", "words", ("draft_agreement", "agree_dispute")),
        ("heard_by", "names", ("note_answer",)),
    )
    for action in actions
}


def take_batches(cast: Cast) -> None:
    """What no address does of the examples above: a side's own word over a noted one."""
    dispute = factories.asked(cast, ["holds"])
    side = sides_of(dispute)[0]
    factories.said(dispute, side, "broken")
