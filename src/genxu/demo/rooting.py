"""Plays what happens these weeks in the organisation of the named hamlets, by the real actions.

Each story leaves something for a visitor to decide: a candidate to be recommended, selected or
appointed, a joint branch to be approved, households to be drawn, a term to be renewed, an
assembly to be held.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from genxu.core.access import Actor
from genxu.organisation.assemblies.actions import convene_assembly
from genxu.organisation.assemblies.bodies import Kind
from genxu.organisation.assemblies.calls import Announcement, Call, Question
from genxu.organisation.assemblies.correction_actions import confirm_correction, correct_tally
from genxu.organisation.assemblies.models import Assembly
from genxu.organisation.assemblies.tally_actions import (
    Attendance,
    Tally,
    record_attendance,
    tally_motion,
)
from genxu.organisation.branches.actions import draft_organisation, request_founding
from genxu.organisation.branches.member_actions import add_member, change_duties
from genxu.organisation.branches.models import Member, Organisation
from genxu.organisation.centre_households import actions as centre
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.centre_households.workflow import Leaving
from genxu.people.household_intake import register_households
from genxu.people.models import Household
from genxu.people.own_access import holder_of
from genxu.people.roles import Role
from genxu.people.rows import HouseholdRow
from genxu.people.slip_actions import issue_links
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from .context import LUO, ordinary
from .founding import JOINT
from .moments import Moments, moment
from .names import phone
from .people import Cast
from .stories import ROOTS, AssemblyScript

LIANG, ZHU = "421221102210001", "421202101225001"
HERS = "421223106211001"
"""卢家大屋"""
NEW_PHONES = 40_000_000
"""Telephones of those who come in the stories, far behind those of the registers."""


class Rooting:
    """What happens so many days ago, and who of the cast does it."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.cast, self.today = cast, timezone.localdate(now)
        self.moments = Moments(now)

    def plan(self, days_ago: int, hour: int, run: Callable[[], object]) -> None:
        self.moments.plan(moment(self.today - timedelta(days=days_ago), hour), run)

    def secretary(self, code: str) -> Actor:
        return self.cast[Role.SECRETARY, code].actor()

    def village(self, code: str) -> Actor:
        village = code[: LENGTHS[Level.VILLAGE]]
        return self.cast[Role.VILLAGE_STAFF, village].actor()

    def township(self, code: str) -> Actor:
        township = code[: LENGTHS[Level.TOWNSHIP]]
        return self.cast[Role.TOWNSHIP_STAFF, township].actor()


def put_down_roots(cast: Cast, now: datetime, *others: "Callable[[Rooting], None]") -> int:
    """All the stories, and those of ``others``; how many things happen in them."""
    rooting = Rooting(cast, now)
    _slips(rooting)
    _candidates(rooting)
    _joint_branch(rooting)
    _selected(rooting)
    _newcomers(rooting)
    for script in ROOTS.assemblies:
        _assembly(rooting, script)
    for tell in others:
        tell(rooting)
    return rooting.moments.live()


def _place(code: str) -> Region:
    return Region.objects.get(code=code)


def _slips(r: Rooting) -> None:
    """Every household of two hamlets has the code of its own page."""
    for code in (LUO, HERS):
        r.plan(40, 10, partial(issue_links, actor=r.secretary(code), hamlet=_place(code)))


