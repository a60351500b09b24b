"""What comes into the fund of the cast and what is asked of it, through the real actions."""

from datetime import date
from typing import Any

from genxu.core import clock
from genxu.organisation.assemblies.models import Motion
from genxu.organisation.assemblies.tests.factories import counted
from genxu.organisation.councils.models import Council, Seat
from genxu.organisation.councils.tests.factories import form
from genxu.people.models import Household
from genxu.places.funds import actions, budget_actions, spending_actions
from genxu.places.funds.choosing import Somebody
from genxu.places.funds.models import Budget, Contribution, Spending
from genxu.places.ledger import chart
from genxu.places.ledger.models import Book, BookKind
from genxu.places.ledger.queries import balance_of
from genxu.places.ledger.tests.factories import opened
from tests.cast import Cast

DAY = date(2026, 5, 6)
SHOP = Somebody("新街五金店", False)


def fund(cast: Cast) -> Book:
    """The fund of the home hamlet, opened once by the bookkeeper."""
    return opened(cast, BookKind.FUND)


def given(
    cast: Cast, fen: int | None = 500_000, part: str = "secretary", **changes: Any
) -> Contribution:
    """A gift of a firm, put into the bank account."""
    fund(cast)
    told = {"source": "society", "day": DAY, "amount": fen, "purse": chart.BANK,
            "giver": Somebody("红土果业公司", False)}  # fmt: skip
    return actions.note_contribution(actor=cast.actor(part), hamlet=cast.home, **told | changes)


def from_person(cast: Cast, household: Household | None = None, **changes: Any) -> Contribution:
    return given(cast, giver=Somebody("罗测三", True, household), **changes)


def carried(cast: Cast, body: str = "group_meeting", **changes: Any) -> Motion:
    """A question that carried at a meeting of the hamlet yesterday."""
    votes = changes.pop("votes", (40, 6, 4))
    return counted(cast, votes, body=body, **changes)


def asked(cast: Cast, fen: int = 80_000, part: str = "secretary", **changes: Any) -> Spending:
    """A repair by a shop; small."""
    fund(cast)
    told = {"what": "修理广播线路", "purpose": "repairs", "amount": fen, "payee": SHOP}
    return spending_actions.ask_spending(actor=cast.actor(part), hamlet=cast.home, **told | changes)


def seat(cast: Cast) -> Seat:
    """Somebody on the council who is not the secretary."""
    council = Council.objects.standing().filter(hamlet=cast.home).first() or form(cast)
    return council.seats.exclude(name=cast.secretary.name).order_by("pk")[0]


def decided(cast: Cast, one: Spending | None = None, **changes: Any) -> Spending:
    one = one or asked(cast)
    told = {"beside": seat(cast), "decided_on": clock.today()}
    return spending_actions.decide_spending(
        actor=cast.actor("secretary"), spending=one, **told | changes
    )


def paid(
    cast: Cast, one: Spending | None = None, part: str = "bookkeeper", **changes: Any
) -> Spending:
    """From the bank, on an invoice."""
    if one is None:
        given(cast)
        one = decided(cast)
    told = {"day": clock.today(), "amount": one.decided, "purse": chart.BANK, "paper": "发票 0012"}
    return spending_actions.pay_spending(actor=cast.actor(part), spending=one, **told | changes)


def brought(cast: Cast, fen: int = 300_000) -> Spending:
    """Major, its first three steps noted."""
    one = asked(cast, fen, what="新建水泥晒场", purpose="facilities")
    return spending_actions.bring_spending(
        actor=cast.actor("secretary"), spending=one, proposed_on=date(2026, 5, 4),
        discussed_on=date(2026, 5, 5), deliberated_on=date(2026, 5, 6),
    )  # fmt: skip


def resolved(cast: Cast, fen: int = 300_000) -> Spending:
    one = brought(cast, fen)
    return spending_actions.resolve_spending(
        actor=cast.actor("secretary"), spending=one, motion=carried(cast)
    )


def approved(cast: Cast, fen: int = 300_000) -> Spending:
    """Major, reviewed, and put up on the wall."""
    one = spending_actions.approve_spending(
        actor=cast.actor("township_staff"), spending=resolved(cast, fen)
    )
    return spending_actions.publish_decision(
        actor=cast.actor("secretary"), spending=one, published_on=clock.today()
    )


def planned(cast: Cast, **sums: int) -> Budget:
    fund(cast)
    return budget_actions.plan_budget(
        actor=cast.actor("secretary"), hamlet=cast.home, year=2026,
        planned=sums or {"office": 100_000, "repairs": 200_000},
    )  # fmt: skip


def in_state(cast: Cast, state: str) -> Spending:
    """Something that is asked for, in this state."""
    secretary = cast.actor("secretary")
    if state == "asked":
        return asked(cast)
    if state == "resolved":
        return resolved(cast)
    if state == "sent_back":
        return spending_actions.send_back_spending(
            actor=cast.actor("township_staff"), spending=resolved(cast), words="缺三家报价"
        )
    if state == "approved":
        given(cast)
        return decided(cast)
    if state == "paid":
        return paid(cast)
    act = {"refused": spending_actions.refuse_spending,
           "withdrawn": spending_actions.withdraw_spending}[state]  # fmt: skip
    return act(actor=secretary, spending=asked(cast), words="先不办")


def came_in_state(cast: Cast, state: str) -> Contribution:
    one = given(cast)
    bookkeeper = cast.actor("bookkeeper")
    if state == "seen":
        return actions.see_to_contribution(actor=bookkeeper, contribution=one)
    if state == "struck":
        secretary = cast.actor("secretary")
        return actions.strike_contribution(actor=secretary, contribution=one, words="记重了")
    if state == "given_back":
        return actions.give_back_contribution(
            actor=bookkeeper, contribution=one, day=clock.today(), words="厂家要收回"
        )
    return one


def money(book: Book) -> int:
    """What is in the box and on the account now."""
    return sum(balance_of(book, purse, clock.today()) for purse in chart.MONEY)
