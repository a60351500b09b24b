"""What is written down in an appraisal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import ActionForm, number_field, words_field
from genxu.core.steps import ReasonForm, StepForm
from genxu.organisation.branches.models import Organisation
from genxu.regions.lists import ListForm, words_box

from . import queries
from .models import REASON_LIMIT, WORDS_LIMIT, Appeal, Appraisal, Entry
from .workflow import Grade


class BeginForm(ActionForm):
    """``organisation`` is the one appraised."""

    organisation: Organisation
    year = forms.TypedChoiceField(label=_("Of which year?"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = clock.today().year
        self.offer("year", [(this, str(this)), (this - 1, str(this - 1))])


class OwnForm(StepForm[Entry]):
    own = words_field(_("What did you do this year, and what is still to be mended?"), WORDS_LIMIT)

    def start_values(self) -> dict[str, Any]:
        return {"own": self.row.own}


class SayForm(StepForm[Entry]):
    of = forms.TypedChoiceField(label=_("Of whom?"), coerce=int)
    words = words_field(_("A good thing, and one to be mended"), REASON_LIMIT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = queries.others_for(self.row)
        said = [(one.entry.pk, _("%(name)s (said already)") % {"name": one.entry})
                for one in self.others if one.mine]  # fmt: skip
        open_ones = [(one.entry.pk, str(one.entry)) for one in self.others if not one.mine]
        self.offer("of", [("", _("Please choose")), *open_ones, *said])

    def values(self) -> dict[str, Any]:
        known = {one.entry.pk: one.entry for one in self.others}
        return {"of": known[self.cleaned_data["of"]], "words": self.cleaned_data["words"]}


class AppealForm(StepForm[Entry]):
    why = words_field(_("Why is the grade not right?"), REASON_LIMIT)


class _ByEntry(StepForm[Appraisal]):
    """Fields for each graded entry, drawn member by member."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = [
            one for one in queries.entries_of(self.row) if one.is_graded and not one.left_on
        ]
        for one in self.entries:
            self.add(one)

    def add(self, entry: Entry) -> None:
        raise NotImplementedError

    @property
    def by_entry(self) -> list[tuple[Entry, list[forms.BoundField]]]:
        own = [(one, f"_{one.pk}") for one in self.entries]
        return [
            (one, [self[n] for n in self.fields if n.endswith(end) or f"{end}_" in n])
            for one, end in own
        ]


class PollForm(_ByEntry):
    present = number_field(_("How many papers were given?"), 1, 1000)

    def add(self, entry: Entry) -> None:
        for grade in Grade:
            name = f"poll_{entry.pk}_{grade}"
            self.fields[name] = number_field(grade.label, 0, 1000, required=False)
            self.initial.setdefault(name, entry.poll.get(grade))

    def start_values(self) -> dict[str, Any]:
        return {"present": self.row.present}

    def add_error(self, field: Any, error: Any) -> None:
        """What is wrong with a member's counts stands at the first of them."""
        if isinstance(field, str) and f"{field}_{Grade.EXCELLENT}" in self.fields:
            field = f"{field}_{Grade.EXCELLENT}"
        super().add_error(field, error)

    def refuse(self, error: Any) -> None:
        for name, text in error.fields.items():
            known = name if name in self.fields else f"{name}_{Grade.EXCELLENT}"
            self.add_error(known if known in self.fields else None, str(text))

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        polls = {
            one.pk: {g.value: data.get(f"poll_{one.pk}_{g}") or 0 for g in Grade}
            for one in self.entries
        }
        return {"present": data["present"], "polls": polls}


class OpinionForm(_ByEntry):
    more_excellent = words_field(
        _("If more than a third are excellent: why?"), REASON_LIMIT, required=False
    )

    def add(self, entry: Entry) -> None:
        self.fields[f"grade_{entry.pk}"] = forms.ChoiceField(
            label=_("Grade"), choices=Grade.choices, widget=forms.RadioSelect,
        )  # fmt: skip
        self.fields[f"reason_{entry.pk}"] = forms.CharField(
            label=_("In a sentence, why"), max_length=REASON_LIMIT
        )
        self.initial.setdefault(f"grade_{entry.pk}", entry.grade)
        self.initial.setdefault(f"reason_{entry.pk}", entry.reason)

    def start_values(self) -> dict[str, Any]:
        return {"more_excellent": self.row.more_excellent}

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "grades": {one.pk: data[f"grade_{one.pk}"] for one in self.entries},
            "reasons": {one.pk: data[f"reason_{one.pk}"] for one in self.entries},
            "more_excellent": data["more_excellent"],
        }


class WithdrawForm(ReasonForm[Appraisal]):
    pass


class UpholdForm(ReasonForm[Appeal]):
    grade = forms.ChoiceField(label=_("The grade from now on"), widget=forms.RadioSelect)
    field_order = ("grade", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stands = self.row.entry.grade
        self.offer("grade", [one for one in Grade.choices if one[0] != stands])


class RefuseForm(ReasonForm[Appeal]):
    pass


class AppraisalsForm(ListForm):
    looks_in = ("hamlet__name",)
    words = words_box(_("Name of the hamlet"))
