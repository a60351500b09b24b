"""Suggestions, matters, and the steps, verdicts and tries that make a matter's life."""

from datetime import date, datetime
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor, under, within
from genxu.core.names import NameField
from genxu.core.promises import StrOrPromise
from genxu.core.workflow import Words
from genxu.people.history import Living, TakenStep, put_back
from genxu.people.models import Account
from genxu.people.roles import EVERYONE_BUT_AUDITORS, STAFF, Role
from genxu.regions.codes import ancestors_of
from genxu.regions.models import Region
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .deadlines import unpublished_year
from .suggestion_models import TEXT_LIMIT as TEXT_LIMIT
from .suggestion_models import WORDS_LIMIT as WORDS_LIMIT
from .suggestion_models import Suggestion as Suggestion
from .workflow import (
    ANSWERING,
    BEGINNINGS,
    FINISHED,
    OPEN,
    REOPENING,
    SHARED_TIERS,
    STEPS,
    TAKING_UP,
    TOLD_AT,
    WORKING,
    Answer,
    State,
    Tier,
    Urgency,
)

TITLE_LIMIT = 60


def readable_by(actor: Actor) -> models.Q:
    """The matters whose words the actor may read: ``rules.may_read`` as a condition."""
    return models.Q(tier__in=SHARED_TIERS) | raiser_known_to(actor)


def raiser_known_to(actor: Actor) -> models.Q:
    """Those of which she may know who raised them: ``rules.knows_who`` as a condition."""
    known = models.Q(pk__in=[])
    if actor.account_id:
        known |= models.Q(assignee=actor.account_id)
    for grant in actor.grants:
        if grant.role in (Role.SECRETARY, *STAFF):
            levels = [grant.place, *ancestors_of(grant.place)]
            known |= models.Q(under(grant.place, "hamlet"), place__in=levels)
    return known


def _this_minute() -> datetime:
    """Now, but the same for a minute, so that the count of a list can be remembered."""
    return clock.now().replace(second=0, microsecond=0)


class MatterQuerySet(PlacedQuerySet["Matter"]):
    """Matters, each with the judgement whether what it says may be read (``Matter.readable``).

    Here alone it is given; a matter that was read in any other way says nothing.
    """

    def _judged(self, condition: "models.Q | models.Value") -> Self:
        readable = models.ExpressionWrapper(condition, models.BooleanField())
        return self.annotate(readable=readable)

    def judged_for(self, actor: Actor) -> Self:
        """Judged by what the actor may read."""
        return self._judged(readable_by(actor))

    def visible_to(self, actor: Actor) -> Self:
        """Matters whose existence the actor may know, judged by what she may read.

        A centre household knows the hamlet's common and specialist matters, and the personal
        ones that were given to it.
        """
        neighbours = within(actor, "hamlet", [Role.CENTRE_HOUSEHOLD]) & (
            models.Q(tier__in=SHARED_TIERS) | models.Q(assignee=actor.account_id or 0)
        )
        known = within(actor, "hamlet", [Role.SECRETARY, *STAFF]) | neighbours
        return self.filter(known).judged_for(actor)

    def public(self) -> Self:
        """The common matters, to be read by everybody: the only ones that a public page shows."""
        standing = self.filter(tier=Tier.COMMON).exclude(state=State.WITHDRAWN)
        return standing._judged(models.Value(True))

    def shared(self) -> Self:
        """Those that are talked of before the whole hamlet, to be read there."""
        return self.filter(tier__in=SHARED_TIERS)._judged(models.Value(True))

    def of_receipt(self, suggestion: Suggestion) -> Self:
        """What came of a suggestion, to be read by whoever holds its receipt."""
        return self.filter(suggestions=suggestion)._judged(models.Value(True))

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def overdue(self, moment: datetime | None = None) -> Self:
        return self.filter(state__in=WORKING, due_at__lt=moment or _this_minute())

    def due_soon(self) -> Self:
        """Past the reminder at two thirds, not yet overdue."""
        now = _this_minute()
        return self.filter(state__in=WORKING, remind_at__lte=now, due_at__gte=now)


WORK = ("start", "note_progress", "answer", "finish", "explain")
"""The steps that whoever does the work takes."""


