"""A dispute with its sides and the talks they had; read by its peacemaker and the hamlet's
secretary alone, and by neither who is a side of it (docs/adr/0017)."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.core.names import NameField
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.people.history import Living, TakenStep
from genxu.people.models import Account, Grant, Household
from genxu.people.roles import Role
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .workflow import BEFORE, ENDED, LOOK_BACK_AFTER, STEPS, TOLD, State

STORY_LIMIT, TERMS_LIMIT, LINE_LIMIT, NAME_LIMIT = 500, 500, 100, 40
FEWEST, MOST = 2, 6
"""So many sides a dispute has."""
PEACEMAKERS = (Role.SECRETARY, Role.MEMBER, Role.CENTRE_HOUSEHOLD)
"""The offices of a hamlet of which one makes peace there."""


class SideQuerySet(PlacedQuerySet["Side"]):
    def of(self, account: int | None, name: str) -> Self:
        """Those that somebody is, or is of: by the number of the household, by its head's or the
        person's name, or since he serves for it."""
        if account is None:
            return self.none()
        numbers = Account.objects.filter(pk=account).exclude(phone=None).values("phone")
        served = CentreHousehold.objects.serving().filter(account=account).values("household")
        named = Q(name=name) | Q(household__head_name=name)
        return self.filter(named | Q(household__phone__in=numbers) | Q(household__in=served))


class DisputeQuerySet(PlacedQuerySet["Dispute"]):
    def visible_to(self, actor: Actor) -> Self:
        """To the secretary, and to its peacemaker while he holds an office there; never to a side
        of it, whatever her office."""
        settles = within(actor, "hamlet", PEACEMAKERS) & Q(peacemaker=actor.account_id or 0)
        mine = Side.objects.filter(within(actor, "hamlet", PEACEMAKERS))
        mine = mine.of(actor.account_id, actor.name)
        rows = self.filter(within(actor, "hamlet", [Role.SECRETARY]) | settles)
        return rows.exclude(pk__in=mine.values("dispute"))

    def without_peacemaker(self) -> Self:
        """Those that nobody has, or somebody who holds no office there any more."""
        held = Grant.objects.filter(
            account=OuterRef("peacemaker"), place=OuterRef("hamlet"), role__in=PEACEMAKERS
        )
        return self.filter(~Exists(held), state__in=[*BEFORE, State.AGREED])

    def to_look_back_at(self) -> Self:
        """Those whose sides are to be asked whether the agreement holds."""
        return self.filter(state=State.AGREED, look_back_on__lte=clock.today())


