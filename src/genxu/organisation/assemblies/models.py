"""Assemblies: convened, attended, tallied. The rule of the body decides what carried."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.promises import StrOrPromise
from genxu.people.history import Living, TakenStep
from genxu.people.models import Account
from genxu.people.roles import EVERYONE_BUT_AUDITORS
from genxu.regions.placed import PlacedQuerySet

from .bodies import BODIES, PUBLIC, Basis, Body, BodyName, Kind, Rule, Share
from .judging import counted
from .workflow import BEGINNINGS, STEPS, State

TITLE_LIMIT, VENUE_LIMIT, NAME_LIMIT, QUESTION_LIMIT, WORDS_LIMIT = 60, 60, 40, 200, 1000
WAYS = ("in_person", "online", "proxies", "papers")
VOTES = ("in_favour", "against", "abstained")


NUMBERS = {
    "due": _("Due"), "in_person": _("In person"), "online": _("Online"),
    "proxies": _("By proxy"), "papers": _("By paper"),
    "in_favour": _("In favour"), "against": _("Against"), "abstained": _("Abstained"),
}  # fmt: skip


def compared(old: dict[str, int], new: dict[str, int]) -> list[tuple[Any, int, int | None]]:
    """Each number by its name: what stood, and what was put in its place (None: not known)."""
    return [(label, old[name], new.get(name)) for name, label in NUMBERS.items() if name in old]


class AssemblyQuerySet(PlacedQuerySet["Assembly"]):
    def public(self) -> Self:
        """Those whose notice and result everybody reads."""
        return self.filter(body__in=PUBLIC)


class NoticeWay(models.TextChoices):
    """How people gave the notice; the program itself sends none."""

    POSTED = "posted", _("Posted up")
    CALLED = "called", _("From door to door, or by telephone")
    WECHAT = "wechat", _("In the WeChat group")
    LOUDSPEAKER = "loudspeaker", _("By loudspeaker")


class Corrected(models.Model):
    """Numbers that were corrected: the day of the last correction, and what stood before it."""

    corrected_on = models.DateField(null=True, blank=True)
    before: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def compared(self) -> list[tuple[Any, int, int | None]]:
        """What stood before the last correction beside what stands now."""
        return compared(self.before, {name: getattr(self, name) for name in self.before})


class Assembly(Corrected, Living):
    """A meeting that decides: its body, its notice, who was due, who came, in which way.

    ``announced_on`` is the day on which a person gave the notice that holds, None before: a change
    of what was announced is a new notice, to be given anew. ``due`` counts adults, households or
    persons, as ``basis`` says; of delegates ``households`` chose them, ``women`` are among them.
    When who came is first recorded, ``rule_kept`` takes the rule as the law has it then: by it the
    votes are judged ever after.
    """

    STEPS, TOLD, WORDS_LIMIT = STEPS, BEGINNINGS, WORDS_LIMIT

    seen_by = EVERYONE_BUT_AUDITORS
    missing = _("There is no such assembly, or it is not in your charge.")
    shown_with = ("hamlet__parent", "convened_by")

    body = models.CharField(_("body"), max_length=24, choices=BodyName.choices)
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    venue = models.CharField(_("venue"), max_length=VENUE_LIMIT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CONVENED)
    announced_on = models.DateField(_("notice given on"), null=True, blank=True)
    announced_by = models.CharField(_("notice given by"), max_length=NAME_LIMIT, blank=True)
    announced_ways: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    meets_at = models.DateTimeField(_("meets at"))
    basis = models.CharField(_("counted by"), max_length=12, choices=Basis.choices)
    due = models.PositiveIntegerField(_("due to attend"))
    households = models.PositiveIntegerField(_("households that chose them"), null=True, blank=True)
    women = models.PositiveIntegerField(_("women among them"), null=True, blank=True)
    rule_kept: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    recorded_on = models.DateField(null=True, blank=True)
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
    def came_told(self) -> str:
        """How many came, with what they are: 57 户."""
        return counted(self.basis, self.present)

    @property
    def due_told(self) -> str:
        return counted(self.basis, self.due)

    @property
    def of_body(self) -> Body:
        """Its body as the law has it now."""
        return BODIES[self.body]

    @property
    def rule(self) -> Rule:
        """What makes its votes count: as it began, before that as the law has it now."""
        return Rule.of(self.rule_kept) if self.rule_kept else self.of_body

    @property
    def meets_on(self) -> date:
        return timezone.localdate(self.meets_at)

    @property
    def meets_time(self) -> datetime:
        return timezone.localtime(self.meets_at)

    @property
    def notice_days(self) -> int | None:
        """Days between the notice and the meeting; None while no notice is recorded."""
        return (self.meets_on - self.announced_on).days if self.announced_on else None

    @property
    def notice_until(self) -> date:
        """The last day on which notice can be given."""
        return self.meets_on - timedelta(days=self.rule.notice_days)

    @property
    def announced_how(self) -> list[Any]:
        """The ways in which notice was given, in words."""
        return [NoticeWay(way).label for way in self.announced_ways]

    @property
    def waits_for_notice(self) -> bool:
        return self.is_convened and self.announced_on is None

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
    def still_comes_in(self) -> bool:
        """Who came is still being written down: on the day, and no vote is counted yet."""
        return self.recorded_on == clock.today() and not any(
            motion.is_tallied for motion in self.motions.all()
        )

    @property
    def waits_for_record(self) -> bool:
        """Its time has come and nobody has written down who came."""
        return self.is_convened and self.has_begun


class Motion(Corrected):
    """One question put to an assembly, with its tally (None before it was voted on).

    The majority that it takes depends on what ``kind`` of question it is.
    """

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="motions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=QUESTION_LIMIT)
    kind = models.CharField(
        _("what it is about"), max_length=20, choices=Kind.choices, default=Kind.PLAIN
    )
    in_favour = models.PositiveIntegerField(_("in favour"), null=True, blank=True)
    against = models.PositiveIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveIntegerField(_("abstained"), null=True, blank=True)

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
    def is_plain(self) -> bool:
        return self.kind == Kind.PLAIN

    @property
    def majority(self) -> Share | None:
        """The share that must be in favour; None for what this body does not decide."""
        return self.assembly.rule.majorities.get(self.kind)

    @property
    def votes_needed(self) -> int | None:
        """How many have to be in favour, of those who came or were due."""
        held = self.assembly
        if self.majority is None:
            return None
        return held.rule.votes_of(held.due, held.present, self.kind)


class AssemblyStep(TakenStep):
    """One step in the life of an assembly.

    ``replaced`` keeps what stood before: numbers, or a whole notice. ``proposed`` are the numbers
    that a correction asked for or put in their place; its ``answer`` is the step that confirmed or
    declined it: one without an answer is open.
    """

    shown_with = ("by", "motion", "answers__by")

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="steps")
    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, null=True, related_name="steps")
    proposed: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    answers = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, related_name="answer"
    )

    @property
    def place_code(self) -> str:
        return self.hamlet_id

    @property
    def compared(self) -> list[tuple[Any, int, int | None]]:
        """The numbers that stood beside those asked for, or put in their place."""
        return compared(self.replaced, self.proposed)

    @property
    def notice_before(self) -> dict[str, Any]:
        """The notice that a new one has replaced, as a page tells it; empty for any other step."""
        if self.step != "change" or not self.replaced:
            return {}
        was: dict[str, Any] = self.replaced
        given = was["announced_on"]
        return was | {
            "body": BodyName(was["body"]).label,
            "basis": Basis(was["basis"]).label,
            "meets_at": datetime.fromisoformat(was["meets_at"]),
            "announced_on": date.fromisoformat(given) if given else None,
            "announced_how": [NoticeWay(way).label for way in was["announced_ways"]],
        }

    @property
    def about(self) -> str:
        """The question on which it was taken."""
        return self.motion.text if self.motion else ""

    @property
    def by_whom(self) -> StrOrPromise:
        """A correction has two names: who asked for it and who confirmed."""
        if self.step != "correct" or self.answers is None:
            return super().by_whom
        told = _("%(asker)s asked, %(confirmer)s confirmed")
        names = {"asker": self.answers.by or "—", "confirmer": self.by or "—"}
        return str(told) % names
