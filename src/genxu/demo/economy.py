"""朱家湾: how a hamlet's land became shares, what it earned, built and shared out; by the real
actions.

The days are those of the article (2021 to 2023), whatever day the world is built on; rents go on
coming each year. The living person whom the article names does not appear.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from genxu.core import clock
from genxu.core.money import FEN, apportion
from genxu.organisation.assemblies.actions import convene_assembly
from genxu.organisation.assemblies.bodies import Basis, BodyName, Kind
from genxu.organisation.assemblies.calls import Announcement, Call, Question
from genxu.organisation.assemblies.models import Assembly, Motion
from genxu.organisation.assemblies.tally_actions import (
    Attendance,
    Tally,
    record_attendance,
    tally_motion,
)
from genxu.people.models import Household
from genxu.people.roles import Role
from genxu.places.collectives import actions as collectives
from genxu.places.collectives.member_intake import record_members
from genxu.places.collectives.models import Collective, ShareKind
from genxu.places.collectives.rows import MemberRow
from genxu.places.collectives.share_actions import give_shares, quantify_members
from genxu.places.contracts import actions as contracts
from genxu.places.contracts.models import Contract, Way, What
from genxu.places.contracts.rent_actions import note_rent
from genxu.places.contracts.terms import Terms
from genxu.places.distributions import actions as distributions
from genxu.places.distributions.models import Distribution, Portion
from genxu.places.distributions.paying_actions import keep_owed, pay_portions
from genxu.places.ledger import actions as ledger
from genxu.places.ledger.chart import BANK, CAPITAL
from genxu.places.ledger.models import Book, BookKind
from genxu.places.ledger.posting import Leg
from genxu.places.surveys import actions as surveys
from genxu.regions.models import Region

from .article import ZHU_INCOME, ZHU_MU, ZHU_PER_HEAD
from .material import DATA, Material, read
from .moments import Moments, moment
from .names import person_name
from .people import Cast

NOTICE = timedelta(days=12)
FIRST_RENT = (3, 1)
"""Each year's rent is due on 1 March."""


@dataclass(frozen=True, slots=True)
class FoundingScript(Material):
    day: date
    title: str
    shares: str
    together: str


@dataclass(frozen=True, slots=True)
class LandScript(Material):
    since: date
    until: date
    to_shares: str
    as_rent: str


@dataclass(frozen=True, slots=True)
class LetScript(Material):
    """``weight`` is its part of a year's income."""

    what: str
    object: str
    other: str
    weight: int
    area: int = 0


@dataclass(frozen=True, slots=True)
class SpendScript(Material):
    day: date
    text: str
    account: str
    sum: int
    who: str
    paper: str
    decided: bool = False


@dataclass(frozen=True, slots=True)
class BuildingScript(Material):
    day: date
    title: str
    question: str


@dataclass(frozen=True, slots=True)
class SharingScript(Material):
    year: int
    close: date
    drawn: date
    meets: date
    booked: date
    paid: date
    kept: int
    title: str
    question: str
    report: str


@dataclass(frozen=True, slots=True)
class SurveyScript(Material):
    begun: date
    closed: date
    households: int


@dataclass(frozen=True, slots=True)
class EconomyScript(Material):
    hamlet: str
    name: str
    book: str
    opened: date
    opening: int
    reserve_rate: int
    venue: str
    notice: tuple[str, ...]
    roll_surnames: str
    founding: FoundingScript
    land: LandScript
    lets: tuple[LetScript, ...]
    spends: tuple[SpendScript, ...]
    building: BuildingScript
    sharing: SharingScript
    survey: SurveyScript


SCRIPT = read(DATA / "economy.toml", EconomyScript)


def build_economy(cast: Cast, rng: Random, now: datetime) -> int:
    """All of it; how many things happen."""
    return Economy(cast, rng, now).live()


