"""Teams of volunteers, their outings, who comes along, and the hours that came of it."""

from datetime import time, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core.codes import Coded
from genxu.core.names import NameField
from genxu.core.promises import StrOrPromise
from genxu.organisation.branches.models import Member
from genxu.people.history import Living, TakenStep
from genxu.people.models import Account, Household, masked, mobile
from genxu.people.roles import KEEPERS
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .outing_models import FACTS as FACTS
from .outing_models import LIMITS as LIMITS
from .outing_models import MOST_PLACES as MOST_PLACES
from .outing_models import Kind as Kind
from .outing_models import Outing as Outing
from .outing_models import OutingStep as OutingStep
from .outing_models import Team as Team
from .outing_models import facts_of as facts_of
from .workflow import HOURS_STEPS, HOURS_TOLD, VOUCH, Proof

QUARTER = 15
"""Hours are counted in full quarters of an hour (minutes)."""
LATE = timedelta(days=7)
"""Whoever writes hours down later than that is said to have (custom)."""


class VolunteerQuerySet(PlacedQuerySet["Volunteer"]):
    def present(self) -> Self:
        return self.filter(left_on=None)

    def waiting(self) -> Self:
        return self.present().filter(accepted_on=None)

    def serving(self) -> Self:
        return self.present().exclude(accepted_on=None)

    def of_person(self, one: "Volunteer") -> Self:
        """The entries of one person, in other hamlets too: by account, member, name and phone."""
        same = models.Q(pk=one.pk)
        if one.account_id:
            same |= models.Q(account=one.account_id)
        if one.member_id:
            same |= models.Q(member=one.member_id)
        if one.name and one.phone:
            same |= models.Q(name=one.name, phone=one.phone)
        if one.name and one.household_id:
            same |= models.Q(name=one.name, household=one.household_id)
        return self.filter(same)


class Volunteer(InHamlet, Coded):
    """Who comes along of his own will; nobody is made to (志愿服务条例 25). Once a hamlet.

    ``guardian`` is who of the family agrees, for one who is not 18 yet; ``shown`` his consent to
    be named publicly (20). Its code opens his own hours without log-in. Until somebody has said
    yes (``accepted_on``) whoever came by the QR code only waits.
    """

    seen_by = KEEPERS
    missing = _("There is no such volunteer, or he is not in your charge.")
    shown_with = ("hamlet__parent", "household")
    is_new = False
    """Whether the action at hand has made the entry: only then is the browser given its code."""

    name = NameField(_("name"), max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=11, blank=True, validators=[mobile])
    household = models.ForeignKey(Household, on_delete=models.SET_NULL, null=True, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    minor = models.BooleanField(default=False)
    guardian = NameField(max_length=40, blank=True)
    shown = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    accepted_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["hamlet", "left_on"], name="volunteer_place"),
            models.Index(fields=["name", "phone"], name="volunteer_person"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Name erased"))

    @property
    def label(self) -> str:
        """Told apart from another one of that name by the household or the phone."""
        if self.household and self.household.head_name == self.name:
            return self.household.label
        beside = self.household.label if self.household else self.phone_masked
        return f"{self} · {beside}" if beside else str(self)

    @property
    def phone_masked(self) -> str:
        return masked(self.phone)

    @property
    def worked_hours(self) -> str:
        """What others have vouched for, where a list has summed it up."""
        return in_hours(getattr(self, "worked", 0) or 0)

    @property
    def is_serving(self) -> bool:
        return self.accepted_on is not None and self.left_on is None

    @property
    def waits(self) -> bool:
        return self.accepted_on is None and self.left_on is None


class SignUp(InHamlet):
    """That somebody comes along; taken back it is gone. ``waits``: nobody has said yes yet to
    what came by the QR code without log-in."""

    outing = models.ForeignKey(Outing, on_delete=models.CASCADE, related_name="sign_ups")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="sign_ups")
    waits = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outing", "volunteer"], name="sign_up_once"),
        ]

    def __str__(self) -> str:
        return f"{self.outing_id} {self.volunteer_id}"


