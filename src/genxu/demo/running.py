"""The running funds of the named hamlets over a year, by the real actions: what came, what was
asked, decided by two and paid by a third; one major spending by all its steps; some that wait.

朱家湾 is left to the story of its economy.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.money import FEN
from genxu.organisation.assemblies.models import Motion
from genxu.people.models import Household
from genxu.people.roles import Role
from genxu.places.funds import actions, budget_actions, spending_actions
from genxu.places.funds.choosing import Somebody, seats_at
from genxu.places.funds.models import Spending
from genxu.places.ledger.actions import open_book
from genxu.places.ledger.models import BookKind
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from .material import DATA, Material, read
from .people import Cast
from .rooting import Rooting


@dataclass(frozen=True, slots=True)
class CameScript(Material):
    """So many days ago; ``door``: a household gave it."""

    day: int
    source: str
    yuan: int = 0
    goods: str = ""
    purse: str = "102"
    giver: str = ""
    door: int = -1
    named: bool = False
    thanked: bool = False
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class AskScript(Material):
    """Days are so many days ago; what has no day has not happened. ``meeting`` is the title of the
    assembly that decided."""

    day: int
    what: str
    purpose: str
    yuan: int
    payee: str = ""
    door: int = -1
    decided: int = 0
    paid: int = 0
    came_to: int = 0
    paper: str = ""
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class FundScript(Material):
    hamlet: str
    opened: int
    planned: dict[str, int]
    came: tuple[CameScript, ...]
    asked: tuple[AskScript, ...]


@dataclass(frozen=True, slots=True)
class FundsScript(Material):
    thanks: str
    funds: tuple[FundScript, ...]


REVIEWED_IN = 4
"""So many days the township takes."""
FUNDS = read(DATA / "funds.toml", FundsScript)


def keep_running(cast: Cast, now: datetime) -> int:
    """All of it; how many things happen."""
    r = Rooting(cast, now)
    for script in FUNDS.funds:
        _Running(r, script).tell()
    return r.moments.live()


class _Running:
    """The fund of one hamlet, from the day on which its book is opened."""

    def __init__(self, r: Rooting, script: FundScript) -> None:
        self.r, self.script, self.hamlet = r, script, script.hamlet

    def tell(self) -> None:
        self.r.plan(self.script.opened, 9, self._open)
        begun = (self.r.today - self.r.today.replace(month=1, day=1)).days
        self.r.plan(min(begun, self.script.opened), 10, self._plan_year)
        for came in self.script.came:
            self.r.plan(came.day, 16, partial(self._came, came))
        for ask in self.script.asked:
            _Asking(self, ask).tell()

    @property
    def place(self) -> Region:
        return Region.objects.select_related("parent__parent").get(code=self.hamlet)

    @property
    def secretary(self) -> Actor:
        return self.r.secretary(self.hamlet)

    @property
    def bookkeeper(self) -> Actor:
        village = self.hamlet[: LENGTHS[Level.VILLAGE]]
        return self.r.cast[Role.BOOKKEEPER, village].actor()

    def _open(self) -> None:
        first = clock.today().replace(day=1)
        open_book(actor=self.bookkeeper, hamlet=self.place, kind=BookKind.FUND,
                  name=f"{self.place}{BookKind.FUND.label}", opened_on=first)  # fmt: skip

    def _plan_year(self) -> None:
        planned = {name: yuan * FEN for name, yuan in self.script.planned.items()}
        budget_actions.plan_budget(
            actor=self.secretary, hamlet=self.place, year=self.r.today.year, planned=planned
        )

    def somebody(self, name: str, door: int) -> Somebody:
        if door < 0:
            return Somebody(name, is_person=False)
        rows = Household.objects.living_here().filter(hamlet=self.hamlet).order_by("number")
        return Somebody("", is_person=True, household=rows[door])

    def _came(self, script: CameScript) -> None:
        one = actions.note_contribution(
            actor=self.secretary, hamlet=self.place, source=script.source, day=clock.today(),
            amount=script.yuan * FEN or None, goods=script.goods,
            purse=script.purse if script.yuan else "", named=script.named,
            giver=self.somebody(script.giver, script.door) if script.source == "society" else None,
        )  # fmt: skip
        if not script.unseen:
            one = actions.see_to_contribution(actor=self.bookkeeper, contribution=one)
        if script.thanked:
            actions.note_thanks(
                actor=self.secretary, contribution=one, thanked_on=clock.today(), words=FUNDS.thanks
            )


class _Asking:
    """One thing that is asked of a fund."""

    def __init__(self, fund: _Running, script: AskScript) -> None:
        self.fund, self.script, self.key = fund, script, 0

    def tell(self) -> None:
        plan, script = self.fund.r.plan, self.script
        plan(script.day, 10, self._asked)
        if script.meeting:
            plan(script.decided, 22, self._resolved)
            plan(script.decided - REVIEWED_IN, 9, self._reviewed)
        elif script.decided:
            plan(script.decided, 11, self._decided)
        if script.paid:
            plan(script.paid, 15, self._paid)

    @property
    def one(self) -> Spending:
        return Spending.objects.get(pk=self.key)

    def _asked(self) -> None:
        fund, script = self.fund, self.script
        made = spending_actions.ask_spending(
            actor=fund.secretary, hamlet=fund.place, what=script.what, purpose=script.purpose,
            amount=script.yuan * FEN, payee=fund.somebody(script.payee, script.door),
            wanted_on=clock.today() + timedelta(days=12),
        )  # fmt: skip
        self.key = made.pk

    def _decided(self) -> None:
        actor = self.fund.secretary
        beside = next(one for one in seats_at(self.fund.hamlet) if one.name != actor.name)
        spending_actions.decide_spending(
            actor=actor, spending=self.one, beside=beside, decided_on=clock.today()
        )

    def _resolved(self) -> None:
        """四议两公开: the days of the first three steps, the meeting's decision, the wall."""
        fund, today = self.fund, clock.today()
        motion = Motion.objects.get(assembly__title=self.script.meeting, position=1)
        held = motion.assembly.meets_on
        spending_actions.bring_spending(
            actor=fund.secretary, spending=self.one, **_days_before(held)
        )
        spending_actions.resolve_spending(actor=fund.secretary, spending=self.one, motion=motion)
        spending_actions.publish_decision(
            actor=fund.secretary, spending=self.one, published_on=today
        )

    def _reviewed(self) -> None:
        actor = self.fund.r.township(self.fund.hamlet)
        spending_actions.approve_spending(actor=actor, spending=self.one)

    def _paid(self) -> None:
        script = self.script
        one = spending_actions.pay_spending(
            actor=self.fund.bookkeeper, spending=self.one, day=clock.today(), purse="102",
            amount=(script.came_to or script.yuan) * FEN, paper=script.paper,
        )  # fmt: skip
        if one.major:
            spending_actions.publish_result(
                actor=self.fund.secretary, spending=one, told_on=clock.today()
            )


def _days_before(held: date) -> dict[str, date]:
    names = ("proposed_on", "discussed_on", "deliberated_on")
    return {name: held - timedelta(days=12 - 4 * n) for n, name in enumerate(names)}
