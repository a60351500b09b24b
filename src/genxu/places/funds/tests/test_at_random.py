"""Whatever people try in whatever order: no money is made or lost, and there is never less than
nothing; what is paid was decided by others than who pays.

Hypothesis draws what is tried; each walk runs in a savepoint that is taken back.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.errors import Refusal
from genxu.core.money import FEN
from genxu.insight.counting import count_on
from genxu.people.history_actions import take_back
from genxu.places.funds import actions, queries, spending_actions
from genxu.places.funds.models import Contribution, Spending
from genxu.places.funds.workflow import STANDS, Asked
from genxu.places.ledger import chart
from genxu.places.ledger.models import Line
from genxu.places.ledger.queries import balance_of
from tests.cast import NOW, TOWNSHIP, Cast

from . import factories

PARTS = ["secretary", "secretary", "bookkeeper", "bookkeeper", "township_staff", "village_staff",
         "supervisor", "neighbour_secretary"]  # fmt: skip
TRIED = ["note", "note", "see", "strike", "give_back", "ask", "ask", "decide", "decide", "pay",
         "pay", "pay", "unpay", "refuse", "withdraw", "correct", "undo"]  # fmt: skip
tries = st.tuples(
    st.sampled_from(TRIED), st.sampled_from(PARTS), st.integers(0, 5),
    st.sampled_from([1, 999, 50_000, 120_000, 199_999, 200_000]), st.sampled_from(chart.MONEY),
    st.integers(0, 5),
)  # fmt: skip


def attempt(cast: Cast, one: tuple[Any, ...]) -> bool:
    name, part, which, fen, purse, back = one
    actor, day = cast.actor(part), clock.today() - timedelta(days=back)
    came = list(Contribution.objects.order_by("-pk"))
    asks = list(Spending.objects.order_by("-pk"))
    contribution = came[which % len(came)] if came else None
    spending = asks[which % len(asks)] if asks else None
    try:
        if name == "note":
            factories.given(cast, fen, part, purse=purse, day=day)
        elif name == "ask":
            factories.asked(cast, fen, part)
        elif name in ("see", "strike", "give_back") and contribution:
            _with(name, actor, contribution, day)
        elif spending:
            _to(cast, name, actor, spending, day, fen, purse)
        else:
            return False
    except Refusal:
        return False
    return True


def _with(name: str, actor: Any, contribution: Contribution, day: Any) -> None:
    about: dict[str, Any] = {"actor": actor, "contribution": contribution}
    if name == "see":
        actions.see_to_contribution(**about)
    elif name == "strike":
        actions.strike_contribution(**about, words="记错")
    else:
        actions.give_back_contribution(**about, day=day, words="要收回")


def _to(cast: Cast, name: str, actor: Any, one: Spending, day: Any, fen: int, purse: str) -> None:
    about: dict[str, Any] = {"actor": actor, "spending": one}
    words = about | {"words": "缘由"}
    given: dict[str, tuple[Any, dict[str, Any]]] = {
        "decide": (spending_actions.decide_spending,
                   about | {"beside": factories.seat(cast), "decided_on": day}),
        "pay": (spending_actions.pay_spending,
                about | {"day": day, "amount": min(fen, one.decided or fen), "purse": purse,
                         "paper": "票 1"}),
        "unpay": (spending_actions.unpay_spending, words | {"day": day}),
        "refuse": (spending_actions.refuse_spending, words),
        "withdraw": (spending_actions.withdraw_spending, words),
        "correct": (spending_actions.correct_spending,
                    about | {"what": "改", "purpose": "other", "amount": fen,
                             "payee": factories.SHOP}),
        "undo": (take_back, {"actor": actor, "row": one, "since": one.version - 1}),
    }  # fmt: skip
    action, values = given[name]
    action(**values)


def check_laws(cast: Cast) -> None:
    book, today = factories.fund(cast), clock.today()
    came = sum(one.amount or 0 for one in Contribution.objects.filter(state__in=STANDS))
    paid = sum(one.paid or 0 for one in Spending.objects.filter(state=Asked.PAID))
    assert factories.money(book) == came - paid
    days = {*Line.objects.values_list("entry__day", flat=True), today}
    for purse in chart.MONEY:
        assert all(balance_of(book, purse, day) >= 0 for day in days)
    for one in Spending.objects.filter(state=Asked.PAID):
        assert one.paid_by_id is not None
        assert one.paid_by_id not in one.people
        assert (one.paid or 0) <= (one.decided or 0)
        assert not one.major
    year = queries.year_of(book, today.year)
    assert (year.came_else, year.spent_else, year.stands) == (0, 0, came - paid)


def check_figure() -> None:
    """Whole yuan, of all that stands."""
    key, today = "places.funds_received", clock.today()
    came = sum(one.amount or 0 for one in Contribution.objects.filter(state__in=STANDS))
    assert count_on(TOWNSHIP, today, [key]) == {key: came // FEN}


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(walk=st.lists(tries, min_size=8, max_size=30))
def test_no_walk_makes_or_loses_money(cast: Cast, walk: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        factories.fund(cast)
        for hours, one in enumerate(walk):
            with clock.at(NOW + timedelta(hours=7 * hours)):
                before = Spending.objects.order_by("pk").values_list("pk", "version", "state")
                stood = list(before)
                taken = attempt(cast, one)
                if not taken:
                    assert list(before.all()) == stood
                check_laws(cast)
        with clock.at(NOW + timedelta(hours=7 * len(walk))):
            check_figure()
        transaction.set_rollback(True)
