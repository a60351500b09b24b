"""Plays what happens these weeks in the organisation of the named hamlets, by the real actions.

Each story leaves something for a visitor to decide: a candidate to be recommended, selected or
appointed, a joint branch to be approved, households to be drawn, a term to be renewed, an
assembly to be held.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

from django.utils import timezone

from genxu.core import clock
from genxu.core.access import Actor
from genxu.organisation.assemblies.actions import Call, convene_assembly
from genxu.organisation.assemblies.bodies import Basis, BodyName
from genxu.organisation.assemblies.models import Assembly
from genxu.organisation.assemblies.tallies import (
    Attendance,
    Tally,
    record_attendance,
    tally_motion,
)
from genxu.organisation.branches.actions import draft_organisation, request_founding
from genxu.organisation.branches.membership import add_member, change_duties
from genxu.organisation.branches.models import Member, Organisation
from genxu.organisation.centre_households import actions as centre
from genxu.organisation.centre_households.models import CentreHousehold, Coverage
from genxu.organisation.centre_households.workflow import Leaving
from genxu.people.household_intake import register_households
from genxu.people.linking import issue_links
from genxu.people.links import holder_of
from genxu.people.models import Household, HouseholdLink
from genxu.people.roles import Role
from genxu.people.rows import HouseholdRow
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from .founding import JOINT
from .names import phone
from .people import Cast

LUO, LIANG, ZHU, SIX = "421221104202001", "421221102210001", "421202101225001", "421221107204001"
HERS = "421223106211001"
"""卢家大屋"""
NEW_PHONES = 40_000_000
"""Telephones of those who come in the stories, far behind those of the registers."""


class Rooting:
    """Collects what happens when, then lives through it in order."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.cast, self.now = cast, now
        self.moments: list[tuple[datetime, int, Callable[[], object]]] = []

    def plan(self, days_ago: int, hour: int, run: Callable[[], object]) -> None:
        at = self.moment(-days_ago, hour)
        if at <= self.now:
            self.moments.append((at, len(self.moments), run))

    def moment(self, days: int, hour: int, minute: int = 0) -> datetime:
        day = timezone.localdate(self.now) + timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def live(self) -> int:
        for at, _order, run in sorted(self.moments, key=lambda moment: moment[:2]):
            with clock.at(at):
                run()
        return len(self.moments)

    def secretary(self, code: str) -> Actor:
        return self.cast[Role.SECRETARY, code].actor()

    def village(self, code: str) -> Actor:
        village = code[: LENGTHS[Level.VILLAGE]]
        return self.cast[Role.VILLAGE_STAFF, village].actor()

    def township(self, code: str) -> Actor:
        township = code[: LENGTHS[Level.TOWNSHIP]]
        return self.cast[Role.TOWNSHIP_STAFF, township].actor()


def put_down_roots(cast: Cast, now: datetime) -> int:
    """All the stories; how many things happen in them."""
    rooting = Rooting(cast, now)
    _slips(rooting)
    _candidates(rooting)
    _joint_branch(rooting)
    _selected(rooting)
    _newcomers(rooting)
    _assemblies(rooting)
    return rooting.live()


def _place(code: str) -> Region:
    return Region.objects.get(code=code)


def ordinary(code: str, count: int) -> list[Household]:
    """Households of a hamlet that neither stand nor serve, in the order of doors."""
    taken = CentreHousehold.objects.filter(hamlet=code).values("household")
    rows = Household.objects.living_here().filter(hamlet=code).exclude(pk__in=taken)
    return list(rows.order_by("number")[10 : 10 + count])


def _slips(r: Rooting) -> None:
    """Every household of two hamlets has the code of its own page."""
    for code in (LUO, HERS):
        r.plan(40, 10, partial(issue_links, actor=r.secretary(code), hamlet=_place(code)))


def _candidates(r: Rooting) -> None:
    """罗家洲: one household stands and its neighbours recommend it; a second was put forward."""
    first, second, *neighbours = ordinary(LUO, 9)
    stands = "我在渡口边住，来往的人都从门前过。会修水电，也愿意替老人跑跑镇上。"

    def nominate() -> None:
        centre.nominate_household(
            actor=holder_of(first), household=first, person_name=first.head_name,
            statement=stands, shown=True,
        )  # fmt: skip

    def put_forward() -> None:
        centre.nominate_household(
            actor=r.secretary(LUO), household=second, person_name=second.head_name,
            statement="洲尾几家都说她热心，支部先记上，看大家的意思。",
        )  # fmt: skip

    r.plan(20, 20, nominate)
    r.plan(8, 9, put_forward)
    for n, neighbour in enumerate(neighbours[:4]):
        r.plan(18 - 2 * n, 19, partial(_recommend, holder_of(neighbour), neighbour, first))
    r.plan(9, 10, partial(_recommend, r.secretary(LUO), neighbours[4], first))
    r.plan(5, 19, partial(_recommend, holder_of(neighbours[5]), neighbours[5], second))


def _recommend(actor: Actor, household: Household, whom: Household) -> None:
    candidate = CentreHousehold.objects.open().get(household=whom)
    centre.recommend_candidate(actor=actor, household=household, candidate=candidate)


