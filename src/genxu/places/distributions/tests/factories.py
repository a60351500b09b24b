"""Distributions of the cast, made through the real actions: a hamlet's collective of four
households, with 1,234.56 yuan earned in 2025."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from genxu.core import clock
from genxu.organisation.assemblies.models import Motion
from genxu.organisation.assemblies.tests import factories as assemblies
from genxu.people.models import Household
from genxu.places.collectives.actions import Choices, found_collective
from genxu.places.collectives.models import Collective, ShareKind
from genxu.places.collectives.roll import Entry
from genxu.places.collectives.roll_actions import enter_member
from genxu.places.collectives.share_actions import give_shares
from genxu.places.distributions import actions, paying_actions
from genxu.places.distributions.models import Distribution, Portion
from genxu.places.distributions.workflow import State
from genxu.places.ledger import actions as ledger
from genxu.places.ledger import chart
from genxu.places.ledger.models import Book, BookKind
from genxu.places.ledger.tests.factories import came_in, went_out
from tests.cast import HOME, Cast

COLLECTIVE = BookKind.COLLECTIVE
YEAR = 2025
SINCE, EARNED_ON, LAST = date(2024, 1, 1), date(2025, 6, 1), date(2025, 12, 31)
EARNED, RATE = 123_456, 100
SHARES = (300, 200, 100, 50)
"""Hundredths of a share of the four households."""
OPEN_SINCE = timedelta(days=15)
REPORT = "收了果园租金，修了水渠。"


def founded(cast: Cast, shares: Sequence[int] = SHARES, *, strange: int = 0) -> Collective:
    """The collective of the home hamlet, once; the last ``strange`` households have no member."""
    there = Collective.objects.standing().filter(place=HOME).first()
    if there and there.changes.exists():
        return there
    actor = cast.actor("secretary")
    kinds = (ShareKind.MEMBER, ShareKind.LAND)
    made = there or found_collective(
        actor=actor, hamlet=cast.home, name="罗家洲股份经济合作社", since=SINCE,
        choices=Choices(RATE, kinds=kinds),
    )  # fmt: skip
    households = cast.households()
    for n, (household, quantity) in enumerate(zip(households, shares, strict=False)):
        if n < len(households) - strange:
            entry = Entry(household.head_name, 1950 + n, SINCE, apart=True)
            enter_member(actor=actor, collective=made, household=household, entry=entry)
            hold_more(cast, household, quantity)
        else:
            decided = voted(cast, "non_member_share", (46, 2, 2), title="给外来户股份")
            hold_more(cast, household, quantity, motion=decided)
    return made


def hold_more(
    cast: Cast,
    household: Household,
    quantity: int,
    day: date = date(2024, 6, 1),
    motion: Motion | None = None,
) -> None:
    """Brought in for land: a kind that no charter freezes."""
    collective = Collective.objects.get(place=HOME)
    give_shares(
        actor=cast.actor("secretary"), collective=collective, household=household,
        kind=ShareKind.LAND, quantity=quantity, day=day, area=quantity, motion=motion,
    )  # fmt: skip


def kept_book(cast: Cast, earned: int = EARNED, *, year: int = YEAR, close: bool = True) -> Book:
    """The collective's book, with what was earned in the year; what is below nothing was spent
    from what a subsidy had brought."""
    actor = cast.actor("bookkeeper")
    book = Book.objects.kept().filter(place=HOME, kind=COLLECTIVE).first()
    book = book or ledger.open_book(
        actor=actor, hamlet=cast.home, kind=COLLECTIVE, name="罗家洲合作社账",
        opened_on=SINCE,
    )  # fmt: skip
    day = EARNED_ON.replace(year=year)
    if earned > 0:
        came_in(cast, earned, book, day=day)
    elif earned:
        capital = [ledger.Leg(chart.BANK, -earned), ledger.Leg(chart.CAPITAL, 0, -earned)]
        came_in(cast, -earned, book, day=day, legs=capital)
        went_out(cast, -earned, book, day=day)
    if close:
        ledger.close_year(actor=actor, book=book, year=year)
    return book


def drawn(cast: Cast, part: str = "bookkeeper", **changes: Any) -> Distribution:
    founded(cast)
    told = {"year": YEAR, "as_of": LAST, "report": REPORT} | changes
    if not Book.objects.filter(place=HOME, kind=COLLECTIVE).exists():
        kept_book(cast)
    return actions.draw_plan(actor=cast.actor(part), hamlet=cast.home, **told)


def published(cast: Cast, **changes: Any) -> Distribution:
    """Open for fifteen days; the members met yesterday."""
    met_on = clock.today() - timedelta(days=1)
    with clock.at(clock.now() - OPEN_SINCE):
        return actions.publish_plan(
            actor=cast.actor("secretary"), distribution=drawn(cast, **changes),
            meets_on=met_on, report=REPORT,
        )  # fmt: skip


def voted(
    cast: Cast, kind: str = "plain", votes: Sequence[int] = (40, 6, 4), **told: Any
) -> Motion:
    """What the sixty members decided yesterday: 50 came."""
    about = {"body": "collective_members", "basis": "persons", "due": 60,
             "title": "收益分配", "questions": (("同意收益分配方案吗", kind),)}  # fmt: skip
    return assemblies.counted(cast, votes, **about | told)


def carried(cast: Cast, **changes: Any) -> Distribution:
    one = published(cast, **changes)
    kind = "non_member_share" if one.strangers else "plain"
    votes = (46, 2, 2) if one.strangers else (40, 6, 4)
    return actions.carry_plan(
        actor=cast.actor("secretary"), distribution=one, motion=voted(cast, kind, votes)
    )


def booked(cast: Cast, **changes: Any) -> Distribution:
    return actions.book_plan(
        actor=cast.actor("bookkeeper"), distribution=carried(cast, **changes), day=clock.today()
    )


def portions(one: Distribution) -> list[Portion]:
    rows = Portion.objects.filter(distribution=one).order_by("position")
    return list(rows.select_related("distribution__collective__place", "household__hamlet"))


def paid(cast: Cast, portion: Portion, way: str = "bank", **told: Any) -> Portion:
    values = {"day": clock.today(), "way": way, "signed_by": "罗测一" if way == "cash" else ""}
    return paying_actions.pay_portion(
        actor=cast.actor("bookkeeper"), portion=portion, **values | told
    )


def signed(cast: Cast, portion: Portion, name: str = "罗测一") -> Portion:
    """Paid in cash that was fetched from the bank."""
    fetched = [ledger.Leg(chart.CASH, portion.sum), ledger.Leg(chart.BANK, 0, portion.sum)]
    book = Book.objects.get(place=HOME, kind=COLLECTIVE)
    came_in(cast, portion.sum, book, legs=fetched, day=clock.today())
    return paid(cast, portion, "cash", signed_by=name)


def paid_all(cast: Cast, one: Distribution, some: Sequence[Portion] = ()) -> Distribution:
    return paying_actions.pay_portions(
        actor=cast.actor("bookkeeper"), distribution=one, portions=some or portions(one),
        day=clock.today(), way="bank",
    )  # fmt: skip


def kept_owed(cast: Cast, portion: Portion, reason: str = "away") -> Portion:
    return paying_actions.keep_owed(actor=cast.actor("bookkeeper"), portion=portion, reason=reason)


def in_state(cast: Cast, state: str) -> Distribution:
    if state == State.WITHDRAWN:
        return actions.withdraw_plan(
            actor=cast.actor("secretary"), distribution=drawn(cast), words="算错了年份"
        )
    made = {State.DRAWN: drawn, State.OPEN: published, State.CARRIED: carried,
            State.BOOKED: booked}  # fmt: skip
    if state in made:
        return made[State(state)](cast)
    return paid_all(cast, booked(cast))
