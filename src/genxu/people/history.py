"""What everything with a life of its own has in common: its steps, its version, its history."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genxu.core import clock, workflow
from genxu.core.access import Actor
from genxu.core.bulk import insert_rows
from genxu.core.errors import Conflict
from genxu.core.promises import StrOrPromise
from genxu.core.texts import optional
from genxu.core.workflow import Step, Words
from genxu.regions.models import Region
from genxu.regions.placed import InHamlet, Placed

from .models import Account

TAKE_BACK = "take_back"
TIME_TO_TAKE_BACK = timedelta(seconds=10 + 60)
"""Ten seconds on the page, and a minute more for a slow network."""
MOST_AT_ONCE = 5
"""More steps than this are no act of one moment."""


class TakenStep(models.Model):
    """One step in the life of something. Never changed afterwards; ``hamlet`` is where that lay: a
    hamlet mostly, a place above where it lives there (``LivingAt``).

    A class of it has the foreign key to what lives, and no more unless it remembers more.
    """

    shown_with: ClassVar[tuple[str, ...]] = ("by",)
    """What is read with the steps of a history."""

    hamlet = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12)
    at = models.DateTimeField()
    on = models.DateField()
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.TextField(blank=True)
    replaced: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    """What stood before in what a correction, or a step that can be taken back, has changed."""

    class Meta:
        abstract = True
        indexes = (models.Index(fields=["hamlet", "on"], name="%(class)s_place"),)

    def __str__(self) -> str:
        return f"{getattr(self, _key_to_thing(type(self)).attname)} {self.step}"

    @property
    def of(self) -> "type[LivingAt]":
        """The model of the thing that took it."""
        found: type[LivingAt] = _key_to_thing(type(self)).related_model
        return found

    def words_are(self, whose: Words) -> bool:
        known = self.of.STEPS.get(self.step)
        return known is not None and known.words == whose

    @property
    def is_private(self) -> bool:
        """Whether the words are not for all who see the thing (parts/history.html)."""
        return self.words_are(Words.PRIVATE)

    @property
    def by_whom(self) -> StrOrPromise:
        """Who took it, as a history says it."""
        return self.by.name if self.by else ""

    @property
    def told(self) -> StrOrPromise:
        """The step in plain words."""
        if self.step == TAKE_BACK:
            return _("The last step was taken back.")
        return self.of.TOLD.get(self.step) or self.of.STEPS[self.step].told

    @property
    def tone(self) -> str:
        """The colour of its dot in a history."""
        known = self.of.STEPS.get(self.step)
        return known.tone if known else ""


class LivingAt(Placed):
    """Something at a place with a life of its own: its state moves by steps of its table, each
    remembered in ``steps``; its version counts its changes. ``TOLD`` is what is said of a step that
    stands in no table: how it began. ``WORDS_LIMIT`` bounds a step's words; ``BADGES`` is the
    colour of a state that does not wait (``_states.scss``).
    """

    STEPS: ClassVar[Mapping[str, Step]] = {}
    TOLD: ClassVar[Mapping[str, StrOrPromise]] = {}
    BADGES: ClassVar[Mapping[str, str]] = {}
    WORDS_LIMIT: ClassVar[int] = 500
    steps: Any
    state: Any
    get_state_display: Any

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def badge(self) -> str:
        """The colour in which its state is shown."""
        return self.BADGES.get(self.state, "is-waiting")

    def history(self) -> list[Any]:
        """Its steps, the first one first."""
        beside = self.steps.model.shown_with
        return list(self.steps.select_related(*beside).order_by("pk"))

    def check_step(self, step: str) -> Step:
        """The step, if it fits the state; ``Conflict`` otherwise."""
        return workflow.check(self.STEPS, step, self.state, self.get_state_display())

    def advance(
        self,
        actor: Actor,
        step: str,
        *,
        words: str = "",
        target: str | None = None,
        about: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> Self:
        """Take one step of the table: check it, change the row, remember the step, and what it
        replaced if it can be taken back.

        ``target`` is where it leads if the table leaves it open; ``about`` goes with the memory.
        """
        words = optional(words, self.WORDS_LIMIT)
        chosen, before = self.check_step(step), self.state
        stood = self._fields() if chosen.mends else {}
        self.state = target or chosen.target or before
        self.version += 1
        for name, value in changes.items():
            setattr(self, name, value)
        self.save()
        about = {**(about or {})}
        replaced = {n: _plain(v) for n, v in stood.items() if v != getattr(self, n)}
        replaced |= about.pop("replaced", {})
        self.remember(actor, step, before, words, replaced=replaced, **about)
        return self

    def _fields(self) -> dict[str, Any]:
        names = [field.attname for field in self._meta.concrete_fields]
        return {name: getattr(self, name) for name in names if name not in ("id", "version")}

    def last_act(self, actor: Actor, since: int) -> list[TakenStep]:
        """The steps with which the actor has just brought the row on from the version ``since``,
        the last first; ``Conflict`` if they cannot be taken back, or not any more."""
        count = self.version - since
        fits = 0 < count <= MOST_AT_ONCE
        taken: list[TakenStep] = list(self.steps.order_by("-pk")[:count]) if fits else []
        if not taken or not all(self._can_be_undone(one, actor) for one in taken):
            raise Conflict(_("This cannot be taken back; put it right with the next step."))
        if taken[-1].at + TIME_TO_TAKE_BACK < clock.now():
            raise Conflict(_("It is too late to take it back; put it right with the next step."))
        return taken

    def _can_be_undone(self, taken: TakenStep, actor: Actor) -> bool:
        known = self.STEPS.get(taken.step)
        own = taken.by_id is not None and taken.by_id == actor.account_id
        return own and known is not None and known.mends

    def take_back(self, actor: Actor, since: int) -> Self:
        """Put the row back to how it was at the version ``since``. Both stay in the history."""
        before = self.state
        for taken in self.last_act(actor, since):
            self.undo(taken)
        self.version += 1
        self.save()
        self.remember(actor, TAKE_BACK, before)
        return self

    def undo(self, taken: TakenStep) -> None:
        """Put back what one step replaced; a model whose steps reach beyond its row does more."""
        put_back(self, taken.replaced)

    def remember(self, actor: Actor, step: str, before: str, words: str = "", **about: Any) -> None:
        """Write down a step just taken."""
        now = clock.now()
        self.steps.create(
            hamlet_id=self.place_code,
            step=step,
            from_state=before,
            to_state=self.state,
            at=now,
            on=timezone.localdate(now),
            by_id=actor.account_id,
            words=words,
            **about,
        )


class Living(LivingAt, InHamlet):
    """The same in a hamlet."""

    class Meta:
        abstract = True


def begin_many(
    steps: type[TakenStep],
    rows: Iterable[tuple[int, str]],
    actor: Actor,
    step: str,
    to_state: str,
    from_state: str = "",
) -> None:
    """A step of many rows (key, hamlet) at once: how they began, mostly."""
    now = clock.now()
    insert_rows(
        steps,
        (_key_to_thing(steps).name, "hamlet", "step", "from_state", "to_state", "at", "on", "by"),
        ((key, hamlet, step, from_state, to_state, now, timezone.localdate(now), actor.account_id)
         for key, hamlet in rows),
    )  # fmt: skip


@cache
def _key_to_thing(steps: type[TakenStep]) -> Any:
    """The field that says whose step it is: the first foreign key to something that lives."""
    keys: Iterable[Any] = (one for one in steps._meta.concrete_fields if one.is_relation)
    return next(one for one in keys if issubclass(one.related_model, LivingAt))


def put_back(row: models.Model, replaced: Mapping[str, Any]) -> None:
    """Set fields of a row to what ``replaced`` has kept of them."""
    for name, value in replaced.items():
        field: Any = row._meta.get_field(name)
        setattr(row, name, field.to_python(value))


def _plain(value: Any) -> Any:
    """A day or a moment as a text that loses nothing; anything else as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value
