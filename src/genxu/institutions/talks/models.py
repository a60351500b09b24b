"""Evening talks: what was said where, and what each opened with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.institutions.matters.models import Matter, Suggestion
from genxu.institutions.matters.workflow import State
from genxu.people.models import Account
from genxu.people.roles import EVERYONE_BUT_AUDITORS
from genxu.regions.placed import InHamlet, PlacedQuerySet


class Talk(InHamlet):
    """An evening talk (村湾夜话): numbered within its hamlet."""

    seen_by = EVERYONE_BUT_AUDITORS
    missing = _("There is no such talk, or it is not in your charge.")
    shown_with = ("hamlet",)

    number = models.PositiveIntegerField(_("number"))
    held_on = models.DateField(_("date"))
    venue = models.CharField(_("place"), max_length=60)
    topic = models.CharField(_("topic"), max_length=60)
    head_count = models.PositiveSmallIntegerField(_("head count"))
    host = models.CharField(_("host"), max_length=40)
    recorder = models.CharField(_("recorder"), max_length=40)
    recorded_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    suggestions: "models.ManyToManyField[Suggestion, Raised]" = models.ManyToManyField(
        Suggestion, through="Raised", related_name="+"
    )

    objects = PlacedQuerySet["Talk"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hamlet", "number"], name="talk_number")]
        indexes = [
            models.Index(fields=["hamlet", "held_on"], name="talk_place"),
            models.Index(fields=["held_on", "id"], name="talk_day"),
        ]

    def __str__(self) -> str:
        return f"{self.hamlet_id} {self.number}"


class Raised(models.Model):
    """That a suggestion was raised at a talk, and as which."""

    suggestion = models.OneToOneField(
        Suggestion, on_delete=models.CASCADE, primary_key=True, related_name="raised"
    )
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="raised")
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.talk_id}.{self.position}"


class AgendaItem(models.Model):
    """A matter of earlier talks with which a talk opened, as it stood on that evening."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="agenda")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices)

    def __str__(self) -> str:
        return f"{self.talk_id} {self.matter_id}"


class Photo(models.Model):
    """A picture of a talk, if somebody took one; never asked for."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to="talks/%Y/%m/")

    def __str__(self) -> str:
        return f"{self.talk_id} {self.file.name}"

    @property
    def place_code(self) -> str:
        return self.talk.hamlet_id
