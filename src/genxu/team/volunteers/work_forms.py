"""Hours as they are filled in, by the volunteer or for him."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.calendar import months_later
from genxu.core.forms import ActionForm, day_field, revealed, words_field
from genxu.core.steps import ReasonForm, StepForm

from . import queries
from .forms import time_field
from .models import LIMITS, Hours, Outing, Visit, Volunteer
from .work import Work

MONTHS = 6
"""Outings of so long ago are offered."""


class WorkFields(ActionForm):
    """When, and at what: an outing, a visit that he had taken, or something else."""

    at = forms.ChoiceField(label=_("At what"), required=False)
    what = revealed(
        forms.CharField(label=_("What it was"), max_length=LIMITS["what"], required=False), "at="
    )
    day = day_field(_("Day"))
    starts_at = time_field(_("Work began"), help_text=_("The way there and back is not counted."))
    ends_at = time_field(_("Work ended"))

    def places_of(self, volunteer: Volunteer, now: Hours | None = None) -> None:
        """The outings and visits from which one chooses; those of the hours that are corrected."""
        since = months_later(clock.today(), -MONTHS)
        outings = list(queries.held_for(volunteer, since))
        visits = list(volunteer.visits.filter(outing__in=outings).select_related("outing"))
        if now and now.outing and now.outing not in outings:
            outings.append(now.outing)
        self.rows: dict[str, tuple[Outing | None, Visit | None]] = {"": (None, None)}
        self.rows |= {f"outing-{one.pk}": (one, None) for one in outings}
        self.rows |= {f"visit-{one.pk}": (one.outing, one) for one in visits}
        self.offer("at", [
            *((f"visit-{one.pk}", _("My visit: %s") % one.outing.what) for one in visits),
            *((f"outing-{one.pk}", f"{one.begins_on:%Y-%m-%d} {one.what}") for one in outings),
            ("", _("Something else")),
        ])  # fmt: skip

    def work(self) -> Work:
        data = self.cleaned_data
        outing, visit = self.rows[data["at"]]
        return Work(data["day"], data["starts_at"], data["ends_at"], outing, visit, data["what"])

    def values(self) -> dict[str, Any]:
        return {"work": self.work()}

    def refuse(self, error: Any) -> None:
        if "outing" in error.fields:
            error.fields["at"] = error.fields.pop("outing")
        super().refuse(error)


class OwnWorkForm(WorkFields):
    def __init__(self, *args: Any, volunteer: Volunteer, at: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places_of(volunteer)
        self.initial.setdefault("at", at if at in self.rows else next(reversed(self.rows)))
        outing = self.rows[self.initial["at"]][0]
        if outing and not outing.is_flexible:
            told = {"day": outing.begins_on, "starts_at": outing.starts_at}
            self.initial.update(told, ends_at=outing.ends_at)
        self.initial.setdefault("day", clock.today())


class WriteForm(StepForm[Volunteer], WorkFields):
    """For somebody who said it."""

    def start_values(self) -> dict[str, Any]:
        self.places_of(self.row)
        return {"day": clock.today(), "at": next(reversed(self.rows))}


class CorrectForm(StepForm[Hours], WorkFields):
    words = words_field(_("What was wrong"))

    def start_values(self) -> dict[str, Any]:
        row = self.row
        self.places_of(row.volunteer, row)
        at = f"visit-{row.visit_id}" if row.visit_id else f"outing-{row.outing_id}"
        names = ("what", "day", "starts_at", "ends_at")
        at = at if at in self.rows else ""
        return {"at": at, **{name: getattr(row, name) for name in names}}

    def values(self) -> dict[str, Any]:
        return {"work": self.work(), "words": self.cleaned_data["words"]}


class WithdrawForm(ReasonForm[Hours]):
    words = words_field(_("Why they are withdrawn"))


class JoinForm(StepForm[Volunteer]):
    """For which outing, as he said himself."""

    outing = forms.ModelChoiceField(
        label=_("For which outing"), queryset=Outing.objects.none(), empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    said_so = forms.BooleanField(label=_("He said so himself; nobody is put down by others"))

    def start_values(self) -> dict[str, Any]:
        self.offer("outing", Outing.objects.coming().filter(hamlet=self.row.hamlet_id))
        return {}


class SpanForm(ActionForm):
    """From when to when; this year, unless one says otherwise."""

    since = day_field(_("From"))
    until = day_field(_("to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.initial.setdefault("since", today.replace(month=1, day=1))
        self.initial.setdefault("until", today)


class SpanStepForm(StepForm[Volunteer], SpanForm):
    """The same for somebody."""