class Matter(Living):
    """A matter (民生实事): something to be done, until the resident's verdict closes it."""

    seen_by = EVERYONE_BUT_AUDITORS
    missing = _("There is no such matter, or it is not in your charge.")
    shown_with = ("hamlet__parent__parent", "place__parent")

    class Extension(models.TextChoices):
        NONE = "none", _("Not asked for")
        ASKED = "asked", _("Asked for")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    STEPS, TOLD, WORDS_LIMIT = STEPS, BEGINNINGS, WORDS_LIMIT

    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices, blank=True)
    urgency = models.CharField(
        _("urgency"), max_length=8, choices=Urgency.choices, default=Urgency.ORDINARY
    )
    registered_at = models.DateTimeField()
    remind_at = models.DateTimeField()
    due_at = models.DateTimeField(_("due"))
    uncounted_year = models.PositiveSmallIntegerField(null=True, blank=True)
    """The year without whose holidays the deadline was counted, as they were not published."""
    done_on = models.DateField(null=True)
    assignee = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    assignee_name = NameField(_("who deals with it"), max_length=40, blank=True)
    extension = models.CharField(max_length=8, choices=Extension.choices, default=Extension.NONE)
    extension_days = models.PositiveSmallIntegerField(default=0)
    result = models.TextField(_("what was done"), max_length=WORDS_LIMIT, blank=True)
    basis = models.TextField(_("legal basis"), max_length=WORDS_LIMIT, blank=True)
    """Why in law it cannot be done, if it was explained."""
    round = models.PositiveSmallIntegerField(default=1)
    suggestions: "models.ManyToManyField[Suggestion, Voice]" = models.ManyToManyField(
        Suggestion, through="Voice", related_name="matters"
    )

    objects = MatterQuerySet.as_manager()
    readable = False
    """Whether the reader at hand may see what it says: judged by the queryset alone."""

    class Meta:
        indexes = [
            models.Index(fields=["hamlet", "state"], name="matter_hamlet"),
            models.Index(fields=["place", "state"], name="matter_place"),
            models.Index(fields=["done_on", "id"], name="matter_done"),
            models.Index(fields=["state", "due_at"], name="matter_due"),
            models.Index(
                fields=["uncounted_year"],
                condition=models.Q(uncounted_year__isnull=False),
                name="matter_uncounted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def advance(
        self, actor: Actor, step: str, *, target: str | None = None, **changes: Any
    ) -> Self:
        """Take one step; it is done from the day on which work on it ended."""
        to = target or STEPS[step].target or self.state
        if to not in FINISHED:
            changes["done_on"] = None
        elif self.state not in FINISHED:
            changes.setdefault("done_on", clock.today())
        if "due_at" in changes:
            changes["uncounted_year"] = self._uncounted(**changes)
        return super().advance(actor, step, target=target, **changes)

    def remember(self, actor: Actor, step: str, before: str, words: str = "", **about: Any) -> None:
        about = {"place_id": self.place_id, "due_at": self.due_at, **about}
        super().remember(actor, step, before, words, **about)

    def undo(self, taken: TakenStep) -> None:
        """A correction may have changed what was said, too."""
        replaced = dict(taken.replaced)
        if said := replaced.pop("said", None):
            Suggestion.objects.filter(pk=said["suggestion"]).update(text=said["text"])
        put_back(self, replaced)

    def _uncounted(self, *, due_at: datetime, **changes: Any) -> int | None:
        """The year without whose holidays a new deadline is counted."""
        more = changes.get("extension_days", self.extension_days)
        granted = changes.get("extension", self.extension) == self.Extension.APPROVED
        urgency = changes.get("urgency", self.urgency)
        return unpublished_year(due_at, urgency, more if granted else 0)

    @property
    def shown_title(self) -> str:
        """The title, or that there is nothing to be read."""
        return self.title if self.readable else str(_("A personal matter, kept private"))

    @property
    def shown_result(self) -> str:
        """What was done, as far as it may be read."""
        return self.result if self.readable else ""

    @cached_property
    def workers(self) -> frozenset[int]:
        """The accounts whose work a verdict of now is about: who has it in hand, and who took a
        step of the work between the last reopening and the report that it is done."""
        steps = self.steps.order_by("pk")
        done = steps.filter(step__in=("finish", "explain", "no_agreement")).last()
        began = steps.filter(step__in=TAKING_UP, to_state=State.UNDER_WAY)
        last = began.filter(pk__lt=done.pk).last() if done else began.last()
        work = steps.filter(step__in=WORK, by__isnull=False)
        if last:
            work = work.filter(pk__gt=last.pk)
        ones = [self.assignee_id, *work.values_list("by", flat=True)]
        return frozenset(one for one in ones if one is not None)

    def is_work_of(self, name: str) -> bool:
        """Whether somebody of this name did the work that a verdict of now is about."""
        known = Account.objects.filter(pk__in=self.workers).values_list("name", flat=True)
        return name in {self.assignee_name, *known} - {""}

    @property
    def is_overdue(self) -> bool:
        return self.state in WORKING and self.due_at < clock.now()

    @property
    def is_due_soon(self) -> bool:
        return self.state in WORKING and self.remind_at <= clock.now() <= self.due_at


class Voice(models.Model):
    """That a suggestion is behind a matter: many to many, so that a second wish can join."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="voices")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="voices")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "matter"], name="voice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} → {self.matter_id}"


class MatterStep(TakenStep):
    """One step in a matter's life, with the words that go with it; ``place`` is where it lay,
    ``due_at`` the deadline that held from then on."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="steps")
    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()

    @property
    def is_by_receipt(self) -> bool:
        """Whether it was the resident herself who took the step."""
        return self.step in ("give_verdict", "overrule", "disown_verdict", "take_back_verdict")

    @property
    def is_told(self) -> bool:
        """Whether the words are for the resident who waits."""
        return self.words_are(Words.FOR_WHO_WAITS)

    @property
    def by_whom(self) -> StrOrPromise:
        return _("By receipt") if self.by is None and self.is_by_receipt else super().by_whom

    @property
    def before(self) -> list[str]:
        """The words that a correction replaced."""
        if self.step != "correct":
            return []
        said = self.replaced.get("said", {}).get("text")
        return [one for one in (self.replaced.get("title"), said) if one]

    @property
    def told(self) -> StrOrPromise:
        """The step in plain words; a verdict says what it led to."""
        if self.step in ("give_verdict", "overrule") and self.from_state == self.to_state:
            return _("One of those who raised it has answered.")
        return TOLD_AT.get((self.step, self.to_state)) or super().told

    @property
    def tone(self) -> str:
        if self.step in ANSWERING or self.to_state == State.CLOSED:
            bad = (State.UNDER_WAY, State.REFERRED)
            return "is-done" if self.to_state == State.CLOSED else "is-bad" * (self.to_state in bad)
        return super().tone


class VerdictQuerySet(PlacedQuerySet["Verdict"]):
    def live(self) -> Self:
        """Those that stand, or wait to."""
        return self.filter(status__in=Verdict.LIVE)

    def standing_on(self, day: date) -> Self:
        """Those that stood at the end of a day, whatever came later."""
        ended = models.Q(ended_on__isnull=False, ended_on__lte=day)
        return self.filter(stands_from__lte=day).exclude(ended)


class Verdict(InHamlet):
    """What a resident says of a matter done: one that counts for each suggestion and round.

    No answer is ever deleted. What was noted down for her waits (``pending``) before it stands,
    unless it is a bad word; what she says herself stands at once, and above it. ``before`` is how
    the matter stood when it was given, ``matter_version`` the one that it made.
    """

    class Status(models.TextChoices):
        STANDING = "standing", _("It stands")
        PENDING = "pending", _("It waits for her to see it")
        OVERRULED = "overruled", _("Her own word came after it")
        DISOWNED = "disowned", _("She never said it")
        TAKEN_BACK = "taken_back", _("She took it back")

    class How(models.TextChoices):
        IN_PERSON = "in_person", _("Face to face")
        BY_PHONE = "by_phone", _("By phone")
        AT_TALK = "at_talk", _("At the talk")

    LIVE = (Status.STANDING, Status.PENDING)

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="verdicts")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="verdicts")
    round = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=20, choices=Answer.choices)
    words = models.TextField(blank=True)
    by_voice = models.BooleanField(
        default=False, help_text="given by word of mouth, recorded by an account"
    )
    code_was_shown = models.BooleanField(
        default=False, help_text="given with a code that staff had read"
    )
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    heard_by = models.CharField(_("who heard it"), max_length=40, blank=True)
    heard_on = models.DateField(_("heard on"), null=True, blank=True)
    heard_how = models.CharField(_("how"), max_length=10, choices=How.choices, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.STANDING)
    stands_from = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    overrules = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    matter_version = models.PositiveIntegerField(default=0)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "suggestion", "round"],
                condition=models.Q(status__in=("standing", "pending")),
                name="verdict_live_once_a_round",
            ),
        ]
        indexes = [
            models.Index(fields=["hamlet", "stands_from"], name="verdict_place"),
            models.Index(
                fields=["at"], condition=models.Q(status="pending"), name="verdict_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.answer}"

    @property
    def is_bad(self) -> bool:
        return self.answer in REOPENING

    @property
    def is_pending(self) -> bool:
        return self.status == self.Status.PENDING

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE


class AskingBack(models.Model):
    """One try to ask the resident (回访); tries count once a day."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="tries")
    round = models.PositiveSmallIntegerField()
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "round", "on"], name="one_try_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.on}"
