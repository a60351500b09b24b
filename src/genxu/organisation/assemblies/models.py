"""Assemblies: convened, attended, tallied. The rule of the body decides what carried."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor, under, within
from genxu.people.models import Account
from genxu.regions.models import Region

from .bodies import Basis, BodyName


class AssemblyQuerySet(models.QuerySet["Assembly"]):
    def visible_to(self, actor: Actor) -> Self:
        from .rules import see_assemblies

        return self.filter(within(actor, "hamlet", see_assemblies.roles))

    def under(self, code: str) -> Self:
        return self.filter(under(code, "hamlet"))


class Assembly(models.Model):
    """A meeting that decides: its body, its notice, who was due, who came, in which way."""

    class State(models.TextChoices):
        CONVENED = "convened", _("Convened")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    hamlet = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(_("body"), max_length=24, choices=BodyName.choices)
    title = models.CharField(_("title"), max_length=60)
    venue = models.CharField(_("venue"), max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CONVENED)
    announced_on = models.DateField(_("notice given on"))
    meets_at = models.DateTimeField(_("meets at"))
    basis = models.CharField(_("counted by"), max_length=12, choices=Basis.choices)
    due = models.PositiveIntegerField(_("due to attend"))
    in_person = models.PositiveIntegerField(_("in person"), default=0)
    online = models.PositiveIntegerField(_("online"), default=0)
    proxies = models.PositiveIntegerField(_("by proxy"), default=0)
    papers = models.PositiveIntegerField(_("by paper at the door"), default=0)
    words = models.TextField(_("notes"), max_length=1000, blank=True)
    convened_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = AssemblyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["hamlet", "meets_at"], name="assembly_place")]

    def __str__(self) -> str:
        return self.title

    @property
    def place_code(self) -> str:
        return self.hamlet_id

    @property
    def present(self) -> int:
        return self.in_person + self.online + self.proxies + self.papers


class Motion(models.Model):
    """One question put to an assembly, with its tally (None before it was voted on)."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="motions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=200)
    in_favour = models.PositiveIntegerField(_("in favour"), null=True, blank=True)
    against = models.PositiveIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveIntegerField(_("abstained"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assembly", "position"], name="motion_position"),
        ]

    def __str__(self) -> str:
        return self.text
