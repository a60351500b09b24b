"""What a member takes on, promises and lets be seen; his word on what is told of him."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor, within
from genxu.organisation.branches.models import Member
from genxu.people.history import Living, TakenStep
from genxu.people.models import Account, Household
from genxu.people.roles import KEEPERS, Role
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .workflow import (
    OBJECTION_STEPS,
    OBJECTION_TOLD,
    POST_STEPS,
    POST_TOLD,
    PROMISE_STEPS,
    PROMISE_TOLD,
    ObjectionState,
    PostState,
    PromiseState,
)

ABOUT_LIMIT, PROMISE_LIMIT, TOLD_LIMIT = 60, 120, 200
SEEN_BY = (*KEEPERS, Role.MEMBER)


T = TypeVar("T", bound="_OfMember")


class OwnQuerySet(PlacedQuerySet[T]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the hamlets that the actor keeps, and his own (个人信息保护法 28, 45)."""
        kept = within(actor, "hamlet", KEEPERS)
        return self.filter(kept | models.Q(member__account=actor.account_id or 0))


class _OfMember(Living):
    """Something of a member: his own word (``noted_by`` is empty), or noted down for him."""

    seen_by = SEEN_BY
    shown_with = ("hamlet", "member", "noted_by")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="%(class)ss")
    noted_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True


class Post(_OfMember):
    """A post (设岗定责) that a member has taken on; ``doors`` are the households of his area."""

    class Kind(models.TextChoices):
        POLICY = "policy", _("Explains policy")
        PEACE = "peace", _("Settles disputes")
        TIDINESS = "tidiness", _("Minds cleanliness")
        CARE = "care", _("Looks in on the old and alone")
        SAFETY = "safety", _("Minds safety")
        COUNSEL = "counsel", _("Watches how things are decided")
        OTHER = "other", _("Another post")

    STEPS, TOLD = POST_STEPS, POST_TOLD
    BADGES: ClassVar[dict[str, str]] = {"held": "is-closed", "given_up": "is-unconfirmed"}
    missing = _("There is no such post, or it is not in your charge.")

    kind = models.CharField(_("post"), max_length=10, choices=Kind.choices)
    about = models.CharField(_("what for"), max_length=ABOUT_LIMIT, blank=True)
    since = models.DateField()
    state = models.CharField(max_length=10, choices=PostState.choices, default=PostState.HELD)

    objects = OwnQuerySet["Post"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "about"],
                condition=models.Q(state="held"),
                name="post_held_once",
            ),
        ]
        indexes = [models.Index(fields=["hamlet", "state"], name="post_place")]

    def __str__(self) -> str:
        return self.about or str(self.get_kind_display())

    @property
    def numbers(self) -> list[int]:
        """The numbers of the households of its area."""
        found = (door.household.number for door in self.doors.all())
        return sorted(number for number in found if number)


class Door(InHamlet):
    """That a household lies in the area of a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="doors")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "household"], name="door_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.household_id}"


class Promise(_OfMember):
    """A promise (承诺) with its day; ``records`` are the keys of the deeds that keep it."""

    STEPS, TOLD = PROMISE_STEPS, PROMISE_TOLD
    BADGES: ClassVar[dict[str, str]] = {
        "kept": "is-closed", "not_kept": "is-unconfirmed", "withdrawn": "is-unconfirmed"
    }  # fmt: skip
    missing = _("There is no such promise, or it is not in your charge.")

    text = models.CharField(_("promise"), max_length=PROMISE_LIMIT)
    given_on = models.DateField()
    due_on = models.DateField(_("by when"))
    kept_on = models.DateField(null=True)
    records: "models.JSONField[list[list[str]], list[list[str]]]" = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=PromiseState.choices, default=PromiseState.GIVEN
    )

    objects = OwnQuerySet["Promise"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["hamlet", "state", "due_on"], name="promise_place"),
            models.Index(fields=["member", "kept_on"], name="promise_member"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_due(self) -> bool:
        return self.state == PromiseState.GIVEN and self.due_on <= clock.today()


class Objection(_OfMember):
    """That a member says of a line told of him: this is not right."""

    STEPS, TOLD = OBJECTION_STEPS, OBJECTION_TOLD
    BADGES: ClassVar[dict[str, str]] = {"upheld": "is-closed", "answered": "is-closed"}
    missing = _("There is no such objection, or it is not in your charge.")

    key = models.CharField(max_length=60)
    told = models.CharField(max_length=TOLD_LIMIT)
    on = models.DateField()
    why = models.CharField(_("what is wrong"), max_length=TOLD_LIMIT)
    state = models.CharField(
        max_length=10, choices=ObjectionState.choices, default=ObjectionState.RAISED
    )

    objects = OwnQuerySet["Objection"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], name="objection_once"),
        ]

    def __str__(self) -> str:
        return self.told


class Profile(InHamlet):
    """A member's own word on himself: since when he lets his membership be seen (亮身份), by
    ``card``; and the lines told of him that he has read (``seen``)."""

    missing = _("There is no such member, or it is not in your charge.")

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="profile")
    card = models.CharField(max_length=10, unique=True)
    shown_since = models.DateField(null=True)
    noted_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    seen: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    seen_on = models.DateField(null=True)

    objects = PlacedQuerySet["Profile"].as_manager()

    def __str__(self) -> str:
        return f"{self.member_id}"


class PostStep(TakenStep):
    """One step in the life of a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="steps")


class PromiseStep(TakenStep):
    """One step in the life of a promise."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="steps")


class ObjectionStep(TakenStep):
    """One step in the life of an objection."""

    objection = models.ForeignKey(Objection, on_delete=models.CASCADE, related_name="steps")
