"""Accounts that sign in by phone, what each may do where, and households."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, Kind
from genxu.core.access import Grant as CoreGrant
from genxu.core.codes import Coded
from genxu.core.names import NameField
from genxu.regions.models import Region
from genxu.regions.placed import InHamlet, PlacedQuerySet

from .roles import KEEPERS, Role

MOBILE = r"^1[3-9][0-9]{9}\Z"
mobile = RegexValidator(MOBILE, _("A mobile number has 11 digits and begins with 1."))


def masked(phone: str | None) -> str:
    return f"{phone[:3]}****{phone[-4:]}" if phone else ""


class AccountManager(BaseUserManager["Account"]):
    def that_may_sign_in(self) -> "models.QuerySet[Account]":
        """Those that are open and hold a role."""
        held = Grant.objects.filter(account=models.OuterRef("pk"))
        return self.filter(models.Exists(held), is_active=True)

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(phone=username)


class Account(AbstractBaseUser):
    """A person who signs in with a phone number; while it has none (``numbers``), nobody does."""

    phone = models.CharField(
        _("phone"), max_length=11, unique=True, null=True, blank=True, validators=[mobile]
    )
    name = NameField(_("name"), max_length=40)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    sessions_ended = models.PositiveIntegerField(default=0)
    """How often all sessions were ended; each belongs to the number it began with."""

    known_grants: "list[Grant] | None" = None
    """The grants, if they were read together with the account."""

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name

    @property
    def place_code(self) -> str:
        return ""

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must have been begun with: the password, and no end of sessions since."""
        told = f"{self.password} {self.sessions_ended}"
        return salted_hmac("genxu session", told, secret=secret, algorithm="sha256").hexdigest()

    def actor(self) -> Actor:
        """This account as the access rules see it."""
        known = self.grants.all() if self.known_grants is None else self.known_grants
        grants = tuple(CoreGrant(grant.role, grant.place_id) for grant in known)
        return Actor(Kind.ACCOUNT, str(self.pk), self.name, grants)


class Grant(models.Model):
    """A role that an account holds at a place and in all below it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    shown_phone = models.CharField(max_length=11, blank=True, default="")
    """The number that she let stand on the public page of her office: no other one is shown."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "role", "place"], name="grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.place_id}"

    @property
    def place_code(self) -> str:
        return self.place_id


NAME_LIMIT = 40
HEADS_LIMIT = 99
NUMBER_LIMIT = 9999


def label_of(head_name: str, number: int) -> str:
    """How a household is picked from a list: the head's name and the number of the house."""
    return gettext("%(name)s (%(number)s)") % {
        "name": head_name or _("Name erased"), "number": number
    }  # fmt: skip


class HouseholdQuerySet(PlacedQuerySet["Household"]):
    def living_here(self) -> Self:
        """Neither moved away nor found to be another household's double."""
        return self.filter(left_on=None, merged_into=None)

    def with_rare(self) -> Self:
        """With what few of them have, to be asked for of those alone."""
        doubles = Household.objects.filter(merged_into=models.OuterRef("pk"))
        numbers = FormerNumber.objects.filter(household=models.OuterRef("pk"))
        return self.annotate(has_doubles=models.Exists(doubles), has_moved=models.Exists(numbers))