def _candidates(r: Rooting) -> None:
    """罗家洲: one household stands and its neighbours recommend it; a second was put forward."""
    first, second, *neighbours = ordinary(LUO, 9)
    words = ROOTS.candidates

    def nominate() -> None:
        centre.nominate_household(
            actor=holder_of(first), household=first, person_name=first.head_name,
            statement=words.stands, shown=True,
        )  # fmt: skip

    def put_forward() -> None:
        centre.nominate_household(
            actor=r.secretary(LUO), household=second, person_name=second.head_name,
            statement=words.put_forward,
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

    def request() -> None:
        one = Organisation.objects.get(hamlet=seat, kind=Organisation.Kind.JOINT_BRANCH)
        request_founding(actor=actor, organisation=one, words=ROOTS.joint_branch.request)

    r.plan(24, 15, partial(_draft_joint_branch, actor, seat, other))
    r.plan(6, 9, request)


def _draft_joint_branch(actor: Actor, seat: Region, other: Region) -> None:
    """Two members of each hamlet, the first of them its secretary."""
    made = draft_organisation(
        actor=actor, hamlet=seat, kind=Organisation.Kind.JOINT_BRANCH,
        name=ROOTS.joint_branch.name, hamlets=[other],
    )  # fmt: skip
    for place in (seat, other):
        for old in Member.objects.filter(hamlet=place).order_by("pk")[:2]:
            add_member(
                actor=actor, organisation=made, hamlet=place, name=old.name,
                kind=Member.Kind.FULL, phone=old.phone, background=old.background,
            )  # fmt: skip
    first = made.members.order_by("pk").first()
    if first:
        duties = [(first.pk, Member.Duty.SECRETARY)]
        change_duties(actor=actor, organisation=made, duties=duties)


def _selected(r: Rooting) -> None:
    """大屋梁: the branch has selected a candidate; the township has yet to appoint."""
    candidate, *neighbours = ordinary(LIANG, 4)
    words = ROOTS.selected

    def nominate() -> None:
        centre.nominate_household(
            actor=holder_of(candidate), household=candidate, person_name=candidate.head_name,
            statement=words.stands, shown=True, phone_shown=True,
        )  # fmt: skip

    def select() -> None:
        one = CentreHousehold.objects.open().get(household=candidate)
        centre.select_candidate(
            actor=r.secretary(LIANG), centre_household=one, words=words.selection
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
                words=ROOTS.newcomers.resigned,
            )  # fmt: skip

    def come() -> None:
        rows = [
            HouseholdRow(ZHU, None, name, phone(NEW_PHONES + n), 2 + n)
            for n, name in enumerate(ROOTS.newcomers.heads)
        ]
        register_households(
            actor=r.secretary(ZHU), place=_place(ZHU), rows=rows, count=len(rows), hamlets=[ZHU]
        )

    r.plan(12, 15, resign)
    r.plan(7, 10, come)


def _assembly(r: Rooting, script: AssemblyScript) -> None:
    """Convened in time and, unless it is still to come, held and counted."""
    actor = r.secretary(script.hamlet)
    given = r.today - timedelta(days=max(script.days_ago + 11, 1))
    kinds = script.kinds or (Kind.PLAIN,) * len(script.questions)
    call = Call(
        body=script.body, title=script.title, venue=script.venue,
        meets_at=moment(r.today - timedelta(days=script.days_ago), 19, 30),
        basis=script.basis, due=script.due,
        questions=[Question(*one) for one in zip(script.questions, kinds, strict=True)],
        announcement=Announcement(given, actor.name, script.notice),
    )  # fmt: skip
    made: list[Assembly] = []

    def convene() -> None:
        made.append(convene_assembly(actor=actor, hamlet=_place(script.hamlet), call=call))

    r.plan((r.today - given).days, 9, convene)
    if script.votes:
        r.plan(script.days_ago, 21, lambda: _hold(actor, made[0], script))
    if script.recount:
        r.plan(script.days_ago - 1, 9, lambda: _recount(r, made[0], script))


def _hold(actor: Actor, assembly: Assembly, script: AssemblyScript) -> None:
    attendance = Attendance(script.in_person, online=script.online, papers=script.papers)
    record_attendance(actor=actor, assembly=assembly, attendance=attendance)
    motions = assembly.motions.order_by("position")
    for motion, counted in zip(motions, script.votes, strict=True):
        one = Assembly.objects.get(pk=assembly.pk)
        tally_motion(actor=actor, assembly=one, motion=motion, tally=Tally(*counted))


def _recount(r: Rooting, assembly: Assembly, script: AssemblyScript) -> None:
    """The first question again: the secretary asks, the village confirms."""
    assert script.recount
    correct_tally(
        actor=r.secretary(script.hamlet), assembly=assembly,
        motion=assembly.motions.get(position=1), tally=Tally(*script.recount),
        reason=script.recounted_for,
    )  # fmt: skip
    asked = assembly.steps.get(step="ask")
    confirm_correction(actor=r.village(script.hamlet), assembly=assembly, correction=asked)