class Dispute(Living):
    """A quarrel that somebody settles with its sides, free of charge (人民调解法 4).

    ``story``, ``terms``, ``manner`` are words of the sides, for those who settle it. ``terms`` is
    what is agreed, ``manner`` and ``until`` how and by when it is done (29). ``from_matter`` is
    the number of the matter that it was, ``matter`` that of the one which it became. ``again_on``:
    since when it is talked over again; ``round`` counts how often, ``reopened`` is once only.
    """

    class Kind(models.TextChoices):
        BOUNDARY = "boundary", _("Boundary and land")
        HOUSE = "house", _("Building and house")
        NEIGHBOURS = "neighbours", _("Between neighbours")
        FAMILY = "family", _("In the family")
        DEBT = "debt", _("Debts")
        WAGES = "wages", _("Wages")
        OTHER = "other", _("Another dispute")

    class Way(models.TextChoices):
        """人民调解法 28: on paper, or by word of mouth, then whoever settles it notes it down."""

        WORD = "word", _("By word of mouth")
        WRITTEN = "written", _("In writing")

    STEPS, TOLD, WORDS_LIMIT = STEPS, TOLD, 500
    BADGES: ClassVar[dict[str, str]] = {
        "talked": "is-working", "agreed": "is-working", "settled": "is-closed",
        "unheard": "is-unconfirmed", "no_agreement": "is-returned", "withdrawn": "is-unconfirmed",
    }  # fmt: skip
    seen_by = PEACEMAKERS
    missing = _("There is no such dispute, or it is not yours to settle.")
    shown_with = ("hamlet__parent__parent", "peacemaker")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    story = models.TextField()
    told_on = models.DateField()
    peacemaker = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    from_matter = models.PositiveIntegerField(null=True)
    matter = models.PositiveIntegerField(null=True)
    terms = models.TextField(blank=True)
    manner = models.CharField(max_length=LINE_LIMIT, blank=True)
    until = models.DateField(null=True)
    way = models.CharField(max_length=7, choices=Way.choices, blank=True)
    agreed_on = models.DateField(null=True)
    look_back_on = models.DateField(null=True)
    again_on = models.DateField(null=True)
    round = models.PositiveSmallIntegerField(default=1)
    reopened = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.TOLD)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["hamlet", "state"], name="dispute_place"),
            models.Index(fields=["peacemaker", "state"], name="dispute_peacemaker"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def is_side(self, account: int | None, name: str) -> bool:
        """Whether somebody is, or is of, one of its sides; asked once for each."""
        known: dict[int | None, bool] = self.__dict__.setdefault("_known", {})
        if account not in known:
            known[account] = self.sides.of(account, name).exists()
        return known[account]

    def undo(self, taken: TakenStep) -> None:
        """What the sides said yes to is taken back with it."""
        super().undo(taken)
        if taken.step == "agree":
            self.sides.update(yes="")

    def agree_on(self, day: date) -> dict[str, Any]:
        """The days of an agreement: it stands from the first, is looked back at on the other."""
        return {"agreed_on": day, "look_back_on": day + LOOK_BACK_AFTER}

    @property
    def first_day(self) -> date:
        """Before which nobody can have agreed."""
        return self.again_on or self.told_on

    @property
    def is_due(self) -> bool:
        day = self.look_back_on
        return self.state == State.AGREED and day is not None and day <= clock.today()

    @property
    def looks_for_agreement(self) -> bool:
        return self.state in BEFORE

    @property
    def shows_terms(self) -> bool:
        """Whether what was written down is still to be agreed, or was; not where they never did."""
        return self.state not in (State.NO_AGREEMENT, State.WITHDRAWN)

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED


class Side(InHamlet):
    """One side: a household of the register, or a person by name who has none here.

    ``yes`` is how it agreed, ``answer`` what it said a month later, ``word_by`` who heard that
    (empty: her own word, which stands above).
    """

    class Yes(models.TextChoices):
        """人民调解法 29: what makes it count on paper; by word of mouth it counts from the yes."""

        SIGNED = "signed", _("Signed")
        THUMB = "thumb", _("With the thumb")
        WORD = "word", _("By word of mouth")

    class Answer(models.TextChoices):
        HOLDS = "holds", _("It holds")
        BROKEN = "broken", _("It does not hold")
        UNREACHED = "unreached", _("Could not be asked")

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="sides")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, null=True, related_name="+")
    name = NameField(max_length=NAME_LIMIT, blank=True)
    yes = models.CharField(max_length=6, choices=Yes.choices, blank=True)
    answer = models.CharField(max_length=9, choices=Answer.choices, blank=True)
    answered_on = models.DateField(null=True)
    word_by = NameField(max_length=NAME_LIMIT, blank=True)

    objects = SideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "household"],
                condition=Q(household__isnull=False),
                name="side_once",
            ),
        ]

    def __str__(self) -> str:
        return self.household.label if self.household else self.name or str(_("Name erased"))

    @property
    def called(self) -> str:
        """Its name as it stands on paper."""
        return self.household.head_name if self.household else self.name

    @property
    def is_own_word(self) -> bool:
        return bool(self.answer) and not self.word_by


class Meeting(InHamlet):
    """A talk of the sides: when, who came, what was said; one noted wrongly is ``struck``."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="meetings")
    day = models.DateField()
    came = models.ManyToManyField(Side, related_name="+")
    words = models.TextField(blank=True)
    struck = models.BooleanField(default=False)

    def __str__(self) -> str:
        return date_format(self.day, "DATE_FORMAT")


class DisputeStep(TakenStep):
    """One step in the life of a dispute."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="steps")


def sides_of(dispute: Dispute) -> list[Side]:
    """In the order in which they were named, each with its household."""
    return list(dispute.sides.select_related("household").order_by("pk"))