class Visit(InHamlet):
    """A household to be visited on an outing; whose it is stands before handlers alone, and before
    the volunteer who has taken it (志愿服务条例 21)."""

    outing = models.ForeignKey(Outing, on_delete=models.CASCADE, related_name="visits")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    taken_by = models.ForeignKey(
        Volunteer, on_delete=models.SET_NULL, null=True, related_name="visits"
    )
    ended_on = models.DateField(null=True)
    """The household moved away before anybody came."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outing", "household"], name="visit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.outing_id} {self.household_id}"


class HoursQuerySet(PlacedQuerySet["Hours"]):
    def standing(self) -> Self:
        """Those that nobody has taken back, or said not to be so."""
        return self.filter(state__in=(Proof.SAID, Proof.VERIFIED))

    def verified(self) -> Self:
        return self.filter(state=Proof.VERIFIED)


class Hours(Living):
    """That somebody worked as a volunteer on a day from a time to a time, the way not counted
    (志愿服务记录与证明出具办法). It needs two sides: ``said_by`` wrote it down, another vouched.

    Without an outing ``what`` says what it was. ``visit`` is the household that was visited.
    """

    STEPS, TOLD = HOURS_STEPS, HOURS_TOLD
    BADGES: ClassVar[dict[str, str]] = {"verified": "is-done", "withdrawn": "is-unconfirmed",
                                        "denied": "is-returned"}  # fmt: skip
    seen_by = KEEPERS
    missing = _("There are no such hours, or they are not in your charge.")
    shown_with = ("hamlet__parent", "volunteer__household", "outing__team", "visit")

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="hours")
    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, null=True, related_name="hours")
    visit = models.ForeignKey(Visit, on_delete=models.SET_NULL, null=True, related_name="hours")
    what = models.CharField(max_length=LIMITS["what"], blank=True)
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"))
    minutes = models.PositiveSmallIntegerField()
    said_by = models.CharField(max_length=40)
    """As the journal names whoever wrote it down."""
    written_on = models.DateField()
    vouched = models.PositiveSmallIntegerField(default=0)
    """By how many, since it says what it says."""
    state = models.CharField(max_length=10, choices=Proof.choices, default=Proof.SAID)

    objects = HoursQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["hamlet", "day"], name="hours_place"),
            models.Index(fields=["volunteer", "day"], name="hours_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="hours_go_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.day:%Y-%m-%d}"

    @property
    def told(self) -> StrOrPromise:
        """What was done, in a word for everybody: no household is named."""
        if self.outing is None:
            return self.what
        return Kind.VISITING.label if self.visit_id else self.outing.what

    @property
    def is_late(self) -> bool:
        return self.written_on - self.day > LATE

    @property
    def counts(self) -> bool:
        return self.state == Proof.VERIFIED

    @property
    def in_hours(self) -> str:
        return in_hours(self.minutes)

    @property
    def can_be_mended(self) -> bool:
        return self.state != Proof.WITHDRAWN


class HoursStep(TakenStep):
    """What was written, vouched for, corrected; ``replaced`` is the version before. Whoever has
    no account is the volunteer himself, ``volunteer`` who vouched, or the ``household`` visited."""

    shown_with = ("by", "volunteer")

    hours = models.ForeignKey(Hours, on_delete=models.CASCADE, related_name="steps")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.SET_NULL, null=True, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.SET_NULL, null=True, related_name="+")

    @property
    def by_whom(self) -> StrOrPromise:
        if self.volunteer:
            return str(self.volunteer)
        if self.by or self.step not in (VOUCH, "deny"):
            return self.by.name if self.by else _("The volunteer himself")
        return _("The household that was visited")

    @property
    def about(self) -> str:
        """What stood there before it was corrected."""
        if "day" not in self.replaced:
            return ""
        told = {name: self.replaced[name] for name in ("day", "starts_at", "ends_at")}
        told = {name: str(value)[:10] if name == "day" else str(value)[:5]
                for name, value in told.items()}  # fmt: skip
        return gettext("Before it said: %(day)s, %(starts_at)s to %(ends_at)s.") % told


class Certificate(InHamlet, Coded):
    """A paper on the hours of a volunteer from a day to a day, free of charge (19): its lines as
    they stood then. Its code opens a page that says the same, and what has changed since."""

    seen_by = KEEPERS
    missing = _("There is no such certificate, or it is not in your charge.")

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="certificates")
    name = NameField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    made_on = models.DateField()
    minutes = models.PositiveIntegerField()
    lines: "models.JSONField[Any, Any]" = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.made_on}"


def minutes_of(starts_at: time, ends_at: time) -> int:
    """The full quarters of an hour between two times of a day, in minutes; below none, 0."""
    whole = (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute
    return max(whole, 0) // QUARTER * QUARTER


def in_hours(minutes: int) -> str:
    """As it is read: 2, 1.5, 0.25."""
    return f"{minutes / 60:g}"
