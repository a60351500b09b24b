"""Assemblies: convened, attended, tallied. The rule of the body decides what carried."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.people.history import Living, TakenStep
from genxu.people.models import Account
from genxu.people.roles import EVERYONE_BUT_AUDITORS
from genxu.regions.placed import PlacedQuerySet

from .bodies import BODIES, PUBLIC, Basis, Body, BodyName
from .workflow import BEGINNINGS, STEPS, State

TITLE_LIMIT, VENUE_LIMIT, QUESTION_LIMIT, WORDS_LIMIT = 60, 60, 200, 1000


class AssemblyQuerySet(PlacedQuerySet["Assembly"]):
    def public(self) -> Self:
        """Those whose notice and result everybody reads."""
        return self.filter(body__in=PUBLIC)


class Assembly(Living):
    """A meeting that decides: its body, its notice, who was due, who came, in which way.

    ``announced_on`` is the day of the notice that holds: a change of what was announced is a new
    notice. ``due`` counts adults, households or persons, as ``basis`` says.
    """

    STEPS, WORDS_LIMIT = STEPS, WORDS_LIMIT

    seen_by = EVERYONE_BUT_AUDITORS
    missing = _("There is no such assembly, or it is not in your charge.")
    shown_with = ("hamlet__parent", "convened_by")

    body = models.CharField(_("body"), max_length=24, choices=BodyName.choices)
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    venue = models.CharField(_("venue"), max_length=VENUE_LIMIT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CONVENED)
    announced_on = models.DateField(_("notice given on"))
    meets_at = models.DateTimeField(_("meets at"))
    basis = models.CharField(_("counted by"), max_length=12, choices=Basis.choices)
    due = models.PositiveIntegerField(_("due to attend"))
    in_person = models.PositiveIntegerField(_("in person"), default=0)
    online = models.PositiveIntegerField(_("online"), default=0)
    proxies = models.PositiveIntegerField(_("by proxy"), default=0)
    papers = models.PositiveIntegerField(_("by paper at the door"), default=0)
    words = models.TextField(_("notes"), max_length=WORDS_LIMIT, blank=True)
    convened_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = AssemblyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["hamlet", "meets_at"], name="assembly_place"),
            models.Index(fields=["state", "meets_at"], name="assembly_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def present(self) -> int:
        return self.in_person + self.online + self.proxies + self.papers

    @property
    def rule(self) -> Body:
        return BODIES[self.body]

    @property
    def meets_on(self) -> date:
        return timezone.localdate(self.meets_at)

    @property
    def meets_time(self) -> datetime:
        return timezone.localtime(self.meets_at)

    @property
    def notice_days(self) -> int:
        """Days between the notice and the meeting."""
        return (self.meets_on - self.announced_on).days

    @property
    def has_begun(self) -> bool:
        return self.meets_at <= clock.now()

    @property
    def is_convened(self) -> bool:
        return self.state == State.CONVENED

    @property
    def is_held(self) -> bool:
        return self.state == State.HELD

    @property
    def waits_for_record(self) -> bool:
        """Its time has come and nobody has written down who came."""
        return self.is_convened and self.has_begun


class Motion(models.Model):
    """One question put to an assembly, with its tally (None before it was voted on)."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="motions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=QUESTION_LIMIT)
    in_favour = models.PositiveIntegerField(_("in favour"), null=True, blank=True)
    against = models.PositiveIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveIntegerField(_("abstained"), null=True, blank=True)
    tallied_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assembly", "position"], name="motion_position"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def place_code(self) -> str:
        return self.assembly.hamlet_id

    @property
    def is_tallied(self) -> bool:
        return self.in_favour is not None

    @property
    def votes(self) -> tuple[int, int, int]:
        """In favour, against, abstained."""
        return self.in_favour or 0, self.against or 0, self.abstained or 0

    @property
    def can_be_corrected(self) -> bool:
        """A count is corrected on the day on which it was made, not later."""
        return self.tallied_on == clock.today()


class AssemblyStep(TakenStep):
    """One step in the life of an assembly; ``replaced`` keeps the numbers before a correction."""

    STEPS, TOLD = STEPS, BEGINNINGS

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="steps")
    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, null=True, related_name="steps")

    class Meta:
        indexes = [models.Index(fields=["hamlet", "on"], name="assembly_step_place")]

    def __str__(self) -> str:
        return f"{self.assembly_id} {self.step}"

    @property
    def about(self) -> str:
        """The question on which it was taken."""
        return self.motion.text if self.motion else ""
