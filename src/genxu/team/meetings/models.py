"""Meetings of an organisation with who came, and training that the township offers to all."""

from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, within
from genxu.organisation.branches.models import Member, Organisation
from genxu.people.history import Living, TakenStep, put_back
from genxu.people.roles import KEEPERS, STAFF, Role
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region
from genxu.regions.placed import InHamlet, Placed, PlacedQuerySet

from .workflow import STEPS, TOLD, State

TOPIC_LIMIT = 60
FACTS = ("kind", "held_on", "topic", "half_hours")


class Kind(models.TextChoices):
    """三会一课, 主题党日, 组织生活会, 集中培训 (党员教育管理工作条例 2019, articles 16–20)."""

    MEMBERS = "members", _("Members' meeting")
    COMMITTEE = "committee", _("Committee meeting")
    GROUP = "group", _("Party group meeting")
    LECTURE = "lecture", _("Party lecture")
    PARTY_DAY = "party_day", _("Party day")
    LIFE = "life", _("Organisational life meeting")
    TRAINING = "training", _("Training")


class How(models.TextChoices):
    """How it reached a member. Who is old, ill or disabled has it brought to the door and is no
    gap (article 23); who is not written down here was not there, and nothing more is said."""

    CAME = "came", _("Was there")
    AT_HOME = "at_home", _("It was brought to the door")


class MeetingQuerySet(PlacedQuerySet["Meeting"]):
    def standing(self) -> Self:
        return self.exclude(state=State.WITHDRAWN)


class Meeting(Living):
    """A meeting as the branch noted it. ``hamlet`` is the seat of the organisation; of its time,
    ``half_hours`` were study (学时, in halves)."""

    STEPS, TOLD = STEPS, TOLD
    BADGES: ClassVar[dict[str, str]] = {"noted": "is-closed", "withdrawn": "is-unconfirmed"}
    seen_by = KEEPERS
    """Who came names members (个人信息保护法 28): for those who keep the organisation."""
    missing = _("There is no such meeting, or it is not in your charge.")
    shown_with = ("hamlet", "organisation")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    held_on = models.DateField(_("held on"))
    topic = models.CharField(_("topic"), max_length=TOPIC_LIMIT)
    half_hours = models.PositiveSmallIntegerField(default=0)
    noted_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOTED)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["hamlet", "held_on"], name="meeting_place"),
            models.Index(fields=["organisation", "held_on"], name="meeting_organisation"),
        ]

    def __str__(self) -> str:
        return self.topic

    @property
    def hours(self) -> Decimal:
        return hours_of(self.half_hours)

    @property
    def days_late(self) -> int:
        return (self.noted_on - self.held_on).days

    def undo(self, taken: TakenStep) -> None:
        """Who came stands beside the row."""
        kept = dict(taken.replaced)
        attended = kept.pop("attended", None)
        put_back(self, kept)
        if attended is not None:
            write_attendance(self, dict(attended))


class Attendance(InHamlet):
    """That a meeting reached a member, and how."""

    missing = _("There is no such meeting, or it is not in your charge.")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attended")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    how = models.CharField(max_length=8, choices=How.choices)

    objects = PlacedQuerySet["Attendance"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attended_once"),
        ]
        indexes = [models.Index(fields=["member"], name="attendance_member")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.member_id}"


class MeetingStep(TakenStep):
    """What was noted, corrected, withdrawn; ``replaced`` is what stood before."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="steps")

    @property
    def is_private(self) -> bool:
        """What was written may name members."""
        return True


class TrainingQuerySet(PlacedQuerySet["Training"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those that were offered where the actor is in charge: at the place itself, or above."""
        offered = {code[: LENGTHS[Level.TOWNSHIP]] for code in actor.places(Training.seen_by)}
        return self.filter(within(actor, "place", Training.seen_by) | models.Q(place__in=offered))


class Training(Placed):
    """Training that a township offers to all members below it, written down once. It counts as
    offered to each organisation there."""

    place_field = "place"
    seen_by = (Role.SECRETARY, *STAFF)
    missing = _("There is no such training, or it is not in your charge.")

    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("held on"))
    topic = models.CharField(_("topic"), max_length=TOPIC_LIMIT)
    half_hours = models.PositiveSmallIntegerField()
    withdrawn_on = models.DateField(null=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "held_on", "topic"],
                condition=models.Q(withdrawn_on=None),
                name="training_once",
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    @property
    def hours(self) -> Decimal:
        return hours_of(self.half_hours)


def hours_of(half_hours: int) -> Decimal:
    """Hours of study (学时) as one says them: 1.5, 2."""
    whole, half = divmod(half_hours, 2)
    return Decimal(whole) + (Decimal("0.5") if half else 0)


def write_attendance(meeting: Meeting, attended: dict[int, str]) -> None:
    """A part of actions: who came, in place of what stood before."""
    meeting.attended.all().delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, hamlet_id=meeting.hamlet_id, member_id=pk, how=how)
        for pk, how in sorted(attended.items())
    )
