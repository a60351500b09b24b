"""How the pages of contracts are opened: rows of the matrix; what the laws want to know."""

from typing import Any
from uuid import uuid4

from genxu.places.contracts.contract_intake import record_contracts
from genxu.places.contracts.models import Contract
from genxu.places.contracts.rows import ContractRow
from genxu.places.contracts.workflow import State
from genxu.places.ledger.tests.factories import opened
from genxu.regions.batches import hamlets_of
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, VILLAGE, Cast

from . import factories

TODAY = "2026-05-13"
STEPS = {"steps-TOTAL_FORMS": "2", "steps-INITIAL_FORMS": "0", "steps-0-from_year": "1",
         "steps-0-yearly": "6000"}  # fmt: skip
TERMS = {"way": "lease_out", "what": "orchard", "object": "村口果园", "other": "青山苗木公司",
         "is_person": "no", "area": "12.5", "since": "2026-06-01", "until": "2028-05-31",
         "first_due": "2026-06-15"} | STEPS  # fmt: skip


def _sent(**told: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), **told}


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _draft(code: str) -> Make:
    def make(cast: Cast) -> Example:
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=_sent(**TERMS))

    return make


def _nowhere(code: str) -> Make:
    return lambda cast: Example({"code": code}, code, {"hamlet": cast.hamlet(code)})


def _of(one: Contract, sent: dict[str, Any] | None = None) -> Example:
    return Example({"pk": one.pk}, HOME, {"contract": one}, sent=sent)


def _contract(state: str) -> Make:
    return lambda cast: _of(factories.in_state(cast, state))


def _step(state: str, **told: Any) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.in_state(cast, state)
        return _of(one, _sent(version=one.version, **told))

    return make


def _decide(cast: Cast) -> Example:
    one = factories.drafted(cast, terms=factories.land(cast))
    motion = factories.decision(cast)
    return _of(one, _sent(version=one.version, motion=motion.pk))


def _rent(cast: Cast) -> Example:
    opened(cast)
    one = factories.signed(cast)
    told = {"year": "1", "amount": "2000", "day": TODAY, "account": "102", "paper": "收-7"}
    return _of(one, _sent(version=one.version, **told))


def _take_back_rent(cast: Cast) -> Example:
    one = factories.paid(cast, factories.signed(cast))
    told = {"rent": one.rents.get().pk, "day": TODAY, "words": "记错了"}
    return _of(one, _sent(version=one.version, **told))


def _close(cast: Cast) -> Example:
    one = factories.over(cast)
    return _of(one, _sent(version=one.version))


def _take_back(cast: Cast) -> Example:
    one = factories.signed(cast)
    sent = _sent(version=one.version, since=one.version - 1)
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    factories.paid(cast, factories.signed(cast), 2_000_00)
    factories.signed(cast, terms=factories.land(cast))


COUNTED = [("bookkeeper", "/contracts/", 12), ("bookkeeper", "/home/", 17)]


def more(cast: Cast, count: int) -> None:
    for n in range(count):
        factories.signed(cast, object=f"{n}号地")


EXAMPLES: dict[str, list[Make]] = {
    "contracts": [_plain(), _plain(query={"group": "due", "what": "orchard", "place": HOME})],
    "export_contracts": [_plain()],
    "print_dues": [_plain()],
    "draft_contract": [_draft(HOME), _draft(VILLAGE), _nowhere(FAR)],
    "contract": [_contract(state) for state in State],
    "contract_decide": [_decide],
    "contract_sign": [_step(State.DRAFTED, signed_on=TODAY, paper="2026-3")],
    "contract_note_rent": [_rent],
    "contract_take_back_rent": [_take_back_rent],
    "contract_close": [_close],
    "contract_renew": [_step(State.SIGNED, **TERMS | {"since": "2029-01-01",
                             "until": "2030-12-31", "first_due": "2029-01-15"})],
    "contract_correct": [_step(State.SIGNED, words="写错了", **TERMS)],
    "contract_redraft": [_step(State.DECIDED, words="亩数变了")],
    "contract_end_early": [_step(State.SIGNED, last_day=TODAY, how="agreed", words="不做了")],
    "contract_withdraw": [_step(State.DRAFTED, words="没谈成")],
    "contract_take_back": [_take_back],
}  # fmt: skip

_TERMS = ("draft_contract", "correct_contract", "renew_contract")
PLAIN = {
    f"contracts.{action}.{name}" for action in _TERMS
    for name in ("way", "what", "since", "until", "is_person", "area", "first_due", "steps")
} | {
    "contracts.note_rent.amount", "contracts.note_rent.account",
}  # fmt: skip
SENSITIVE = {
    f"contracts.{action}.{name}": kind
    for action in _TERMS
    for name, kind in (("object", "words"), ("other", "names"))
} | {"contracts.sign_contract.paper": "words", "contracts.note_rent.paper": "words"}
CODES = {"contracts.end_early.how"}


def row(**changes: Any) -> ContractRow:
    one = factories.terms()
    told = {"hamlet": HOME, "way": one.way, "what": one.what, "object": "塘边苗圃",
            "since": one.since, "until": one.until, "other": one.other, "company": True,
            "area": one.area, "first_due": one.first_due, "steps": tuple(one.steps)}  # fmt: skip
    return ContractRow(**told | changes)


def take_batches(cast: Cast) -> None:
    """What no address does of the examples above: rows of a spreadsheet."""
    rows = [row(), row(object="山脚菜地", other="罗测三", company=False)]
    record_contracts(
        actor=cast.actor("bookkeeper"), place=cast.hamlet(VILLAGE), rows=rows, count=2,
        hamlets=hamlets_of(rows),
    )  # fmt: skip
