"""A campaign of the county, its facts, its parts (one a hamlet), what was answered, what is looked
at by others.

No photo, no position, no presence: there is no field for them, and no fact may ask for them.
"""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, under, within
from genxu.core.promises import StrOrPromise
from genxu.people.history import Living, LivingAt, TakenStep
from genxu.people.models import Account, Household
from genxu.people.questions import Question, questions
from genxu.people.roles import STAFF, Role
from genxu.regions.codes import ancestors_of
from genxu.regions.models import Region
from genxu.regions.placed import InHamlet, Placed, PlacedQuerySet

from .workflow import CAMPAIGN, CAMPAIGN_TOLD, PART, PART_TOLD, SPOKEN, Said, State

NAME_LIMIT, WHY_LIMIT, FACT_LIMIT, WORD_LIMIT = 40, 300, 30, 10
MOST_FACTS, LARGEST = 3, 9999


class CampaignQuerySet(PlacedQuerySet["Campaign"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the places in one's charge, and those that run there from above; what is only
        being prepared, to who prepares it."""
        above = {up for code in actor.places(self.model.seen_by) for up in ancestors_of(code)}
        known = within(actor, "place", self.model.seen_by) | Q(place__in=above)
        drafts = within(actor, "place", [Role.COUNTY_STAFF])
        return self.filter(known).filter(Q(opened_on__isnull=False) | drafts)

    def running(self) -> Self:
        return self.filter(state=State.OPEN)

    def reaching(self, code: str) -> Self:
        """Those of a place, of all below it, and those that hold there from above."""
        return self.filter(under(code, "place") | Q(place__in=ancestors_of(code)))


class Campaign(LivingAt):
    """Something that a county sees to everywhere until a day: a question over records, asked of
    those since a day (``since``) with one of some words (``looks_for``); ``until_before`` is its
    last day before that was moved."""

    STEPS, TOLD = CAMPAIGN, CAMPAIGN_TOLD
    BADGES: ClassVar[dict[str, str]] = {
        "open": "is-working", "ended": "is-closed", "withdrawn": "is-unconfirmed",
    }  # fmt: skip
    WORDS_LIMIT: ClassVar[int] = WHY_LIMIT
    place_field = "place"
    seen_by = (Role.SECRETARY, *STAFF)
    missing = _("There is no such campaign, or it does not reach your places.")
    shown_with = ("place",)

    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_LIMIT)
    why = models.CharField(max_length=WHY_LIMIT)
    question = models.CharField(max_length=20)
    looks_for: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    since = models.DateField(null=True)
    opened_on = models.DateField(null=True)
    until = models.DateField()
    until_before = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["place", "state"], name="campaign_place")]

    def __str__(self) -> str:
        return self.name

    @property
    def asks(self) -> Question:
        return questions()[self.question]

    @cached_property
    def asked(self) -> "list[Fact]":
        """Its facts, in their order."""
        return list(self.facts.order_by("pk"))

    @property
    def runs(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_over(self) -> bool:
        return self.state == State.ENDED

    @property
    def since_when(self) -> date:
        return self.since or date.min


class CampaignStep(TakenStep):
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="steps")


class Fact(models.Model):
    """What no record holds and a campaign asks for: of each household, or of the hamlet."""

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("yes or no")
        NUMBER = "number", _("how many")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="facts")
    name = models.CharField(max_length=FACT_LIMIT)
    kind = models.CharField(max_length=8, choices=Kind.choices)

    def __str__(self) -> str:
        return self.name

    @property
    def is_number(self) -> bool:
        return self.kind == self.Kind.NUMBER

    def tell(self, value: int | None) -> str:
        """An answer as it is read."""
        if value is None:
            return str(_("not asked yet"))
        return str(value) if self.is_number else str(_("yes") if value else _("no"))

    @property
    def most(self) -> int:
        return LARGEST if self.is_number else 1


class PartQuerySet(PlacedQuerySet["Part"]):
    def standing(self) -> Self:
        """Those of hamlets that there still are."""
        return self.filter(hamlet__closed_on=None)

    def left_over(self) -> Self:
        """Those of ended campaigns of which something becomes a matter: where the question settles
        by itself, the records are matters already."""
        ours = [one.name for one in questions().values() if not one.settles]
        rest = Q(left__gt=0, campaign__question__in=ours) | Q(unanswered=True)
        return self.standing().filter(rest, campaign__state=State.ENDED, matter=None)

    def asked_now(self) -> Self:
        return self.standing().filter(campaign__state=State.OPEN)


class Part(Living):
    """What one hamlet says in a campaign. ``said_by`` is whose word it is; once the campaign has
    ended, ``known`` and ``left`` keep what there was (``unanswered``: what was asked of the hamlet
    beside its records), and ``matter`` what became of the rest."""

    STEPS, TOLD = PART, PART_TOLD
    BADGES: ClassVar[dict[str, str]] = {
        "open": "is-unconfirmed", "nothing": "is-done", "done": "is-done", "checked": "is-closed",
        "sent_back": "is-returned",
    }  # fmt: skip
    WORDS_LIMIT: ClassVar[int] = 200
    seen_by = (Role.SECRETARY, *STAFF)
    missing = _("This hamlet has no part in it, or it is not in your charge.")
    shown_with = ("hamlet__parent", "campaign__place")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="parts")
    state = models.CharField(max_length=10, choices=Said.choices, default=Said.OPEN)
    said_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    known = models.PositiveIntegerField(null=True)
    left = models.PositiveIntegerField(null=True)
    unanswered = models.BooleanField(default=False)
    matter = models.PositiveIntegerField(null=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "hamlet"], name="campaign_part_once"),
        ]
        indexes = [models.Index(fields=["hamlet", "state"], name="campaign_part_place")]

    def __str__(self) -> str:
        return f"{self.campaign}"

    @property
    def ended(self) -> StrOrPromise:
        """Why nothing is said here any more; empty while it may be."""
        return self.hamlet.ended if self.campaign.runs else _("This campaign does not run now.")

    @property
    def has_spoken(self) -> bool:
        return self.state in SPOKEN


class PartStep(TakenStep):
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="steps")


class AnswerQuerySet(PlacedQuerySet["Answer"]):
    def standing(self) -> Self:
        return self.filter(value__isnull=False)

    def counted(self) -> Self:
        """Those of the hamlets, and of the households that live there."""
        lives = Q(household__left_on=None, household__merged_into=None)
        return self.standing().filter(Q(household=None) | lives)


class Answer(InHamlet):
    """A fact of one household, or of the hamlet (none): yes is 1, no 0, or how many. Written anew
    it is corrected, and empty it is withdrawn; ``before`` keeps what stood (value, day)."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="answers")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="answers")
    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    value = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    on = models.DateField()
    before: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact", "household"], name="campaign_answer_once"),
            models.UniqueConstraint(
                fields=["fact", "part"], condition=Q(household=None), name="campaign_fact_once"
            ),
        ]
        indexes = [models.Index(fields=["hamlet", "fact"], name="campaign_answer_place")]

    def __str__(self) -> str:
        return f"{self.fact_id}: {self.value}"

    @property
    def told(self) -> str:
        return self.fact.tell(self.value)

    @property
    def told_before(self) -> list[str]:
        return [self.fact.tell(value) for value, _day in self.before if value is not None]


class SampleQuerySet(PlacedQuerySet["Sample"]):
    def waiting(self) -> Self:
        """Where the hamlet has spoken, and nobody has looked since."""
        return self.filter(part__state__in=SPOKEN, part__campaign__state=State.OPEN)


class Sample(Placed):
    """That an office elsewhere looks at what a hamlet has said: another township, or the county if
    there is none that could. Sent back and said anew, it waits there again."""

    WORDS_LIMIT: ClassVar[int] = Part.WORDS_LIMIT
    place_field = "checker"
    seen_by = (Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)
    missing = _("There is no such sample, or it was given to somebody else.")
    shown_with = ("checker", "part__hamlet__parent__parent", "part__campaign")

    part = models.OneToOneField(Part, on_delete=models.CASCADE, related_name="sample")
    checker = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    drawn_on = models.DateField()

    objects = SampleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.part} · {self.part.hamlet}"

    @property
    def version(self) -> int:
        """Of what is looked at."""
        return self.part.version

    @property
    def waits(self) -> bool:
        return self.part.has_spoken and self.part.campaign.runs
