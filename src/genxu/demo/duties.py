"""The duties of the demonstration: a weekly clean-up in every hamlet, written in bulk, dealt by the
plain deal of the program itself; and the story of 杨芳林乡, “党员当三员”, told by real actions."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from random import Random
from typing import Any

from django.utils import timezone

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows
from genxu.organisation.branches.models import Member
from genxu.people.roles import Role
from genxu.regions.models import Region
from genxu.team.duties import actions, fair, person_actions, turn_actions
from genxu.team.duties.models import DutyDay, Found, OnRota, Rota, RotaStep, Turn
from genxu.team.duties.plans import Asked, Note, Plan
from genxu.team.duties.queries import question_of
from genxu.team.duties.workflow import PREPARE, State

from .dice import between, office_hour
from .material import DATA, Material, read
from .moments import Moments, moment
from .people import DUTY_HAMLETS, Cast

WEEKS_BEFORE, WEEKS_AFTER, MOST_ON_IT = 16, 16, 8
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class FoundScript(Material):
    weeks_ago: int
    text: str


@dataclass(frozen=True, slots=True)
class AwayScript(Material):
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class HoursScript(Material):
    prepare: int
    deal: int
    note: int


@dataclass(frozen=True, slots=True)
class DutiesScript(Material):
    weekdays: tuple[int, ...]
    begins: int
    ends: int
    away: AwayScript
    found: tuple[FoundScript, ...]
    hours: HoursScript


SCRIPT = read(DATA / "duties.toml", DutiesScript)


@dataclass(slots=True)
class RotaThen:
    """A clean-up of a hamlet: its members, their keys on the rota, its days and who comes."""

    key: int
    hamlet: str
    weekday: int
    members: list[int]
    exempt: int
    first_person: int
    days: list[date]
    turns: dict[date, tuple[int, ...]]


def plan_cleanups(rng: Random, today: date) -> list[RotaThen]:
    """One for each hamlet with two members or more, since some months and for some more."""
    rows = Member.objects.present().order_by("hamlet", "pk").values_list("hamlet", "pk")
    dealt: dict[tuple[int, int], tuple[list[date], dict[date, tuple[int, ...]]]] = {}
    made: list[RotaThen] = []
    person = 1
    for hamlet, found in groupby(rows, key=lambda row: row[0]):
        members = [pk for _hamlet, pk in found][:MOST_ON_IT]
        if len(members) < 2:
            continue
        exempt = int(len(members) > 4 and rng.random() < 0.4)
        weekday = SUNDAY if rng.random() < 0.25 else SATURDAY
        shape = weekday, len(members) - exempt
        if shape not in dealt:
            dealt[shape] = _deal(today, *shape)
        days, turns = dealt[shape]
        key = len(made) + 1
        made.append(RotaThen(key, hamlet, weekday, members, exempt, person, days, turns))
        person += len(members)
    return made


def _deal(today: date, weekday: int, hands: int) -> tuple[list[date], Any]:
    """The days and who comes, by places in the list of members: the same for all of one shape."""
    first = today - timedelta(days=(today.weekday() - weekday) % 7 + 7 * WEEKS_BEFORE)
    days = [first + timedelta(days=7 * n) for n in range(WEEKS_BEFORE + WEEKS_AFTER)]
    free = frozenset(days)
    question = fair.Question(days, 1, [fair.Hand(n, free) for n in range(hands)])
    return days, fair.deal(question)


def write_cleanups(rng: Random, rotas: list[RotaThen], today: date) -> int:
    """Everything to the database, keys counted from one; how many turns there are."""
    insert_rows(Rota, _ROTA, _rota_rows(rotas))
    insert_rows(OnRota, _PERSON, _person_rows(rotas))
    turns = list(_turn_rows(rotas))
    insert_rows(Turn, ("rota", "hamlet", "day", "person", "how"), turns)
    insert_rows(DutyDay, _DAY, _day_rows(rng, rotas, today))
    insert_rows(RotaStep, _STEP, _step_rows(rotas))
    return len(turns)


_ROTA = ("id", "hamlet", "kind", "state", "weekdays", "size", "starts_on", "ends_on",
         "published_on", "version")  # fmt: skip
_PERSON = ("id", "rota", "hamlet", "member", "exempt", "shown")
_DAY = ("rota", "hamlet", "day", "found", "head_count", "noted_on")
_STEP = ("rota", "hamlet", "step", "from_state", "to_state", "at", "on")


def _rota_rows(rotas: list[RotaThen]) -> Iterator[tuple[object, ...]]:
    for one in rotas:
        first, last = one.days[0], one.days[-1]
        yield (one.key, one.hamlet, str(Rota.Kind.CLEANUP), str(State.PUBLISHED),
               json.dumps([one.weekday]), 1, first, last, first - timedelta(days=5),
               3)  # fmt: skip


def _person_rows(rotas: list[RotaThen]) -> Iterator[tuple[object, ...]]:
    """The last one is exempt, where somebody is; a third agrees to be named."""
    for one in rotas:
        for n, member in enumerate(one.members):
            exempt = n >= len(one.members) - one.exempt
            yield one.first_person + n, one.key, one.hamlet, member, exempt, member % 3 == 0


def _turn_rows(rotas: list[RotaThen]) -> Iterator[tuple[object, ...]]:
    planned = str(Turn.How.PLANNED)
    for one in rotas:
        for day, (place,) in one.turns.items():
            yield one.key, one.hamlet, day, one.first_person + place, planned


def _day_rows(rng: Random, rotas: list[RotaThen], today: date) -> Iterator[tuple[object, ...]]:
    """Most were held, on some nobody came, a few were never noted."""
    clean, nobody = str(Found.CLEAN), str(Found.NOBODY)
    for one in rotas:
        for day in one.days:
            die = rng.random()
            if day < today and die < 0.94:
                held = die < 0.9
                count = between(rng, 5, 28) if held else None
                yield one.key, one.hamlet, day, clean if held else nobody, count, day


def _step_rows(rotas: list[RotaThen]) -> Iterator[tuple[object, ...]]:
    draft, known = str(State.DRAFT), str(State.PUBLISHED)
    for one in rotas:
        for step, ago, before, after in (
            (PREPARE, 9, "", draft), ("deal", 6, draft, draft), ("publish", 5, draft, known)
        ):  # fmt: skip
            day = one.days[0] - timedelta(days=ago)
            at = office_hour(day, one.key + ago)
            yield one.key, one.hamlet, step, before, after, at, day


def tell_duties(cast: Cast, now: datetime) -> int:
    """The rota of the 监督员 in the hamlets of the story; how many things happen."""
    told = (code for code in DUTY_HAMLETS if (Role.SECRETARY, code) in cast)
    return sum(_Watch(cast, code, now).tell() for code in told)


class _Watch:
    """One hamlet's rota: prepared, everybody asked, dealt, made known, swapped, noted."""

    def __init__(self, cast: Cast, code: str, now: datetime) -> None:
        self.cast, self.code, self.moments = cast, code, Moments(now)
        self.today = timezone.localdate(now)

    def tell(self) -> int:
        hours = SCRIPT.hours
        first = self._ago(SCRIPT.begins)
        self._plan(first - timedelta(days=6), hours.prepare, self._prepare)
        self._plan(first - timedelta(days=5), hours.prepare, self._ask)
        self._plan(first - timedelta(days=4), hours.deal, self._deal)
        for n in range((self.today - first).days):
            day = first + timedelta(days=n)
            if day.weekday() in SCRIPT.weekdays:
                self._plan(day, hours.note, partial(self._note, day))
        self._plan(self._ago(9), hours.deal, self._offer_and_take)
        self._plan(self._ago(1), hours.deal, self._cannot_come)
        return self.moments.live()

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _plan(self, day: date, hour: int, run: Any) -> None:
        self.moments.plan(moment(day, hour), run)

    @property
    def secretary(self) -> Actor:
        return self.cast[Role.SECRETARY, self.code].actor()

    @property
    def rota(self) -> Rota:
        return Rota.objects.get(hamlet=self.code, kind=Rota.Kind.WATCH)

    def _prepare(self) -> None:
        plan = Plan(
            Rota.Kind.WATCH, SCRIPT.weekdays, self._ago(SCRIPT.begins), self._ago(SCRIPT.ends)
        )
        hamlet = Region.objects.get(code=self.code)
        actions.prepare_rota(actor=self.secretary, hamlet=hamlet, plan=plan)

    def _ask(self) -> None:
        """One is away for a while, the last one is new to it, some agree to be named."""
        people = list(self.rota.people.order_by("pk"))
        stretch = (self._ago(SCRIPT.away.first), self._ago(SCRIPT.away.last))
        for n, person in enumerate(people):
            away = (stretch,) if n == 1 and len(people) > 2 else ()
            asked = Asked(away=away, new_hand=n == len(people) - 1, shown=n % 2 == 0)
            person_actions.ask_person(
                actor=self.secretary, rota=self.rota, person=person, asked=asked
            )

    def _deal(self) -> None:
        rota = self.rota
        question = question_of(rota)
        turns = {day: list(keys) for day, keys in fair.deal(question).items()}
        if fair.is_sound(question, turns):
            rota = actions.deal_rota(actor=self.secretary, rota=rota, turns=turns)
            actions.publish_rota(actor=self.secretary, rota=rota)

    def _note(self, day: date) -> None:
        rota = self.rota
        turn = rota.turns.filter(day=day).first()
        if turn is None:
            return
        words = self._found(day)
        note = Note(Found.SOMETHING, text=words) if words else Note(Found.CLEAN)
        turn_actions.note_day(actor=self.secretary, rota=rota, turn=turn, note=note)

    def _found(self, day: date) -> str:
        """What is to be seen to: on the first day of a week that the script names."""
        if day.weekday() != SCRIPT.weekdays[0]:
            return ""
        weeks = (self.today - day).days // 7
        return next((one.text for one in SCRIPT.found if one.weeks_ago == weeks), "")

    def _offer_and_take(self) -> None:
        """Somebody cannot come; another one takes it."""
        rota, turn = self.rota, self._next()
        if turn is None:
            return
        turn_actions.offer_turn(actor=self.secretary, rota=rota, turn=turn)
        others = rota.people.present().exclude(pk=turn.person_id).order_by("-pk")
        if taker := others.first():
            turn_actions.take_turn(actor=self.secretary, rota=self.rota, turn=turn, person=taker)

    def _cannot_come(self) -> None:
        """What still waits for somebody who can: not the turn of the cast's own member."""
        member = self.cast.get((Role.MEMBER, self.code))
        if turn := self._next(member.pk if member else 0):
            turn_actions.offer_turn(actor=self.secretary, rota=self.rota, turn=turn)

    def _next(self, but_of: int = 0) -> Turn | None:
        rows = self.rota.turns.filter(day__gt=clock.today(), offered_at=None)
        return rows.exclude(person__member__account=but_of or None).order_by("day").first()
