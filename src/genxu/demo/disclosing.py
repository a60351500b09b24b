"""港东村: the accounts of its committee, drawn up, signed and shown quarter by quarter, and a line
that a household asks about; of a village beside it nothing was shown yet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.calendar import months_later
from genxu.core.money import FEN
from genxu.people.own_access import holder_of
from genxu.people.roles import Role
from genxu.places.disclosures import actions
from genxu.places.disclosures.models import Told
from genxu.places.ledger import actions as ledger
from genxu.places.ledger import chart
from genxu.places.ledger.models import Book, BookKind
from genxu.places.ledger.posting import Leg
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from .context import LUO, ordinary
from .material import DATA, Material, read
from .moments import Moments, moment
from .names import person_name
from .people import Cast

GANG = LUO[: LENGTHS[Level.VILLAGE]]
"""港东村"""


@dataclass(frozen=True, slots=True)
class EntryScript(Material):
    """``account`` is what the money came from or went for, ``came`` and ``went`` are yuan."""

    quarter: int
    month: int
    day: int
    text: str
    account: str
    paper: str
    who: str = ""
    person: bool = False
    came: int = 0
    went: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class AccountsScript(Material):
    """``asked`` is what a household asks about the line that speaks of ``asked_about``."""

    book: str
    asked: str
    asked_about: str
    stood: int
    entries: tuple[EntryScript, ...]


ACCOUNTS = read(DATA / "accounts.toml", AccountsScript)


def show_accounts(cast: Cast, rng: Random, now: datetime) -> int:
    """All of it; how many things happen."""
    return _Showing(cast, rng, now).tell()


class _Showing:
    """Three quarters of one book."""

    def __init__(self, cast: Cast, rng: Random, now: datetime) -> None:
        self.moments, self.rng, self.now = Moments(now), rng, now
        self.bookkeeper = cast[Role.BOOKKEEPER, GANG]
        self.supervisor = cast[Role.SUPERVISOR, GANG]
        self.township = cast[Role.TOWNSHIP_STAFF, GANG[: LENGTHS[Level.TOWNSHIP]]]
        today = clock.today()
        self.quarter = date(today.year, (today.month + 2) // 3 * 3 - 2, 1)

    def tell(self) -> int:
        first = months_later(self.quarter, -6)
        self._plan(first, 8, self._open)
        for script in ACCOUNTS.entries:
            begins = months_later(self.quarter, script.month - 3 * script.quarter)
            day = begins.replace(day=script.day)
            told = day + timedelta(days=script.late)
            self._plan(told, 9, partial(self._book, script, day))
        for back in (3, 0):
            end = months_later(self.quarter, -back)
            self._plan(end + timedelta(days=4), 9, self._draw)
            self._plan(end + timedelta(days=8), 15, self._sign)
            self._plan(end + timedelta(days=9), 9, self._show)
        self._plan(self.quarter + timedelta(days=11), 20, self._ask)
        return self.moments.live()

    def _plan(self, day: date, hour: int, run: Callable[[], object]) -> None:
        self.moments.plan(moment(day, hour), run)

    @property
    def book(self) -> Book:
        return Book.objects.get(place=GANG, kind=BookKind.COMMITTEE)

    def _open(self) -> None:
        village, actor = Region.objects.get(code=GANG), self.bookkeeper.actor()
        book = _opened(actor, village)
        fen = ACCOUNTS.stood * FEN
        legs = [Leg(chart.BANK, debit=fen), Leg(chart.CAPITAL, credit=fen)]
        ledger.note_opening(actor=actor, book=book, legs=legs)
        beside = Region.objects.filter(parent=village.parent).exclude(code=GANG).order_by("code")
        for other in beside[:1]:
            _opened(self.township.actor(), other)

    def _book(self, script: EntryScript, day: date) -> None:
        fen = (script.came or script.went) * FEN
        money = Leg(chart.BANK, debit=fen) if script.came else Leg(chart.BANK, credit=fen)
        other = (
            Leg(script.account, credit=fen) if script.came else Leg(script.account, debit=fen)
        )  # fmt: skip
        who = person_name(self.rng) if script.person else script.who
        ledger.post_entry(
            actor=self.bookkeeper.actor(), book=self.book, day=day, text=script.text,
            legs=sorted([money, other], key=lambda leg: -leg.debit), who=who,
            is_person=script.person, paper=script.paper,
        )  # fmt: skip

    def _draw(self) -> None:
        self.drawn = actions.draw_up(actor=self.bookkeeper.actor(), book=self.book)

    def _sign(self) -> None:
        actor = self.supervisor.actor()
        actions.sign_disclosure(actor=actor, disclosure=self.drawn, no_relative=True)

    def _show(self) -> None:
        actions.publish_disclosure(actor=self.bookkeeper.actor(), disclosure=self.drawn)

    def _ask(self) -> None:
        household = ordinary(LUO, 5)[4]
        lines = Told.objects.filter(disclosure=self.drawn, text__contains=ACCOUNTS.asked_about)
        for line in lines[:1]:
            actions.ask_line(
                actor=holder_of(household), household=household, line=line, words=ACCOUNTS.asked
            )


def _opened(actor: Actor, village: Region) -> Book:
    return ledger.open_book(
        actor=actor, hamlet=village, kind=BookKind.COMMITTEE, name=f"{village}{ACCOUNTS.book}",
        opened_on=clock.today(),
    )  # fmt: skip