class Economy:
    """Collects what happens, then lives through it in order."""

    def __init__(self, cast: Cast, rng: Random, now: datetime) -> None:
        self.moments, self.now, self.rng = Moments(now), now, rng
        self.hamlet = Region.objects.get(code=SCRIPT.hamlet)
        village = self.hamlet.parent_id or ""
        self.keeper = cast[Role.BOOKKEEPER, village].actor()
        self.village = cast[Role.VILLAGE_STAFF, village].actor()
        self.secretary = cast[Role.SECRETARY, SCRIPT.hamlet].actor()
        here = Household.objects.living_here().filter(hamlet=self.hamlet)
        self.households = list(here.order_by("number"))
        self.motions: dict[str, Motion] = {}
        self.named = {one.head_name for one in self.households}

    def live(self) -> int:
        plan = self._plan
        plan(SCRIPT.opened + timedelta(days=3), 9, self.open_book)
        plan(SCRIPT.opened + timedelta(days=4), 9, self.found)
        founding, building, sharing = SCRIPT.founding, SCRIPT.building, SCRIPT.sharing
        self._meeting(founding.day, founding.title, [
            ("shares", founding.shares, Kind.SHARES), ("together", founding.together, Kind.PLAIN),
        ])  # fmt: skip
        plan(founding.day + timedelta(days=3), 9, self.quantify)
        plan(SCRIPT.land.since, 9, self.bring_land_in)
        plan(SCRIPT.land.since + timedelta(days=20), 9, self.let_out)
        for year in range(SCRIPT.land.since.year + 1, self.now.year + 1):
            plan(date(year, *FIRST_RENT) + timedelta(days=4), 9, self.take_rents)
        self._meeting(building.day, building.title, [("build", building.question, Kind.PLAIN)])
        for one in SCRIPT.spends:
            self.moments.plan(moment(one.day, 15), partial(self._spend, one))
        plan(SCRIPT.survey.begun, 9, self.ask_incomes)
        plan(sharing.close, 9, self.close_year)
        plan(sharing.drawn, 9, self.draw_up)
        self._meeting(sharing.meets, sharing.title, [("share", sharing.question, Kind.SHARES)])
        plan(sharing.booked, 9, self.book_it)
        plan(sharing.paid, 9, self.pay_out)
        return self.moments.live()

    def _plan(self, day: date, hour: int, run: Callable[[], object]) -> None:
        self.moments.plan(moment(day, hour), run)

    # --- meetings ----------------------------------------------------------------------------

    def _meeting(self, day: date, title: str, asked: Sequence[tuple[str, str, Kind]]) -> None:
        """Convened twelve days before, held in the evening, carried by most of its members."""
        self._plan(day - NOTICE, 10, lambda: self._convene(day, title, asked))
        self._plan(day, 21, lambda: self._hold(title, asked))

    def _convene(self, day: date, title: str, asked: Sequence[tuple[str, str, Kind]]) -> None:
        given = Announcement(clock.today(), self.secretary.name, SCRIPT.notice)
        questions = [Question(text, kind) for _key, text, kind in asked]
        call = Call(
            body=BodyName.COLLECTIVE_MEMBERS, title=title, venue=SCRIPT.venue,
            meets_at=moment(day, 19, 30), basis=Basis.PERSONS, due=self.grown_up,
            questions=questions, announcement=given,
        )  # fmt: skip
        convene_assembly(actor=self.secretary, hamlet=self.hamlet, call=call)

    def _hold(self, title: str, asked: Sequence[tuple[str, str, Kind]]) -> None:
        assembly = Assembly.objects.get(hamlet=self.hamlet, title=title)
        came = assembly.due * 9 // 10
        record_attendance(
            actor=self.secretary, assembly=assembly, attendance=Attendance(came - 4, online=4)
        )
        for position, (key, _text, _kind) in enumerate(asked, 1):
            motion = assembly.motions.get(position=position)
            tally_motion(
                actor=self.secretary, assembly=Assembly.objects.get(pk=assembly.pk),
                motion=motion, tally=Tally(came - 3, 1, 2),
            )  # fmt: skip
            self.motions[key] = Motion.objects.select_related("assembly__hamlet").get(pk=motion.pk)

    @property
    def grown_up(self) -> int:
        """So many members can act for themselves: two in each household."""
        return 2 * len(self.households)

    # --- roll, shares, land --------------------------------------------------------------------

    @property
    def collective(self) -> Collective:
        return Collective.objects.get(place=self.hamlet)

    @property
    def book(self) -> Book:
        kept = Book.objects.kept().select_related("place")
        return kept.get(place=self.hamlet, kind=BookKind.COLLECTIVE)

    def open_book(self) -> None:
        fen = SCRIPT.opening * FEN
        book = ledger.open_book(
            actor=self.keeper, hamlet=self.hamlet, kind=BookKind.COLLECTIVE, name=SCRIPT.book,
            opened_on=SCRIPT.opened,
        )  # fmt: skip
        legs = [Leg(BANK, debit=fen), Leg(CAPITAL, credit=fen)]
        ledger.note_opening(actor=self.keeper, book=book, legs=legs)

    def found(self) -> None:
        choices = collectives.Choices(
            SCRIPT.reserve_rate, kinds=[ShareKind.MEMBER, ShareKind.LAND, ShareKind.RENT]
        )
        collectives.found_collective(
            actor=self.village, hamlet=self.hamlet, name=SCRIPT.name, since=SCRIPT.opened,
            choices=choices,
        )  # fmt: skip
        rows = [row for one in self.households for row in self._members_of(one)]
        record_members(
            actor=self.keeper, place=self.hamlet, rows=rows, count=len(rows),
            hamlets=[self.hamlet.code], source="demo",
        )  # fmt: skip

    def _members_of(self, household: Household) -> list[MemberRow]:
        """The head and those who live there: two grown up at least."""
        people = max(household.head_count or 3, 2)
        born = [self.rng.randint(1950, 1995), self.rng.randint(1952, 1998)]
        born += [self.rng.randint(2004, 2020) for _n in range(people - 2)]
        names = {household.head_name: born[0]}
        while len(names) < people:
            name = person_name(self.rng, SCRIPT.roll_surnames)
            if name not in self.named:
                self.named.add(name)
                names[name] = born[len(names)]
        return [
            MemberRow(
                self.hamlet.code, household.number, name, year, SCRIPT.opened,
                apart=name == household.head_name,
            )
            for name, year in names.items()
        ]  # fmt: skip

    def quantify(self) -> None:
        quantify_members(
            actor=self.keeper, collective=self.collective, day=clock.today(),
            motion=self.motions["shares"],
        )  # fmt: skip

    def bring_land_in(self) -> None:
        """Each household's hills: two of three for shares, the others' rent as shares."""
        weights = [self.rng.randint(6, 14) for _one in self.households]
        areas = apportion(ZHU_MU * 100, weights)
        for n, (household, area) in enumerate(zip(self.households, areas, strict=True)):
            for_shares = n % 3 != 2
            self._take_in(household, area, for_shares=for_shares)

    def _take_in(self, household: Household, area: int, *, for_shares: bool) -> None:
        land = SCRIPT.land
        terms = Terms(
            way=Way.LAND_FOR_SHARES if for_shares else Way.RENT_AS_SHARES, what=What.FOREST,
            object=land.to_shares if for_shares else land.as_rent, since=land.since,
            until=land.until, household=household, area=area,
        )  # fmt: skip
        self._sign(terms, self.motions["shares"], f"LD-{household.number:03}")
        give_shares(
            actor=self.keeper, collective=self.collective, household=household,
            kind=ShareKind.LAND if for_shares else ShareKind.RENT, quantity=area,
            day=clock.today(), area=area,
        )  # fmt: skip

    def _sign(self, terms: Terms, motion: Motion, paper: str) -> Contract:
        made = contracts.draft_contract(actor=self.keeper, hamlet=self.hamlet, terms=terms)
        made = contracts.decide_contract(actor=self.keeper, contract=made, motion=motion)
        return contracts.sign_contract(
            actor=self.keeper, contract=made, signed_on=clock.today(), paper=paper
        )

    # --- what it earns and spends -------------------------------------------------------------

    def let_out(self) -> None:
        rents = apportion(ZHU_INCOME * FEN, [one.weight for one in SCRIPT.lets])
        for n, (one, rent) in enumerate(zip(SCRIPT.lets, rents, strict=True), 1):
            since = date(clock.today().year + 1, 1, 1)
            terms = Terms(
                way=Way.LEASE_OUT, what=one.what, object=one.object, since=since,
                until=date(since.year + 9, 12, 31), other=one.other, is_person=False,
                area=one.area * 100 or None, first_due=date(since.year, *FIRST_RENT),
                steps=[(1, rent)],
            )  # fmt: skip
            self._sign(terms, self.motions["together"], f"ZL-{n:02}")

    def take_rents(self) -> None:
        """All of a year, as it falls due."""
        rows = Contract.objects.filter(place=self.hamlet, way=Way.LEASE_OUT).order_by("pk")
        for one in rows.filter(next_due__lte=clock.today()):
            year = next(due.year for due in one.schedule if due.day == one.next_due)
            note_rent(
                actor=self.keeper, contract=one, year=year, amount=one.next_owed, day=clock.today()
            )

    def _spend(self, one: SpendScript) -> None:
        ledger.post_entry(
            actor=self.keeper, book=self.book, day=one.day, text=one.text, who=one.who,
            paper=one.paper, motion=self.motions["build"] if one.decided else None,
            legs=[Leg(one.account, debit=one.sum * FEN), Leg(BANK, credit=one.sum * FEN)],
        )  # fmt: skip

    def ask_incomes(self) -> None:
        """Of each household that was asked its income and its people; the mean is the article's."""
        script = SCRIPT.survey
        survey = surveys.begin_survey(
            actor=self.village, hamlet=self.hamlet, year=SCRIPT.sharing.year
        )
        asked = self.households[: script.households]
        for n, one in enumerate(asked):
            persons = one.head_count or 3
            other = asked[n ^ 1] if n ^ 1 < len(asked) else one
            more = (n % 2 * 2 - 1) * 900 * (n // 2) if other is not one else 0
            surveys.note_answer(
                actor=self.village, survey=survey, household=one, asked_on=clock.today(),
                persons=persons, income=(persons * ZHU_PER_HEAD + more) * FEN,
            )  # fmt: skip
        surveys.close_survey(actor=self.village, survey=survey)

    # --- shared out -----------------------------------------------------------------------------

    def close_year(self) -> None:
        ledger.close_year(actor=self.keeper, book=self.book, year=SCRIPT.sharing.year)

    def draw_up(self) -> None:
        script = SCRIPT.sharing
        drawn = distributions.draw_plan(
            actor=self.keeper, hamlet=self.hamlet, year=script.year,
            as_of=date(script.year, 12, 31), kept=script.kept * FEN,
        )  # fmt: skip
        distributions.publish_plan(
            actor=self.village, distribution=drawn, meets_on=script.meets, report=script.report
        )

    def book_it(self) -> None:
        plan = self._plan_of_the_year()
        carried = distributions.carry_plan(
            actor=self.keeper, distribution=plan, motion=self.motions["share"]
        )
        distributions.book_plan(actor=self.keeper, distribution=carried, day=clock.today())

    def _plan_of_the_year(self) -> Distribution:
        return Distribution.objects.get(place=self.hamlet, year=SCRIPT.sharing.year)

    def pay_out(self) -> None:
        """To all but one, who works elsewhere: that stays owed."""
        plan = self._plan_of_the_year()
        *paid, last = plan.portions.order_by("position")
        pay_portions(
            actor=self.keeper, distribution=plan, portions=paid, day=clock.today(),
            way=Portion.Way.BANK,
        )  # fmt: skip
        keep_owed(actor=self.keeper, portion=last, reason=Portion.Reason.AWAY)
