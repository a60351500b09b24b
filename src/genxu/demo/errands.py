"""Stewards and errands of the demonstration: of 咸安区 in bulk, of 朱家湾 by the real actions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from random import Random

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows
from genxu.core.calendar import months_later
from genxu.people.answers import Answer
from genxu.people.models import Household
from genxu.people.own_access import holder_of
from genxu.people.roles import Role
from genxu.people.slip_actions import issue_links
from genxu.regions.models import Region
from genxu.team.services import actions, certification_actions, posting_actions
from genxu.team.services.catalogue import enter_catalogue
from genxu.team.services.models import (
    Certification,
    Errand,
    ErrandStep,
    Institution,
    Item,
    Link,
    Posting,
)
from genxu.team.services.workflow import ASK, LAPSES_AFTER, State

from .article import ARTICLE_DAY, START
from .dice import below, between, day_between, office_hour, pick
from .material import DATA, Lines, Material, read
from .moments import moment
from .names import person_name, phone
from .people import Cast
from .places import Register
from .rooting import ZHU, Rooting

XIANAN = "421202"
"""咸安区: its 13 items were sent down to the hamlets."""
SENT_DOWN = START + timedelta(days=540)
"""When its units began to post stewards."""
STEWARD_PHONE = 41_000_000
WISHED = 40_000
"""So many errands, spread over its hamlets."""


@dataclass(frozen=True, slots=True)
class StoryScript(Material):
    """What is said in 朱家湾."""

    unit: str
    tried: str
    thanks: str
    receipt: str


@dataclass(frozen=True, slots=True)
class ServicesScript(Material):
    units: Lines
    who: Lines
    receipts: str
    told: Lines
    story: StoryScript


SCRIPT = read(DATA / "services.toml", ServicesScript)
GOOD = (Answer.VERY_SATISFIED,) * 4 + (Answer.SATISFIED,) * 5 + (Answer.FAIRLY_SATISFIED,)


def open_catalogue(cast: Cast, today: date) -> list[Item]:
    """By the county, shortly before the article counted it."""
    day = min(SENT_DOWN, today)
    with clock.at(moment(day, 10)):
        actor = cast[Role.COUNTY_STAFF, XIANAN].actor()
        return enter_catalogue(actor, Region.objects.get(code=XIANAN))


# --- in bulk -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Served:
    """A hamlet with its steward and the doors that are linked to him."""

    key: int
    register: Register
    unit: int
    name: str
    since: date
    doors: list[int]


def post_stewards(rng: Random, registers: list[Register], today: date) -> list[Served]:
    """One a hamlet of 咸安区, but where the story is told by itself."""
    ours = [one for one in registers if one.code.startswith(XIANAN) and one.code != ZHU]
    made = []
    for key, register in enumerate(ours, 1):
        since = day_between(rng, min(SENT_DOWN, today), min(ARTICLE_DAY, today))
        staying = [n for n in range(register.size) if n not in register.left]
        doors = sorted(rng.sample(staying, min(len(staying), between(rng, 10, 26))))
        made.append(Served(key, register, 1 + below(rng, len(SCRIPT.units)), person_name(rng, None),
                           since, doors))  # fmt: skip
    return made


def write_services(rng: Random, served: list[Served], items: list[Item], now: datetime) -> int:
    """Postings, links, certifications and errands to the database; how many errands."""
    insert_rows(Institution, ("id", "place", "name"),
                ((n, XIANAN, name) for n, name in enumerate(SCRIPT.units, 1)))  # fmt: skip
    insert_rows(
        Posting, ("id", "hamlet", "institution", "name", "since"),
        ((one.key, one.register.code, one.unit, one.name, one.since) for one in served),
    )  # fmt: skip
    insert_rows(
        Link, ("posting", "hamlet", "household", "heard_by", "since"),
        ((one.key, one.register.code, one.register.key(door), one.register.heads[0], one.since)
         for one in served for door in one.doors),
    )  # fmt: skip
    certified = list(_certifications(rng, served, now.date()))
    insert_rows(Certification, ("id", "hamlet", "household", "whom", "month"), certified)
    lives = list(_lives(rng, served, items, now))
    insert_rows(Errand, _ERRAND, (life.row() for life in lives))
    insert_rows(ErrandStep, _STEP, (step for life in lives for step in life.steps()))
    return len(lives)


def _certifications(rng: Random, served: list[Served], today: date) -> Iterator[tuple[object, ...]]:
    keys = count(1)
    first = today.replace(day=1)
    for one in served:
        for door in one.doors:
            if rng.random() < 0.4:
                month = months_later(first, -below(rng, 13))
                yield (next(keys), one.register.code, one.register.key(door),
                       pick(rng, SCRIPT.who[:4]), month)  # fmt: skip


_ERRAND = ("id", "hamlet", "household", "item", "posting", "whom", "asked_on", "authorised_on",
           "authorised_how", "heard_by", "lapses_on", "done_on", "receipt", "answer",
           "answered_at", "state", "version")  # fmt: skip
_STEP = ("errand", "hamlet", "step", "from_state", "to_state", "at", "on", "words")


@dataclass(slots=True)
class LifeThen:
    """One errand as it went, told up to the present."""

    key: int
    of: Served
    door: int
    item: int
    whom: str
    asked: date
    agreed: date
    how: str
    done: date | None
    answer: str
    words: str

    @property
    def state(self) -> str:
        if self.done is None:
            return State.AUTHORISED
        return State.CLOSED if self.answer else State.DONE

    def row(self) -> tuple[object, ...]:
        heard = "" if self.how == Errand.How.OWN else self.of.name
        receipt = f"{SCRIPT.receipts}{self.key:08d}" if self.done and self.key % 3 else ""
        answered = office_hour(self.done, self.key) if self.done and self.answer else None
        register = self.of.register
        version = 2 + bool(self.done) + bool(self.answer)
        return (self.key, register.code, register.key(self.door), self.item, self.of.key, self.whom,
                self.asked, self.agreed, self.how, heard, self.agreed + LAPSES_AFTER, self.done,
                receipt, self.answer, answered, str(self.state), version)  # fmt: skip

    def steps(self) -> Iterator[tuple[object, ...]]:
        told = [(ASK, "", State.ASKED, self.asked, 0, ""),
                ("authorise", State.ASKED, State.AUTHORISED, self.agreed, 1, "")]  # fmt: skip
        if self.done:
            told.append(("finish", State.AUTHORISED, State.DONE, self.done, 2, ""))
            if self.answer:
                told.append(("give_word", State.DONE, State.CLOSED, self.done, 3, self.words))
        for step, before, after, day, hour, words in told:
            at = datetime(day.year, day.month, day.day, 1 + 2 * hour, self.key % 60, tzinfo=UTC)
            yield (self.key, self.of.register.code, step, str(before), str(after), at, day, words)


def _lives(
    rng: Random, served: list[Served], items: list[Item], now: datetime
) -> Iterator[LifeThen]:
    """Each steward's share; what was asked for these days is still to be done."""
    today, keys = now.date(), count(1)
    share = -(-WISHED // max(1, len(served)))
    ways = (Errand.How.SLIP, Errand.How.THUMB, Errand.How.SLIP, Errand.How.OWN)
    for one in served:
        days = sorted(day_between(rng, one.since, today) for _n in range(share))
        for asked in days:
            agreed = asked + timedelta(days=below(rng, 2))
            done: date | None = agreed + timedelta(days=below(rng, 6))
            if agreed > today:
                agreed, done = today, None
            elif done is not None and done > today - timedelta(days=1):
                done = None
            answer = str(pick(rng, GOOD)) if done and rng.random() < 0.9 else ""
            item = items[below(rng, len(items))]
            words = pick(rng, SCRIPT.told) if answer and rng.random() < 0.1 else ""
            yield LifeThen(next(keys), one, pick(rng, one.doors), item.pk,
                           pick(rng, SCRIPT.who) if item.certifies else "", asked, agreed,
                           str(pick(rng, ways)), done, answer, words)  # fmt: skip


# --- 朱家湾, by the real actions ------------------------------------------------------------------


class Helping:
    """The steward of 朱家湾, his households, what he does for them these weeks."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.r = Rooting(cast, now)
        self.hamlet = Region.objects.get(code=ZHU)
        rows = Household.objects.living_here().filter(hamlet=self.hamlet).order_by("number")
        self.doors = list(rows[12:24])
        items = Item.objects.offered_in(ZHU)
        self.certifies = items.get(certifies=True)
        self.pays, self.other = items.filter(certifies=False)[:2]
        self.errands: dict[str, Errand] = {}
        self.name = person_name(Random(ZHU), None)

    def tell(self) -> int:
        plan, secretary = self.r.plan, self.r.secretary(ZHU)
        plan(70, 9, self._posted)
        plan(69, 9, partial(issue_links, actor=secretary, hamlet=self.hamlet))
        plan(68, 16, self._linked)
        for n, months in enumerate((11, 10, 12, 4, 11)):
            plan(67, 17, partial(self._certified, n, SCRIPT.who[n % 4], months))
        self._paid()
        self._failed()
        for n, days in ((2, 4), (4, 2)):
            plan(days, 9, partial(self._ask, f"due{n}", n, self.certifies, SCRIPT.who[n % 4]))
        plan(3, 19, partial(self._own_yes, "due2"))
        plan(1, 20, self._asked_by_herself)
        return self.r.moments.live()

    @property
    def steward(self) -> Actor:
        posting = Posting.objects.select_related("account").get(hamlet=self.hamlet)
        assert posting.account is not None
        return posting.account.actor()

    def _posted(self) -> None:
        posting_actions.post_steward(
            actor=self.r.secretary(ZHU), hamlet=self.hamlet, name=self.name,
            phone=phone(STEWARD_PHONE), institution=SCRIPT.story.unit, since=clock.today(),
        )  # fmt: skip

    def _linked(self) -> None:
        secretary = self.r.secretary(ZHU)
        posting_actions.link_households(
            actor=secretary, posting=Posting.objects.get(hamlet=self.hamlet),
            households=self.doors, heard_by=secretary.name, heard_on=clock.today(),
        )  # fmt: skip

    def _certified(self, door: int, whom: str, months: int) -> None:
        certification_actions.note_certification(
            actor=self.steward, hamlet=self.hamlet, household=self.doors[door], whom=whom,
            month=months_later(self.r.today, -months),
        )  # fmt: skip

    def _ask(self, key: str, door: int, item: Item, whom: str = "") -> None:
        self.errands[key] = actions.ask_errand(
            actor=self.steward, hamlet=self.hamlet, household=self.doors[door], item=item, whom=whom
        )

    def _yes(self, key: str) -> None:
        actions.authorise_errand(
            actor=self.steward, errand=self.errands[key], heard_how=Errand.How.THUMB,
            heard_by=self.name, heard_on=clock.today(),
        )  # fmt: skip

    def _own_yes(self, key: str) -> None:
        errand = self.errands[key]
        actions.authorise_own_errand(actor=holder_of(errand.household), errand=errand)

    def _done(self, key: str, number: str) -> None:
        actions.finish_errand(
            actor=self.steward, errand=self.errands[key], done_on=clock.today(),
            receipt=f"{SCRIPT.story.receipt}{number}", handed_over=True,
        )  # fmt: skip

    def _paid(self) -> None:
        """One settled by her own word, one that waits for it."""
        plan = self.r.plan
        for key, door, days in (("paid", 5, 40), ("later", 6, 9)):
            plan(days, 9, partial(self._ask, key, door, self.pays))
            plan(days, 11, partial(self._yes, key))
            plan(days - 1, 10, partial(self._done, key, f"{days:04d}"))
        plan(38, 20, self._thanks)

    def _thanks(self) -> None:
        errand = self.errands["paid"]
        actions.give_word(
            actor=holder_of(errand.household), errand=errand, answer=Answer.VERY_SATISFIED,
            words=SCRIPT.story.thanks,
        )  # fmt: skip

    def _failed(self) -> None:
        """What could not be done became a matter, a tier up."""
        plan = self.r.plan
        plan(12, 9, partial(self._ask, "failed", 1, self.certifies, SCRIPT.who[1]))
        plan(12, 10, partial(self._yes, "failed"))
        plan(11, 15, self._gave_up)

    def _gave_up(self) -> None:
        actions.give_up_errand(
            actor=self.steward, errand=self.errands["failed"], words=SCRIPT.story.tried
        )

    def _asked_by_herself(self) -> None:
        household = self.doors[7]
        actions.ask_own_errand(actor=holder_of(household), household=household, item=self.other)


def help_households(cast: Cast, now: datetime) -> int:
    """The story of 朱家湾; how many things happen in it."""
    return Helping(cast, now).tell()
