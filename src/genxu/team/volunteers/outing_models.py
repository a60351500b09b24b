"""Teams of volunteers and what they go out for."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.names import NameField
from genxu.organisation.branches.models import Member
from genxu.people.history import Living, TakenStep
from genxu.people.roles import ACTING
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .workflow import STEPS, TOLD, State

SEEN_BY = ACTING
LIMITS = {"name": 40, "what": 40, "risk": 120, "venue": 60, "ending": 200}
MOST_PLACES = 999
FACTS = ("kind", "what", "risk", "dangerous", "insured", "begins_on", "ends_on", "starts_at",
         "ends_at", "venue", "wanted")  # fmt: skip
"""What is announced of an outing."""


class TeamQuerySet(PlacedQuerySet["Team"]):
    def standing(self) -> Self:
        return self.filter(ended_on=None)

    def standing_on(self, day: date) -> Self:
        ended = models.Q(ended_on=None) | models.Q(ended_on__gt=day)
        return self.filter(ended, formed_on__lte=day)


class Team(InHamlet):
    """A team of volunteers of a hamlet (志愿服务队). ``leader`` is the member of the Party who
    leads it, if one does; ``leader_name`` is kept when he is none, or has left."""

    seen_by = SEEN_BY
    missing = _("There is no such team, or it is not in your charge.")
    shown_with = ("hamlet__parent", "leader")

    name = models.CharField(_("name"), max_length=LIMITS["name"])
    leader = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    leader_name = NameField(_("who leads it"), max_length=40)
    formed_on = models.DateField(_("formed on"))
    ended_on = models.DateField(null=True)
    ending = models.CharField(max_length=LIMITS["ending"], blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TeamQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["hamlet", "formed_on"], name="team_place")]

    def __str__(self) -> str:
        return self.name


class Kind(models.TextChoices):
    """The article's three, and whatever else is needed."""

    CLEANLINESS = "cleanliness", _("Cleaning up")
    VISITING = "visiting", _("Visiting old people who live alone")
    PUBLICITY = "publicity", _("Spreading the word")
    OTHER = "other", _("Another kind of help")


class OutingQuerySet(PlacedQuerySet["Outing"]):
    def coming(self) -> Self:
        """Those that one can still join, the next one first."""
        rows = self.filter(state=State.OPEN, ends_on__gte=clock.today())
        return rows.order_by("begins_on", "starts_at", "pk")


class Outing(Living):
    """Something that a team goes out for: on a day from a time to a time, or without a fixed hour
    on some day of several (``starts_at`` None). ``wanted``: how many places; None: whoever comes.

    ``insured``: an accident insurance is there before anything dangerous (志愿服务条例 17).
    """

    STEPS, TOLD = STEPS, TOLD
    BADGES: ClassVar[dict[str, str]] = {"held": "is-done", "closed": "is-closed",
                                        "called_off": "is-unconfirmed"}  # fmt: skip
    seen_by = SEEN_BY
    missing = _("There is no such outing, or it is not in your charge.")
    shown_with = ("hamlet__parent", "team__leader")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="outings")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    what = models.CharField(_("what"), max_length=LIMITS["what"])
    risk = models.CharField(_("risk"), max_length=LIMITS["risk"])
    dangerous = models.BooleanField(default=False)
    insured = models.BooleanField(default=False)
    begins_on = models.DateField()
    ends_on = models.DateField()
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    venue = models.CharField(max_length=LIMITS["venue"], blank=True)
    wanted = models.PositiveSmallIntegerField(null=True)
    head_count = models.PositiveSmallIntegerField(null=True)
    """How many came, once that is noted; nobody is an answer."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    objects = OutingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["hamlet", "begins_on"], name="outing_place")]

    def __str__(self) -> str:
        return self.what

    @property
    def is_flexible(self) -> bool:
        """Whether it has no fixed hour: any day from the first to the last."""
        return self.starts_at is None

    @property
    def is_coming(self) -> bool:
        return self.state == State.OPEN and self.ends_on >= clock.today()

    @property
    def has_begun(self) -> bool:
        return self.begins_on <= clock.today()

    @property
    def places_left(self) -> int | None:
        """None: everybody may come."""
        return None if self.wanted is None else max(self.wanted - self.joined(), 0)

    def joined(self) -> int:
        """How many places are taken; one query, or none where a list has counted them."""
        known: int | None = getattr(self, "n_joined", None)
        return self.sign_ups.count() if known is None else known

    @property
    def is_full(self) -> bool:
        return self.wanted is not None and self.joined() >= self.wanted


class OutingStep(TakenStep):
    """What was announced, changed, held, called off; ``replaced`` is what stood before."""

    outing = models.ForeignKey(Outing, on_delete=models.CASCADE, related_name="steps")

    def __str__(self) -> str:
        return f"{self.outing_id} {self.step}"


def facts_of(one: Outing) -> dict[str, Any]:
    return {name: getattr(one, name) for name in FACTS}
