"""Accounts that sign in by phone, what each may do where, and households."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, Kind, within
from genxu.core.access import Grant as CoreGrant
from genxu.regions.models import Region

from .roles import Role

mobile = RegexValidator(r"^1[3-9][0-9]{9}\Z", _("A mobile number has 11 digits and begins with 1."))


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(phone=username)


class Account(AbstractBaseUser):
    """A person who signs in with a phone number."""

    phone = models.CharField(_("phone"), max_length=11, unique=True, validators=[mobile])
    name = models.CharField(_("name"), max_length=40)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()

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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "role", "place"], name="grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.place_id}"

    @property
    def place_code(self) -> str:
        return self.place_id


class HouseholdQuerySet(models.QuerySet["Household"]):
    def visible_to(self, actor: Actor) -> Self:
        """The households of the hamlets where the actor works."""
        from .rules import see_households

        return self.filter(within(actor, "hamlet", see_households.roles))


class Household(models.Model):
    """A household (户): its head's name, a phone number, a head count; no more is kept."""

    hamlet = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    head_name = models.CharField(_("name of the head"), max_length=40)
    phone = models.CharField(_("phone"), max_length=11, blank=True, validators=[mobile])
    head_count = models.PositiveSmallIntegerField(_("head count"))

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hamlet", "number"], name="household_number"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def place_code(self) -> str:
        return self.hamlet_id

    @property
    def label(self) -> str:
        """How the household is picked from a list: the head's name and the number of the house."""
        return f"{self.head_name} ({self.number})"
