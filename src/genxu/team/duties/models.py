"""Rotas of a hamlet, who is on them, whose turn it is, and what was found on the day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.names import NameField
from genxu.core.promises import StrOrPromise
from genxu.organisation.branches.models import Member
from genxu.people.history import Living, TakenStep
from genxu.people.models import Account
from genxu.people.roles import KEEPERS, Role
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .workflow import STEPS, TOLD, State

NAME_LIMIT, PERSON_LIMIT, WORDS_LIMIT = 20, 40, 500
MOST_A_TURN, MOST_PEOPLE, LONGEST = 10, 120, timedelta(days=366)
WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
            _("Sunday"))  # fmt: skip


class RotaQuerySet(PlacedQuerySet["Rota"]):
    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)


class Rota(Living):
    """Who comes on which days: ``weekdays`` from 0 (Monday), ``size`` people a turn.

    ``moved`` are days that were moved (day → day) or called off (day → none), as texts.
    Names on it are Party members': read in the hamlet itself, its village and township.
    """

    class Kind(models.TextChoices):
        CLEANUP = "cleanup", _("Weekly clean-up")
        WATCH = "watch", _("Keeping watch over cleanliness")
        OTHER = "other", _("Something else")

    STEPS, TOLD, WORDS_LIMIT = STEPS, TOLD, WORDS_LIMIT
    BADGES: ClassVar = {State.PUBLISHED: "is-done", State.ENDED: ""}

    seen_by = (*KEEPERS, Role.CENTRE_HOUSEHOLD, Role.MEMBER)
    missing = _("There is no such rota, or it is not in your charge.")
    shown_with = ("hamlet__parent",)

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("what it is for"), max_length=NAME_LIMIT, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    weekdays: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    size = models.PositiveSmallIntegerField(_("people a turn"), default=1)
    pairs = models.BooleanField(_("new hands come with old ones"), default=False)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    moved: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    published_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = RotaQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["hamlet", "state"], name="rota_place"),
            models.Index(fields=["state", "ends_on"], name="rota_state"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def is_cleanup(self) -> bool:
        return self.kind == self.Kind.CLEANUP

    @property
    def weekdays_told(self) -> str:
        if len(self.weekdays) == len(WEEKDAYS):
            return str(_("every day"))
        return "、".join(str(WEEKDAYS[n]) for n in self.weekdays)

    @property
    def days(self) -> list[date]:
        """All its days in their order, as they were moved."""
        moved: dict[str, str | None] = self.moved
        own = {day for day in self._by_weekday() if day.isoformat() not in moved}
        return sorted(own | {date.fromisoformat(to) for to in moved.values() if to})

    def _by_weekday(self) -> Iterator[date]:
        for n in range((self.ends_on - self.starts_on).days + 1):
            day = self.starts_on + timedelta(days=n)
            if day.weekday() in self.weekdays:
                yield day

    @property
    def first_open(self) -> date:
        """The first day on which turns are still dealt: what was, and what is today once it is
        known, stays."""
        return clock.today() + timedelta(days=not self.is_draft)


class OnRotaQuerySet(PlacedQuerySet["OnRota"]):
    def present(self) -> Self:
        return self.filter(left_on=None)

    def of(self, actor: Actor) -> Self:
        """Those for whom the actor speaks herself: by her account, or by her number as it is now
        (two of one number speak for each other), where she has an office."""
        if actor.account_id is None:
            return self.none()
        number = Account.objects.filter(pk=actor.account_id, phone__isnull=False).values("phone")
        known = models.Q(member__account=actor.account_id) | models.Q(member__phone__in=number)
        known |= models.Q(member=None, phone__in=number)
        return self.present().filter(known & within(actor, "hamlet"))


class OnRota(InHamlet):
    """Somebody on a rota: a member, or somebody who is none and is written down by name.

    ``away`` are stretches of days (first, last) as texts. ``exempt``: gets no turns; why is
    nobody's business, and there is no field for it. ``shown``: she agrees to be named publicly.
    """

    seen_by = Rota.seen_by
    missing = _("There is nobody such on this rota.")

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="people")
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = NameField(_("name"), max_length=PERSON_LIMIT, blank=True)
    phone = models.CharField(_("phone"), max_length=11, blank=True)
    since = models.DateField(_("can come from"), null=True, blank=True)
    until = models.DateField(_("can come until"), null=True, blank=True)
    away: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    exempt = models.BooleanField(_("exempt"), default=False)
    new_hand = models.BooleanField(_("new to it"), default=False)
    shown = models.BooleanField(_("agrees to be named publicly"), default=False)
    left_on = models.DateField(null=True, blank=True)

    objects = OnRotaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rota", "member"], condition=models.Q(left_on=None), name="on_rota_once"
            ),
            models.UniqueConstraint(
                fields=["rota", "name", "phone"],
                condition=models.Q(left_on=None, member=None),
                name="on_rota_by_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.called or str(_("Name erased"))

    @property
    def called(self) -> str:
        return self.member.name if self.member else self.name

    @property
    def number(self) -> str:
        """The telephone: the one on the Party's roll, or the one given here."""
        return self.member.phone if self.member else self.phone

    @property
    def is_here(self) -> bool:
        """Whether she is on the rota at all today: not left, nor her branch."""
        return self.left_on is None and (self.member is None or self.member.left_on is None)

    @property
    def gets_turns(self) -> bool:
        return self.is_here and not self.exempt

    @property
    def away_days(self) -> list[tuple[date, date]]:
        return [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in self.away]

    def can_come(self, day: date) -> bool:
        if not self.gets_turns or (self.since and day < self.since):
            return False
        if self.until and day > self.until:
            return False
        return not any(first <= day <= last for first, last in self.away_days)


