"""What is asked for in an office goes on with the office: whoever holds it next sees it too."""

from collections.abc import Collection
from typing import Self, TypeVar

from django.db import models

from genxu.core import clock
from genxu.core.access import Actor
from genxu.regions.models import Region
from genxu.regions.placed import Placed, PlacedQuerySet

from .models import Account
from .roles import Role

A = TypeVar("A", bound="AskedFor")


class AskedForQuerySet(PlacedQuerySet[A]):
    """Rows of those who asked for them, and of their offices."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those of the offices that one holds; those of the operator are seen by
        nobody else."""
        return self.filter(models.Q(asked_by=actor.label) | models.Q(office__in=actor.offices))


class AskedFor(Placed):
    """Something asked for by an actor at a place; ``office`` is the one in which it was asked
    for (role@place), empty if in none."""

    place_field = "place"

    place = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=64)
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    office = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        abstract = True

    def ask(self, actor: Actor, roles: Collection[str]) -> Self:
        """Note who asks for it, and in which office of these roles; who goes on with it, likewise.

        A centre household holds no office with others: there are several in a hamlet, and what
        one of them was given is not for the next.
        """
        self.asked_by, self.account_id = actor.label, actor.account_id
        shared = [role for role in roles if role != Role.CENTRE_HOUSEHOLD]
        self.office = actor.office_at(self.place_code, shared)
        self.asked_at = self.asked_at or clock.now()
        return self

    def is_of(self, actor: Actor) -> bool:
        return self.asked_by == actor.label or self.office in actor.offices

    @property
    def asker(self) -> str:
        """Who asked for it, for those of the same office."""
        return self.account.name if self.account else ""
