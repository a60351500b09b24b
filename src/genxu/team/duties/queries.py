"""Reading rotas: every list starts at ``visible_to(actor)``."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.calendar import is_working_day
from genxu.core.errors import Missing
from genxu.core.promises import StrOrPromise
from genxu.organisation.branches.models import Member
from genxu.people.raising import Standing, standing_of
from genxu.regions.models import Region

from .fair import GAP, Hand, Question
from .models import DutyDay, OnRota, Rota, Turn
from .workflow import State

SHOWN_DAYS = 18
"""How many days to come a rota shows at first."""


def rota_list(actor: Actor) -> QuerySet[Rota]:
    """Those that stand first, the newest first."""
    rows = Rota.objects.visible_to(actor).select_related("hamlet__parent")
    people = Count("people", filter=Q(people__left_on=None, people__exempt=False))
    return rows.annotate(hands=people).order_by(F("ended_on").desc(nulls_first=True), "-pk")


def turns_in(rotas: QuerySet[Rota]) -> QuerySet[Turn]:
    """The turns of these rotas, for a spreadsheet."""
    rows = Turn.objects.filter(rota__in=rotas.order_by()).select_related(*Turn.shown_with)
    return rows.order_by("hamlet", "rota", "day", "pk")


def people_of(rota: Rota) -> list[OnRota]:
    """Everybody on it, as they were put there."""
    return list(rota.people.present().select_related("member").order_by("pk"))


def turns_of(rota: Rota) -> list[Turn]:
    """All of them, day by day."""
    rows = rota.turns.select_related("person__member", "instead_of__member")
    return list(rows.order_by("day", "pk"))


def turn_of(rota: Rota, pk: int) -> Turn:
    """One turn of a rota; ``Missing`` where there is none."""
    found = rota.turns.select_related("person__member", "instead_of__member").filter(pk=pk).first()
    if found is None:
        raise Missing(Turn.missing)
    found.rota = rota
    return found


def turn_on(rota: Rota, day: date) -> Turn:
    """The first turn of a day; ``Missing`` where nobody was to come."""
    first = rota.turns.filter(day=day).order_by("pk").values_list("pk", flat=True).first()
    return turn_of(rota, first or 0)


def person_of(rota: Rota, pk: int) -> OnRota:
    found = rota.people.present().select_related("member").filter(pk=pk).first()
    if found is None:
        raise Missing(OnRota.missing)
    return found


def persons_for(actor: Actor, rota: Rota) -> list[OnRota]:
    """Those on the rota for whom the actor speaks herself."""
    return list(rota.people.of(actor).select_related("member").order_by("pk"))


def members_not_on(rota: Rota) -> QuerySet[Member]:
    on_it = rota.people.present().exclude(member=None).values("member")
    return Member.objects.present().filter(hamlet=rota.hamlet_id).exclude(pk__in=on_it)


def question_of(rota: Rota) -> Question[int]:
    """What the dealing is asked: only days to come are open; what was agreed on stands, as long
    as who agreed can come."""
    people = list(rota.people.select_related("member").order_by("pk"))
    can = {one.pk: one for one in people if one.gets_turns}
    days, first = rota.days, rota.first_open
    done: dict[date, tuple[int, ...]] = {}
    before: dict[date, tuple[int, ...]] = {}
    for turn in rota.turns.order_by("day", "pk"):
        one = can.get(turn.person_id)
        stands = turn.is_agreed and one is not None and one.can_come(turn.day)
        where = done if turn.day < first or stands else before
        where[turn.day] = (*where.get(turn.day, ()), turn.person_id)
    hands = [
        Hand(one.pk, frozenset(day for day in days if one.can_come(day)), one.new_hand)
        for one in can.values()
    ]
    rest = frozenset(day for day in days if not is_working_day(day))
    open_days = [day for day in days if day >= first]
    return Question(open_days, rota.size, hands, rest, done, before, rota.pairs)


def broken_turns(rota: Rota, turns: Iterable[Turn]) -> int:
    """How many turns to come belong to somebody who cannot come, or stand on a day of nobody."""
    first = rota.first_open
    rows = [turn for turn in turns if turn.day >= first]
    days = Counter(turn.day for turn in rows)
    lost = sum(not turn.person.can_come(turn.day) for turn in rows)
    return lost + sum(max(0, rota.size - days[day]) for day in rota.days if day >= first)


def close_to(rota: Rota, person: OnRota, day: date) -> list[date]:
    """Other days within the gap on which this person has a turn."""
    near = (day - timedelta(days=GAP - 1), day + timedelta(days=GAP - 1))
    rows = rota.turns.filter(person=person, day__range=near).exclude(day=day)
    return list(rows.order_by("day").values_list("day", flat=True))


@dataclass
class OneDay:
    """One day of a rota as its page shows it."""

    day: date
    turns: list[Turn] = field(default_factory=list)
    noted: DutyDay | None = None
    matter: Standing | None = None
    mine: Collection[int] = ()

    @property
    def opens(self) -> Turn:
        """The turn that the reader looks for: her own, else the first."""
        return next((one for one in self.turns if one.person_id in self.mine), self.turns[0])

    @property
    def weekday(self) -> StrOrPromise:
        return self.turns[0].weekday

    @property
    def is_today(self) -> bool:
        return self.day == clock.today()


def calendar_of(
    turns: Sequence[Turn], noted: Iterable[DutyDay], mine: Collection[int] = ()
) -> list[OneDay]:
    """Day by day, with what was noted and how its matter stands; ``mine`` are the reader's own."""
    by_day = {one.day: one for one in noted}
    standing = standing_of(one.matter for one in by_day.values())
    found = []
    for day, rows in groupby(turns, key=lambda turn: turn.day):
        one = OneDay(day, list(rows), by_day.get(day), mine=mine)
        one.matter = standing.get(one.noted.matter or 0) if one.noted else None
        found.append(one)
    return found