class TurnQuerySet(PlacedQuerySet["Turn"]):
    def to_come(self) -> Self:
        return self.filter(day__gte=clock.today())


class Turn(InHamlet):
    """That somebody comes on a day. ``offered_at``: she cannot, and whoever likes may take it;
    ``instead_of`` whose turn it was before. Neither depends on the day: they move along."""

    class How(models.TextChoices):
        PLANNED = "planned", _("by the rota")
        SWAPPED = "swapped", _("swapped")
        TAKEN_OVER = "taken_over", _("stood in")

    seen_by = Rota.seen_by
    missing = _("There is no such turn any more.")
    shown_with = ("rota__hamlet__parent", "person__member", "instead_of__member")

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="turns")
    day = models.DateField()
    person = models.ForeignKey(OnRota, on_delete=models.CASCADE, related_name="turns")
    how = models.CharField(max_length=10, choices=How.choices, default=How.PLANNED)
    instead_of = models.ForeignKey(
        OnRota, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    offered_at = models.DateTimeField(null=True, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rota", "day", "person"], name="turn_once"),
        ]
        indexes = [models.Index(fields=["hamlet", "day"], name="turn_place")]

    def __str__(self) -> str:
        return f"{self.day:%m-%d}"

    @property
    def weekday(self) -> StrOrPromise:
        return WEEKDAYS[self.day.weekday()]

    @property
    def is_over(self) -> bool:
        return self.day < clock.today()

    @property
    def is_today(self) -> bool:
        return self.day == clock.today()

    @property
    def is_offered(self) -> bool:
        return self.offered_at is not None and not self.is_over

    @property
    def is_agreed(self) -> bool:
        """Whether people have agreed on it since it was dealt: dealing leaves it alone."""
        return self.how != self.How.PLANNED or self.offered_at is not None


class Found(models.TextChoices):
    CLEAN = "clean", _("All well, nothing to report")
    SOMETHING = "something", _("Something to see to")
    NOBODY = "nobody", _("Nobody came")


class DutyDay(InHamlet):
    """What was noted of a day of a rota; ``matter`` is the number of the matter that came of it.

    ``before`` keeps what was noted and then corrected.
    """

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="noted")
    day = models.DateField()
    found = models.CharField(_("what was found"), max_length=10, choices=Found.choices)
    head_count = models.PositiveSmallIntegerField(_("how many came"), null=True, blank=True)
    matter = models.PositiveBigIntegerField(null=True, blank=True)
    noted_on = models.DateField()
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    before: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rota", "day"], name="duty_day_once")]
        indexes = [models.Index(fields=["hamlet", "day"], name="duty_day_place")]

    def __str__(self) -> str:
        return f"{self.rota_id} {self.day}"

    @property
    def was_held(self) -> bool:
        return self.found != Found.NOBODY

    @property
    def told_before(self) -> list[tuple[StrOrPromise, int | None]]:
        return [(Found(found).label, count) for found, count in self.before]


class RotaStep(TakenStep):
    """One step in the life of a rota; of a turn, with its day, who had it and who has it now."""

    shown_with = ("by", "person__member", "other__member")

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="steps")
    day = models.DateField(null=True, blank=True)
    person = models.ForeignKey(
        OnRota, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    other = models.ForeignKey(
        OnRota, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    @property
    def about(self) -> str:
        """The day, whose turn it was, and whose it became."""
        day = f"{self.day:%Y-%m-%d}" if self.day else ""
        who = " → ".join(str(one) for one in (self.person, self.other) if one)
        return " · ".join(part for part in (day, who) if part)
