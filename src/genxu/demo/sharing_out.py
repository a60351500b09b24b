"""A collective shares last year's income out, by the real actions: drawn up, open, carried, booked,
paid; one household is away, and its part stays owed. Its collective, its roll and its closed book
are there already (whoever tells the story of a place has seen to them)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from genxu.core import clock
from genxu.core.access import Actor
from genxu.organisation.assemblies.actions import convene_assembly
from genxu.organisation.assemblies.bodies import BodyName, Kind
from genxu.organisation.assemblies.calls import Announcement, Call, Question
from genxu.organisation.assemblies.models import Assembly
from genxu.organisation.assemblies.tally_actions import (
    Attendance,
    Tally,
    record_attendance,
    tally_motion,
)
from genxu.people.roles import Role
from genxu.places.collectives.models import Collective, Membership
from genxu.places.distributions import actions, paying_actions
from genxu.places.distributions.models import Distribution, Portion
from genxu.regions.codes import LENGTHS, Level

from .material import DATA, Material, read
from .moments import moment
from .people import Cast
from .rooting import Rooting

DRAWN, MET, BOOKED, PAID = 46, 32, 30, 28
"""So many days ago."""
AWAY = 2
"""So many of the last households are not paid yet: one is away, one is about to be paid."""


@dataclass(frozen=True, slots=True)
class SharingScript(Material):
    title: str
    venue: str
    question: str
    report: str


SHARING = read(DATA / "sharing.toml", SharingScript)


def share_out(cast: Cast, now: datetime, code: str) -> int:
    """The last year that was over when it was drawn up, of the collective of a hamlet; how many
    things happen."""
    r = Rooting(cast, now)
    _Sharing(r, code).tell()
    return r.moments.live()


class _Sharing:
    def __init__(self, r: Rooting, code: str) -> None:
        self.r, self.code, self.keys = r, code, [0, 0]

    def tell(self) -> None:
        plan = self.r.plan
        plan(DRAWN, 9, self._drawn)
        plan(DRAWN - 1, 10, self._published)
        plan(DRAWN - 1, 11, self._called)
        plan(MET, 22, self._voted)
        plan(MET, 23, self._carried)
        plan(BOOKED, 9, self._booked)
        plan(PAID, 10, self._paid)
        plan(PAID, 11, self._kept_owed)

    @property
    def bookkeeper(self) -> Actor:
        return self.r.cast[Role.BOOKKEEPER, self.code[: LENGTHS[Level.VILLAGE]]].actor()

    @property
    def secretary(self) -> Actor:
        return self.r.secretary(self.code)

    @property
    def collective(self) -> Collective:
        return Collective.objects.standing().select_related("place").get(place=self.code)

    @property
    def one(self) -> Distribution:
        return Distribution.objects.get(pk=self.keys[0])

    def _drawn(self) -> None:
        year = clock.today().year - 1
        made = actions.draw_plan(
            actor=self.bookkeeper, hamlet=self.collective.place, year=year,
            as_of=clock.today().replace(year=year, month=12, day=31),
        )  # fmt: skip
        self.keys[0] = made.pk

    def _published(self) -> None:
        actions.publish_plan(
            actor=self.secretary, distribution=self.one, report=SHARING.report,
            meets_on=clock.today() + timedelta(days=DRAWN - 1 - MET),
        )  # fmt: skip

    def _called(self) -> None:
        today, strange = clock.today(), self.one.strangers
        members = Membership.objects.able_on(today).filter(collective=self.collective)
        kind = Kind.NON_MEMBER_SHARE if strange else Kind.PLAIN
        call = Call(
            body=BodyName.COLLECTIVE_MEMBERS, title=SHARING.title, venue=SHARING.venue,
            meets_at=moment(today + timedelta(days=DRAWN - 1 - MET), 19), basis="persons",
            due=members.count(),
            announcement=Announcement(today, self.secretary.name, ("posted",)),
            questions=(Question(SHARING.question, kind),),
        )  # fmt: skip
        made = convene_assembly(actor=self.secretary, hamlet=self.collective.place, call=call)
        self.keys[1] = made.pk

    def _voted(self) -> None:
        assembly = Assembly.objects.get(pk=self.keys[1])
        came = assembly.due - assembly.due // 12
        assembly = record_attendance(
            actor=self.secretary, assembly=assembly, attendance=Attendance(came)
        )
        tally_motion(
            actor=self.secretary, assembly=assembly, motion=assembly.motions.get(),
            tally=Tally(came - came // 20, came // 20, 0),
        )  # fmt: skip

    def _carried(self) -> None:
        motion = Assembly.objects.get(pk=self.keys[1]).motions.get()
        actions.carry_plan(actor=self.secretary, distribution=self.one, motion=motion)

    def _booked(self) -> None:
        actions.book_plan(actor=self.bookkeeper, distribution=self.one, day=clock.today())

    def _parts(self) -> list[Portion]:
        rows = Portion.objects.filter(distribution=self.one, sum__gt=0).order_by("position")
        return list(rows.select_related("distribution__collective__place", "household__hamlet"))

    def _paid(self) -> None:
        """To their accounts, all but those who are away."""
        paying_actions.pay_portions(
            actor=self.bookkeeper, distribution=self.one, portions=self._parts()[:-AWAY],
            day=clock.today(), way=Portion.Way.BANK,
        )  # fmt: skip

    def _kept_owed(self) -> None:
        paying_actions.keep_owed(
            actor=self.bookkeeper, portion=self._parts()[-1], reason=Portion.Reason.AWAY
        )