def _joint_branch(r: Rooting) -> None:
    """戴峰山屋场 has too few members for a branch; with its neighbour it asks for a joint one."""
    seat, other = map(_place, JOINT)
    actor = r.village(seat.code)
    found: list[Organisation] = []

    def draft() -> None:
        found.append(
            draft_organisation(
                actor=actor,
                hamlet=seat,
                kind=Organisation.Kind.JOINT_BRANCH,
                name="梅港村戴峰山联合党支部",
                hamlets=[other],
            )
        )
        for place in (seat, other):
            for old in Member.objects.filter(hamlet=place).order_by("pk")[:2]:
                add_member(
                    actor=actor, organisation=found[0], hamlet=place, name=old.name,
                    kind=Member.Kind.FULL, phone=old.phone, background=old.background,
                )  # fmt: skip
        first = found[0].members.order_by("pk").first()
        if first:
            change_duties(
                actor=actor, organisation=found[0], duties=[(first.pk, Member.Duty.SECRETARY)]
            )

    def request() -> None:
        one = Organisation.objects.get(pk=found[0].pk)
        words = "两个湾党员都不多，住得近，平时活动就在一起，请镇党委批准成立联合党支部。"
        request_founding(actor=actor, organisation=one, words=words)

    r.plan(24, 15, draft)
    r.plan(6, 9, request)


def _selected(r: Rooting) -> None:
    """大屋梁: the branch has selected a candidate; the township has yet to appoint."""
    candidate, *neighbours = ordinary(LIANG, 4)

    def nominate() -> None:
        centre.nominate_household(
            actor=holder_of(candidate), household=candidate, person_name=candidate.head_name,
            statement="礼堂的钥匙一直在我这里，哪家用桌子板凳都来找我，顺带做点别的也方便。",
            shown=True, phone_shown=True,
        )  # fmt: skip

    def select() -> None:
        one = CentreHousehold.objects.open().get(household=candidate)
        centre.select_candidate(
            actor=r.secretary(LIANG), centre_household=one, words="推荐的人家多，支部一致同意。"
        )

    r.plan(30, 9, nominate)
    for n, neighbour in enumerate(neighbours):
        r.plan(27 - 3 * n, 19, partial(_recommend, holder_of(neighbour), neighbour, candidate))
    r.plan(4, 20, select)


def _newcomers(r: Rooting) -> None:
    """朱家湾: a centre household resigned and three households came; nobody looks after them."""
    leaving = (
        CentreHousehold.objects.serving().filter(hamlet=ZHU, account=None).order_by("pk").last()
    )

    def resign() -> None:
        if leaving is not None:
            centre.end_service(
                actor=r.township(ZHU), centre_household=leaving, reason=Leaving.RESIGNED,
                words="到武汉带孙子去了，书面请辞。",
            )  # fmt: skip

    def come() -> None:
        rows = [
            HouseholdRow(ZHU, None, name, phone(NEW_PHONES + n), 2 + n)
            for n, name in enumerate(("朱新来", "王回乡", "陈安居"))
        ]
        register_households(
            actor=r.secretary(ZHU), place=_place(ZHU), rows=rows, count=len(rows), hamlets=[ZHU]
        )

    r.plan(12, 15, resign)
    r.plan(7, 10, come)


def _assemblies(r: Rooting) -> None:
    """One carried, one that came to nothing for want of people, one called, one of the branch."""
    _assembly(r, LUO, 33, BodyName.GROUP_MEETING, Basis.HOUSEHOLDS, "渡口新路怎么管护",
              ["新路每户每年出两个工，轮流管护"], (51, 6, 66), (49, 5, 3))  # fmt: skip
    _assembly(r, LIANG, 15, BodyName.GROUP_MEETING, Basis.HOUSEHOLDS, "礼堂借用要不要收水电费",
              ["礼堂办酒每桌收十块钱水电费"], (31, 4, 70), (30, 3, 2))  # fmt: skip
    _assembly(r, ZHU, 21, BodyName.COLLECTIVE_MEMBERS, Basis.PERSONS, "今年基地租金怎么分",
              ["租金留一成做湾里公用，其余按股分", "文化广场添一排路灯，从公用里出"],
              (88, 30, 150), (112, 3, 3), (95, 14, 9))  # fmt: skip
    _assembly(r, SIX, -14, BodyName.GROUP_MEETING, Basis.HOUSEHOLDS, "选新一届理事会",
              ["理事会换届的人选", "组规民约要不要添一条"], (0, 0, 70))  # fmt: skip


def _assembly(
    r: Rooting,
    code: str,
    days_ago: int,
    body: str,
    basis: str,
    title: str,
    questions: list[str],
    came: tuple[int, int, int],
    *votes: tuple[int, int, int],
) -> None:
    """A meeting so many days ago (or ahead); ``came``: in person, by paper or online, due."""
    in_person, other, due = came
    meets_at, actor = r.moment(-days_ago, 19, 30), r.secretary(code)
    notice = max(days_ago + 11, 1)
    made: list[Assembly] = []

    def convene() -> None:
        call = Call(
            body=body, title=title, venue="文化广场" if code == ZHU else "湾子礼堂",
            meets_at=meets_at, announced_on=clock.today(), basis=basis, due=due,
            questions=questions,
        )  # fmt: skip
        made.append(convene_assembly(actor=actor, hamlet=_place(code), call=call))

    def hold() -> None:
        online = other if body == BodyName.COLLECTIVE_MEMBERS else 0
        attendance = Attendance(in_person, online=online, papers=other - online)
        record_attendance(actor=actor, assembly=made[0], attendance=attendance)
        for motion, counted in zip(made[0].motions.order_by("position"), votes, strict=True):
            assembly = Assembly.objects.get(pk=made[0].pk)
            tally_motion(actor=actor, assembly=assembly, motion=motion, tally=Tally(*counted))

    r.plan(notice, 9, convene)
    if votes:
        r.plan(days_ago, 21, hold)


def sample_link() -> str:
    """The code of a household that has neighbours to recommend and has not done so yet."""
    covered = Coverage.objects.now().filter(hamlet=LUO).values("household")
    free = [one.pk for one in ordinary(LUO, 40)[12:]]
    rows = HouseholdLink.objects.filter(household__in=free).filter(household__in=covered)
    link = rows.order_by("household__number").first()
    return link.code if link else ""