def in_months(days: Iterable[OneDay]) -> list[tuple[date, list[OneDay]]]:
    by_month = groupby(days, key=lambda one: one.day.replace(day=1))
    return [(month, list(rows)) for month, rows in by_month]


@dataclass(frozen=True)
class Share:
    """What one person has of the turns, told beside what the others have."""

    person: OnRota
    count: int
    rest: int
    low: int
    high: int

    @property
    def told(self) -> str:
        if self.person.exempt and not self.count:
            return _("exempt")
        told = {"n": self.count, "low": self.low, "high": self.high}
        if self.low == self.high:
            return _("%(n)s turns, the others %(low)s") % told
        return _("%(n)s turns, the others %(low)s–%(high)s") % told


def shares_of(people: Sequence[OnRota], turns: Iterable[Turn]) -> list[Share]:
    """Who has how many turns: the line of fairness on the wall."""
    rows = list(turns)
    counts = Counter(turn.person_id for turn in rows)
    rest = Counter(turn.person_id for turn in rows if not is_working_day(turn.day))
    having = [one for one in people if one.gets_turns]
    found = []
    for one in people:
        others = [counts[other.pk] for other in having if other.pk != one.pk] or [0]
        share = Share(one, counts[one.pk], rest[one.pk], min(others), max(others))
        found.append(share)
    return found


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def named_this_week(hamlet: Region) -> list[Turn]:
    """Turns of this week of those who agree to be named on the hamlet's public page: of its own
    branch, since the page is kept, and what a branch with its seat elsewhere writes is not seen."""
    rows = Turn.objects.filter(
        hamlet=hamlet, day__range=week_of(clock.today()), rota__state=State.PUBLISHED,
        person__shown=True, person__left_on=None, person__exempt=False,
    ).exclude(person__member__left_on__isnull=False)  # fmt: skip
    rows = rows.filter(Q(person__member=None) | Q(person__member__organisation__hamlet=hamlet))
    return list(rows.select_related("rota", "person__member").order_by("day", "rota", "pk"))


def own_turns(actor: Actor) -> list[Turn]:
    """Hers to come, today's first, and those of the last week that may still be noted."""
    rows = Turn.objects.filter(
        person__in=OnRota.objects.of(actor), rota__state=State.PUBLISHED,
        day__gte=clock.today() - timedelta(days=GAP),
    ).visible_to(actor)  # fmt: skip
    noted = Prefetch("rota__noted", DutyDay.objects.filter(day__gte=clock.today() - timedelta(7)))
    rows = rows.select_related("hamlet", "rota__hamlet", "person__member")
    return list(rows.prefetch_related(noted).order_by("day", "pk"))


def offered_turns(actor: Actor) -> list[Turn]:
    """What others of her rotas offer."""
    mine = OnRota.objects.of(actor)
    rows = Turn.objects.visible_to(actor).to_come().exclude(offered_at=None).filter(
        rota__state=State.PUBLISHED, rota__people__in=mine
    )  # fmt: skip
    rows = rows.exclude(person__in=mine).select_related("rota__hamlet", "person__member")
    return list(rows.order_by("day", "pk").distinct())
