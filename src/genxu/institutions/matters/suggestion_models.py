"""What somebody said: the suggestion behind matters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.codes import Coded
from genxu.core.names import NameField
from genxu.people.models import Account, Household
from genxu.people.roles import Role
from genxu.regions.placed import InHamlet, PlacedQuerySet

TEXT_LIMIT = 2000
WORDS_LIMIT = 1000


class Suggestion(InHamlet, Coded):
    """A suggestion (意见建议): what somebody said, and what was replied. The code of its receipt
    opens it."""

    class RaisedBy(models.TextChoices):
        RESIDENT = "resident", _("A resident")
        HOUSEHOLD = "household", _("A household")
        NOBODY = "nobody", _("Nobody named")

    class Source(models.TextChoices):
        TALK = "talk", _("At an evening talk")
        HOUSEHOLD = "household", _("By the household itself, on its page")
        NOTED = "noted", _("Noted down between talks")
        SERVICE = "service", _("Passed on by those who serve")

    class Response(models.TextChoices):
        ANSWERED = "answered", _("Answered on the spot")
        TAKEN_UP = "taken_up", _("Taken up")
        DECLINED = "declined", _("Declined")

    seen_by = (Role.SECRETARY,)
    """What was said is for those who work in the hamlet; above, only the matters are seen."""
    missing = _("There is no such suggestion, or it is not in your charge.")
    shown_with = ("hamlet", "household", "noted_by")

    said_on = models.DateField(_("said on"))
    text = models.TextField(_("what was said"), max_length=TEXT_LIMIT)
    raised_by = models.CharField(max_length=10, choices=RaisedBy.choices)
    household = models.ForeignKey(
        Household, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    raiser_name = NameField(_("who raised it"), max_length=40, blank=True)
    response = models.CharField(max_length=10, choices=Response.choices)
    reply = models.TextField(_("reply"), max_length=WORDS_LIMIT, blank=True)
    source = models.CharField(
        _("where it was said"), max_length=10, choices=Source.choices, default=Source.TALK
    )
    noted_by = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)
    """It was written down by mistake: kept and told to its raiser, but not counted."""

    objects = PlacedQuerySet["Suggestion"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["hamlet", "said_on"], name="suggestion_place")]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def raiser(self) -> str:
        """Who raised it, for those who handle it; empty if nobody was named."""
        if self.household:
            return self.household.label
        if self.raised_by == self.RaisedBy.RESIDENT and not self.raiser_name:
            return str(_("Name erased"))
        return self.raiser_name

    @property
    def origin(self) -> str:
        """Where it comes from, and who noted it down between talks."""
        if self.noted_by is None:
            return self.get_source_display()
        return str(_("Noted down by %(name)s")) % {"name": self.noted_by.name}
