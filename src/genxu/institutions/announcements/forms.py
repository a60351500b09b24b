"""What is announced, and the line that somebody wants to say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genxu.core.forms import ActionForm, day_field, words_field
from genxu.core.steps import ReasonForm, StepForm
from genxu.institutions.matters.noting_actions import LINE_LIMIT

from .models import LIMITS, Announcement, facts_of


def time_field() -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=_("Time"), widget=widget)


class AnnounceForm(ActionForm):
    """Day, time, place, topic."""

    topic = forms.CharField(label=_("Topic"), max_length=LIMITS["topic"])
    held_on = day_field(_("Date"))
    begins_at = time_field()
    venue = forms.CharField(label=_("Place"), max_length=LIMITS["venue"])


class ChangeForm(StepForm[Announcement]):
    """The same, with the reason."""

    topic = forms.CharField(label=_("Topic"), max_length=LIMITS["topic"])
    held_on = day_field(_("Date"))
    begins_at = time_field()
    venue = forms.CharField(label=_("Place"), max_length=LIMITS["venue"])
    words = words_field(_("Why it is changed; everybody can read it"))

    def start_values(self) -> dict[str, Any]:
        return facts_of(self.row)


class CallOffForm(ReasonForm[Announcement]):
    words = words_field(_("Why it is called off; everybody can read it"))


class WishForm(ActionForm):
    """A line for the next talk; ``mine``: in the name of the household whose slip is open here."""

    text = words_field(_("What would you like to say?"), LINE_LIMIT)
    mine = forms.BooleanField(label=_("Say that it comes from our household"), required=False)

    braked = False

    def __init__(self, *args: Any, household: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if household is None:
            del self.fields["mine"]
        else:
            self.initial.setdefault("mine", True)