class Household(InHamlet):
    """A household (户): its head's name, a phone number, a head count; no more is kept.

    ``number`` is its place in the order of doors, one at a time; of those that are gone it tells
    where they lived.
    ``initials`` are the first letters of the head's name in pinyin, to be found by.
    The name is empty once the household had it erased (个人信息保护法 47): only the count stays.
    """

    seen_by = KEEPERS
    """The whole register is for the hamlet, its village and its township, never further up."""
    missing = _("There is no such household, or it is not in your charge.")
    shown_with = ("hamlet__parent__parent", "merged_into")

    number = models.PositiveSmallIntegerField(_("number"))
    head_name = NameField(_("name of the head"), max_length=NAME_LIMIT, blank=True)
    initials = models.CharField(max_length=NAME_LIMIT, blank=True)
    phone = models.CharField(_("phone"), max_length=11, blank=True, validators=[mobile])
    head_count = models.PositiveSmallIntegerField(_("head count"))
    left_on = models.DateField(_("moved away on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="doubles"
    )
    erasure_asked_on = models.DateField(_("asked to be erased on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    has_doubles = has_moved = True
    """Whether there are any, or numbers of before (``with_rare``); unless asked, there may be."""

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hamlet", "number"],
                condition=models.Q(left_on=None, merged_into=None),
                name="household_number",
            ),
        ]
        # SQLite does not use the key's own index where nearly all of it is empty.
        indexes = [
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="household_doubles",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return label_of(self.head_name, self.number)

    @property
    def phone_masked(self) -> str:
        """The phone number as its owner recognises it and nobody else reads it."""
        return masked(self.phone)

    @property
    def is_erased(self) -> bool:
        return not self.head_name

    @property
    def lives_here(self) -> bool:
        return self.left_on is None and self.merged_into_id is None

    @property
    def doubles_here(self) -> "list[Household]":
        """The entries merged into it; asked for only where there are some (``with_rare``)."""
        return list(self.doubles.order_by("number")) if self.has_doubles else []

    @property
    def numbers_before(self) -> "list[FormerNumber]":
        """The same of the numbers that it had before."""
        return list(self.former_numbers.order_by("until", "pk")) if self.has_moved else []

    @cached_property
    def entries(self) -> list[int]:
        """Its keys in the register: its own, those of the doubles merged into it, and of theirs."""
        found, newest = [self.pk], [self.pk]
        while newest:
            doubles = Household.objects.filter(merged_into__in=newest).order_by("pk")
            newest = list(doubles.values_list("pk", flat=True))
            found += newest
        return found


class Event(models.TextChoices):
    """What can happen to a household as a whole."""

    MOVED_AWAY = "moved_away", _("Moved away")
    MERGED = "merged", _("Merged with another entry")
    ERASED = "erased", _("Erased")


class HouseholdEvent(InHamlet):
    """Something that happened to a household as a whole, with what it changed elsewhere (table,
    key, field, before, after), so that it can be taken back: the change itself, not its opposite.

    Of what was changed no name and no word is kept; ``why`` is the reason of taking it back.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="events")
    event = models.CharField(max_length=12, choices=Event.choices)
    on = models.DateField()
    at = models.DateTimeField()
    changed = models.JSONField(default=list)
    undone_on = models.DateField(null=True)
    why = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.household_id} {self.event} {self.on}"


class HeadCountChangeQuerySet(PlacedQuerySet["HeadCountChange"]):
    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_on=None)


class HeadCountChange(InHamlet):
    """By how much the people of a hamlet became more or fewer on a day, household by household.

    Their sum is the population on any day; those of a household's double are not counted, nor
    those that were withdrawn, because what they came of had never been.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="changes")
    day = models.DateField()
    change = models.SmallIntegerField()
    event = models.ForeignKey(
        HouseholdEvent, on_delete=models.SET_NULL, null=True, related_name="counts"
    )
    withdrawn_on = models.DateField(null=True)

    objects = HeadCountChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["hamlet", "day"], name="head_count_place")]

    def __str__(self) -> str:
        return f"{self.household_id} {self.day} {self.change:+d}"


class FormerNumber(models.Model):
    """The number that a household had in a hamlet until a day: it moved, or the hamlet was merged.

    The name of the hamlet is kept as it was: people know the number together with it.
    """

    household = models.ForeignKey(
        Household, on_delete=models.CASCADE, related_name="former_numbers"
    )
    hamlet_name = models.CharField(max_length=80)
    number = models.PositiveSmallIntegerField()
    until = models.DateField()

    def __str__(self) -> str:
        return f"{self.hamlet_name} {self.number}"


class ToldApart(InHamlet):
    """Two households that look like doubles and are not: nobody asks about them again."""

    first = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="told_apart_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class HouseholdNeed(models.Model):
    """That a household wants looking after (个人信息保护法 28: sensitive): for handlers only,
    each reading is logged, and nothing beyond the kind and the day is kept (of needs noted before
    days were kept, not even that)."""

    class Kind(models.TextChoices):
        LIVES_ALONE = "lives_alone", _("An old person living alone")
        CHILDREN_LEFT = "children_left", _("Children left behind")
        DISABILITY = "disability", _("A disability in the house")
        ILLNESS = "illness", _("A long illness in the house")
        HARDSHIP = "hardship", _("Hardship")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    noted_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "kind"], name="need_once"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind}"


class HouseholdLink(Coded):
    """The code by which a household opens its own page, without log-in; a new one replaces it."""

    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="link")
    issued_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.household_id}"


class SignInCode(models.Model):
    """A code by text message: marks and what is sealed, so that nothing here opens anything.

    Asked for by any number; ``account`` is there once the job has found one behind it.
    """

    token_mark = models.CharField(max_length=64, unique=True)
    code_mark = models.CharField(max_length=64)
    phone_sealed = models.TextField()
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    guesses = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.pk}"
