"""How the pages of distributions are opened: rows of the matrix; what the laws want to know."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import Min

from genxu.people.tests.factories import with_code
from genxu.places.distributions.models import Distribution, Portion
from genxu.places.distributions.payment_intake import PaidRow, record_payments
from genxu.places.distributions.workflow import State
from tests.addresses import Example, Make
from tests.cast import FAR, HOME, NOW, TOWNSHIP, Cast, later

from . import factories
from .factories import YEAR

TODAY = "2026-05-13"


def _sent(**told: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), **told}


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _draw(code: str) -> Make:
    def make(cast: Cast) -> Example:
        if code == HOME:
            factories.founded(cast)
            factories.kept_book(cast)
        sent = _sent(year="2025", as_of="2025-12-31", kept="", report="")
        sent = sent if code == HOME else None
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=sent)

    return make


def _distribution(state: str) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.in_state(cast, state)
        return Example({"pk": one.pk}, HOME, {"distribution": one})

    return make


def _sends(one: Distribution, **told: Any) -> Example:
    sent = _sent(version=one.version, **told)
    return Example({"pk": one.pk}, HOME, {"distribution": one}, sent=sent)


def _step(state: str, **told: Any) -> Make:
    return lambda cast: _sends(factories.in_state(cast, state), **told)


def _decided(state: str) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.in_state(cast, state)
        return _sends(one, motion=factories.voted(cast, title="再议").pk)

    return make


def _pay(cast: Cast) -> Example:
    one = factories.booked(cast)
    ticked = [factories.portions(one)[0].pk]
    return _sends(one, portions=ticked, way="bank", day=TODAY)


def _take_back(cast: Cast) -> Example:
    one = factories.carried(cast)
    sent = _sent(version=one.version, since=one.version - 1)
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def _papers(cast: Cast) -> Example:
    one = factories.published(cast)
    sent = _sent(what=["sheet"])
    return Example({"pk": one.pk}, HOME, {"place": one.place}, sent=sent)


def _of_portion(*, is_paid: bool = False, **told: Any) -> Make:
    def make(cast: Cast) -> Example:
        portion = factories.portions(factories.booked(cast))[0]
        portion = factories.paid(cast, portion) if is_paid else portion
        sent = _sent(**told) if told else None
        return Example({"pk": portion.pk}, HOME, {"portion": portion}, sent=sent)

    return make


def _own(cast: Cast) -> Example:
    code = with_code(1).code
    portion = factories.portions(factories.booked(cast))[0]
    kwargs = {"pk": cast.households()[0].pk, "portion": portion.pk}
    return Example(kwargs, sent=_sent(text="我家应该是四股"), codes=(code,))


def _open(cast: Cast) -> Example:
    return Example({"pk": factories.published(cast).pk})


def populate(cast: Cast) -> None:
    """Something in each of its tables: a year later, on the books that the ledger has opened."""
    with later(days=250):
        factories.kept_book(cast, year=2026)
        one = factories.booked(cast, year=2026, as_of=date(2026, 12, 31))
        factories.paid_all(cast, one)


COUNTED = [
    ("bookkeeper", "/distributions/", 12),
    ("bookkeeper", "/distributions/portions/", 10),
]


def more(cast: Cast, count: int) -> None:
    """So many more, of the years before."""
    founded = factories.founded(cast)
    oldest = Distribution.objects.aggregate(n=Min("year"))["n"] or YEAR
    for year in range(oldest - count, oldest):
        one = Distribution.objects.create(
            place=cast.home, collective=founded, year=year, as_of=factories.LAST, earned=100,
            earlier=0, rate=100, shared=90, whole=100, drawn_on=factories.LAST,
        )  # fmt: skip
        for position, household in enumerate(cast.households(), 1):
            Portion.objects.create(
                distribution=one, household=household, position=position, quantity=25, sum=22
            )


EXAMPLES: dict[str, list[Make]] = {
    "distributions": [_plain(), _plain(query={"state": "booked", "place": HOME})],
    "export_distributions": [_plain()],
    "portions": [_plain(), _plain(query={"group": "owed", "words": "3"})],
    "export_portions": [_plain()],
    "draw_distribution": [_draw(HOME), _draw(TOWNSHIP), _draw(FAR)],
    "distribution": [_distribution(state) for state in State],
    "distribution_publish": [_step(State.DRAWN, meets_on="2026-05-23", report="租金为主")],
    "distribution_move_meeting": [_step(State.OPEN, meets_on="2026-05-20")],
    "distribution_carry": [_decided(State.OPEN)],
    "distribution_book": [_step(State.CARRIED, day=TODAY)],
    "distribution_pay": [_pay],
    "distribution_unbook": [_step(State.BOOKED, day=TODAY, words="记错科目")],
    "distribution_withdraw": [_step(State.DRAWN, words="算错年份")],
    "distribution_revoke": [_decided(State.CARRIED)],
    "distribution_take_back": [_take_back],
    "distribution_papers": [_papers],
    "portion": [_of_portion()],
    "portion_pay": [_of_portion(way="bank", signed_by="", day=TODAY)],
    "portion_keep": [_of_portion(reason="away")],
    "portion_unpay": [_of_portion(is_paid=True, words="卡号错了", day=TODAY)],
    "own_portion": [_own],
    "open_distribution": [_open],
    "distribution_csv": [_open],
}

PLAIN = {
    "distributions.draw_plan.kept", "distributions.ask_for_papers.site",
    "distributions.keep_owed.reason",
}  # fmt: skip
CODES = {
    "distributions.pay_portions.way", "distributions.pay_portion.way",
    "distributions.keep_owed.reason", "distributions.ask_for_papers.what",
}  # fmt: skip
SENSITIVE = {
    "distributions.draw_plan.report": "words",
    "distributions.publish_plan.report": "words",
    "distributions.pay_portion.signed_by": "names",
    "distributions.question_portion.text": "words",
}


def take_batches(cast: Cast) -> None:
    """A bank's list."""
    portion = factories.portions(factories.booked(cast))[0]
    rows = [PaidRow(HOME, 1, portion.sum, NOW.date())]
    record_payments(
        actor=cast.actor("bookkeeper"), place=cast.home, rows=rows, count=1, hamlets=[HOME]
    )
