"""How the pages of the funds are opened: rows of the matrix; what the laws want to know."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from genxu.places.funds import spending_actions
from genxu.places.funds.models import Asked, Came
from genxu.places.ledger.models import BookKind
from genxu.places.ledger.tests.factories import opened
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, TOWNSHIP, VILLAGE, Cast

from . import factories

TODAY = "2026-05-13"


def _sent(row: Any = None, **told: Any) -> dict[str, Any]:
    version = {} if row is None else {"version": row.version}
    return {"client_id": str(uuid4()), **version, **told}


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _fund(code: str = HOME) -> Make:
    def make(cast: Cast) -> Example:
        book = opened(cast, BookKind.FUND, code, "bookkeeper" if code == HOME else "far_bookkeeper")
        return Example({"pk": book.pk}, code, {"book": book})

    return make


def _begin(code: str, **told: Any) -> Make:
    def make(cast: Cast) -> Example:
        if code == HOME:
            factories.fund(cast)
        sent = _sent(**told) if told else None
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=sent)

    return make


def _came(state: str = "noted", **told: Any) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.came_in_state(cast, state)
        sent = _sent(one, **told) if told else None
        return Example({"pk": one.pk}, HOME, {"contribution": one}, sent=sent)

    return make


def _wish(cast: Cast) -> Example:
    one = factories.given(cast)
    return Example({"pk": one.pk}, HOME, {"contribution": one},
                   sent=_sent(one, named="on", words="电话里说愿意"))  # fmt: skip


def _paper(cast: Cast) -> Example:
    one = factories.given(cast)
    return Example({"pk": one.pk}, HOME, {"contribution": one}, get=False, sent={}, sent_ok=200)


def _gift(cast: Cast) -> Example:
    one = factories.given(cast)
    return Example({"pk": one.pk}, codes=(one.code,))


def _spending(ready: Callable[[Cast], Any], **told: Any) -> Make:
    def make(cast: Cast) -> Example:
        one = ready(cast)
        sent = _sent(one, **told) if told else None
        return Example({"pk": one.pk}, HOME, {"spending": one}, sent=sent)

    return make


def _in(state: str) -> Callable[[Cast], Any]:
    return lambda cast: factories.in_state(cast, state)


def _decide(cast: Cast) -> Example:
    one, beside = factories.asked(cast), factories.seat(cast)
    sent = _sent(one, beside=beside.pk, decided_on=TODAY, words="两人商量过")
    return Example({"pk": one.pk}, HOME, {"spending": one}, sent=sent)


def _resolve(cast: Cast) -> Example:
    one = factories.brought(cast)
    sent = _sent(one, motion=factories.carried(cast).pk)
    return Example({"pk": one.pk}, HOME, {"spending": one}, sent=sent)


def _tell(cast: Cast) -> Example:
    one = factories.in_state(cast, "paid")
    return Example({"pk": one.pk}, HOME, {"spending": one}, sent=_sent(one, told_on=TODAY))


def _back_spending(cast: Cast) -> Example:
    one = factories.asked(cast, 300_000)
    one = spending_actions.bring_spending(
        actor=cast.actor("secretary"), spending=one, proposed_on=factories.DAY
    )
    sent = _sent(one, since=one.version - 1)
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def _back_contribution(cast: Cast) -> Example:
    from genxu.places.funds.actions import note_thanks

    one = note_thanks(actor=cast.actor("secretary"), contribution=factories.given(cast),
                      thanked_on=factories.DAY)  # fmt: skip
    sent = _sent(one, since=one.version - 1)
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def _budget(**told: Any) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.planned(cast)
        sent = _sent(one, **told) if told else None
        return Example({"pk": one.pk}, HOME, {"budget": one}, sent=sent)

    return make


def _back_budget(cast: Cast) -> Example:
    from genxu.places.funds.budget_actions import change_budget

    one = change_budget(actor=cast.actor("secretary"), budget=factories.planned(cast),
                        planned={"office": 5}, words="少买")  # fmt: skip
    sent = _sent(one, since=one.version - 1)
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def _limit(code: str) -> Make:
    def make(cast: Cast) -> Example:
        sent = _sent(amount="3000")
        return Example({"code": code}, code, {"township": cast.hamlet(code)}, sent=sent)

    return make


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    from genxu.places.funds.budget_actions import set_limit

    factories.paid(cast)
    factories.planned(cast)
    set_limit(actor=cast.actor("township_staff"), township=cast.hamlet(TOWNSHIP), amount=300_000)


COUNTED = [("secretary", "/funds/", 9), ("secretary", "/spendings/", 9),
           ("secretary", "/contributions/", 9), ("bookkeeper", "/home/", 17)]  # fmt: skip


def more(cast: Cast, count: int) -> None:
    """So many more gifts and asks."""
    for n in range(count):
        factories.from_person(cast, fen=1_000 + n)
        factories.asked(cast, 1_000 + n)


CAME = {"source": "society", "amount": "1,200.5", "purse": "101", "day": TODAY, "giver": "罗测九",
        "kind": "person", "paper": "收 7"}  # fmt: skip
ASK = {"what": "买扫帚", "purpose": "office", "amount": "60", "payee": "新街商店", "kind": "firm",
       "wanted_on": TODAY}  # fmt: skip
EXAMPLES: dict[str, list[Make]] = {
    "funds": [_plain(), _plain(query={"place": HOME})],
    "export_funds": [_plain()],
    "fund": [_fund(), _fund(FAR)],
    "set_limit": [_limit(TOWNSHIP), _limit(VILLAGE)],
    "contributions": [_plain(), _plain(query={"source": "society", "place": HOME})],
    "export_contributions": [_plain()],
    "note_contribution": [_begin(HOME, **CAME), _begin(VILLAGE), _begin(FAR)],
    "contribution": [_came(state) for state in Came],
    "contribution_paper": [_paper],
    "contribution_see": [_came(ready="yes")],
    "contribution_thank": [_came(thanked_on=TODAY, words="上门道谢")],
    "contribution_wish": [_wish],
    "contribution_strike": [_came(words="记重了"), _came("seen", words="记重了")],
    "contribution_give_back": [_came("seen", day=TODAY, words="厂家要收回")],
    "contribution_take_back": [_back_contribution],
    "gift": [_gift],
    "spendings": [_plain(), _plain(query={"group": "open", "purpose": "office", "place": HOME})],
    "export_spendings": [_plain()],
    "ask_spending": [_begin(HOME, **ASK), _begin(VILLAGE), _begin(FAR)],
    "spending": [*(_spending(_in(state)) for state in Asked), _spending(factories.brought)],
    "spending_decide": [_decide],
    "spending_bring": [
        _spending(lambda cast: factories.asked(cast, 300_000), proposed_on="2026-05-12")
    ],
    "spending_resolve": [_resolve],
    "spending_approve": [_spending(factories.resolved, words="")],
    "spending_send_back": [_spending(factories.resolved, words="缺三家报价")],
    "spending_explain": [_spending(_in("sent_back"), words="报价补上了")],
    "spending_redo": [_spending(_in("sent_back"), words="重新商议")],
    "spending_pay": [
        _spending(_in("approved"), amount="800", purse="102", day=TODAY, proof="number",
                  paper="发票 0012"),
    ],
    "spending_unpay": [_spending(_in("paid"), day=TODAY, words="付错了")],
    "spending_publish": [_spending(factories.resolved, published_on=TODAY)],
    "spending_tell": [_tell],
    "spending_correct": [_spending(_in("asked"), **{**ASK, "words": "写错了"})],
    "spending_refuse": [_spending(_in("asked"), words="先不办")],
    "spending_withdraw": [_spending(_in("approved"), words="不办了")],
    "spending_take_back": [_back_spending],
    "plan_budget": [_begin(HOME, year="2026", office="1000", repairs="2000"), _begin(VILLAGE)],
    "budget": [_budget()],
    "budget_change": [_budget(office="5", words="少买")],
    "budget_take_back": [_back_budget],
}  # fmt: skip

PLAIN = {
    "funds.note_contribution.source", "funds.note_contribution.amount",
    "funds.note_contribution.purse", "funds.note_contribution.is_person",
    "funds.plan_budget.planned", "funds.change_budget.planned", "funds.set_limit.amount",
    "funds.pay_spending.amount", "funds.pay_spending.purse", "funds.pay_spending.proof",
    *(f"funds.{action}.{name}" for action in ("ask_spending", "correct_spending")
      for name in ("purpose", "amount", "is_person")),
}  # fmt: skip
SENSITIVE = {
    "funds.note_contribution.goods": "words", "funds.note_contribution.paper": "words",
    "funds.note_contribution.named": "ticks", "funds.change_wish.named": "ticks",
    "funds.ask_spending.what": "words", "funds.correct_spending.what": "words",
    "funds.pay_spending.paper": "words",
}  # fmt: skip
