"""Evening talks: what was said where, and what was put right of it later."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from genxu.core.names import NameField
from genxu.institutions.matters.models import Suggestion
from genxu.people.history import Living, TakenStep, put_back
from genxu.people.models import Account
from genxu.people.roles import EVERYONE_BUT_AUDITORS
from genxu.regions.placed import PlacedQuerySet

from .workflow import STEPS, TOLD, State

FACTS = ("held_on", "venue", "topic", "head_count", "host", "recorder")
"""What is written down of the evening itself."""


class TalkQuerySet(PlacedQuerySet["Talk"]):
    """Talks. Their order is that of the evenings, whenever they were written down; two of one
    evening follow each other as they were written."""

    def standing(self) -> Self:
        return self.filter(state=State.RECORDED)

    def held(self) -> Self:
        """Those that stand and to which somebody came, counted or not."""
        return self.standing().exclude(head_count=0)

    def before(self, day: Any, pk: Any) -> Self:
        """Those of earlier evenings, or written earlier of the same."""
        return self.filter(models.Q(held_on__lt=day) | models.Q(held_on=day, pk__lt=pk))

    def numbered(self) -> Self:
        """With the number that each has by the order of the evenings: nobody gives it, so that it
        cannot lie when an evening is written down late. One query for all."""
        earlier = Talk.objects.standing().filter(hamlet=models.OuterRef("hamlet"))
        earlier = earlier.before(models.OuterRef("held_on"), models.OuterRef("pk")).order_by()
        counted = earlier.values("hamlet").annotate(n=models.Count("pk")).values("n")
        return self.annotate(number=Coalesce(models.Subquery(counted), 0) + 1)


class Talk(Living):
    """An evening talk (村湾夜话): numbered within its hamlet by the order of the evenings.

    ``head_count`` 0: it was offered and nobody came; None: nobody counted.
    """

    STEPS, TOLD = STEPS, TOLD
    seen_by = EVERYONE_BUT_AUDITORS
    missing = _("There is no such talk, or it is not in your charge.")
    shown_with = ("hamlet", "joined_to")

    held_on = models.DateField(_("date"))
    venue = models.CharField(_("place"), max_length=60)
    topic = models.CharField(_("topic"), max_length=60)
    head_count = models.PositiveSmallIntegerField(_("head count"), null=True)
    host = NameField(_("host"), max_length=40)
    recorder = NameField(_("recorder"), max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECORDED)
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    suggestions: "models.ManyToManyField[Suggestion, Raised]" = models.ManyToManyField(
        Suggestion, through="Raised", related_name="+"
    )

    objects = TalkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["hamlet", "held_on"], name="talk_place"),
            models.Index(fields=["held_on", "id"], name="talk_day"),
        ]

    def __str__(self) -> str:
        return self.topic

    @cached_property
    def number(self) -> int:
        """Where its list was not ``numbered()``."""
        rows = Talk.objects.standing().filter(hamlet=self.hamlet_id)
        return rows.before(self.held_on, self.pk).count() + 1

    @property
    def stands(self) -> bool:
        return self.state == State.RECORDED

    @property
    def nobody_came(self) -> bool:
        return self.head_count == 0

    def undo(self, taken: TakenStep) -> None:
        """What was said is put back where that was corrected."""
        assert isinstance(taken, TalkStep)
        if taken.suggestion is not None:
            put_back(taken.suggestion, taken.fields_of_said)
            taken.suggestion.save()
            return
        super().undo(taken)
        self.said_that_day()

    def said_that_day(self) -> None:
        """Its suggestions were made on its evening."""
        Suggestion.objects.filter(raised__talk=self).update(said_on=self.held_on)


class Raised(models.Model):
    """That a suggestion was raised at a talk, and as which."""

    suggestion = models.OneToOneField(
        Suggestion, on_delete=models.CASCADE, primary_key=True, related_name="raised"
    )
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="raised")
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.talk_id}.{self.position}"


class TalkStep(TakenStep):
    """What was put right of a talk, or of one suggestion made there; ``replaced`` is what stood
    before."""

    shown_with = ("by", "suggestion__raised")
    SAID: ClassVar[dict[str, Any]] = {"text": _("What was said"), "who": _("Who raised it"),
                                      "reply": _("What was replied")}  # fmt: skip

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="steps")
    suggestion = models.ForeignKey(
        Suggestion, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    @property
    def about(self) -> Any:
        """Which of the suggestions it corrects."""
        place = getattr(self.suggestion, "raised", None)
        return _("Suggestion %(n)s") % {"n": place.position} if place else ""

    @property
    def fields_of_said(self) -> dict[str, Any]:
        """Of a suggestion: its fields, without the word for who raised it."""
        return {name: value for name, value in self.replaced.items() if name != "who"}

    @property
    def before(self) -> list[tuple[Any, Any]]:
        """(what, how it stood before) for each part that a correction changed."""
        if self.step == "correct":
            facts = [(name, self.replaced[name]) for name in FACTS if name in self.replaced]
            return [(_called(name), _shown(value)) for name, value in facts]
        if self.step == "correct_said":
            return [(self.SAID[name], self.replaced[name]) for name in self.SAID
                    if name in self.replaced]  # fmt: skip
        return []


def _called(name: str) -> Any:
    field: Any = Talk._meta.get_field(name)
    return field.verbose_name


def _shown(value: Any) -> Any:
    """As it is read: a day is a day again."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


class Photo(models.Model):
    """A picture of a talk, if somebody took one; never asked for."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to="talks/%Y/%m/")

    def __str__(self) -> str:
        return f"{self.talk_id} {self.file.name}"

    @property
    def place_code(self) -> str:
        return self.talk.hamlet_id
