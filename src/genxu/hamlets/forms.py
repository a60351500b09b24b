"""The forms of the steps of a hamlet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genxu.core.forms import ManyRowsField, PlainForm
from genxu.core.steps import StepForm
from genxu.people.models import Household
from genxu.regions.models import NAME_LIMIT, WORD_LIMIT, Region

from .queries import heirs_of


class RenameForm(StepForm[Region]):
    name = forms.CharField(label=_("Name"), max_length=NAME_LIMIT)
    distinguished_by = forms.CharField(
        label=_("A word that tells it apart"), required=False, max_length=WORD_LIMIT,
        help_text=_("Only if another hamlet of the village has this name, such as: east."),
    )  # fmt: skip

    def start_values(self) -> dict[str, Any]:
        return {"name": self.row.name, "distinguished_by": self.row.distinguished_by}


class PlainYes(StepForm[Region]):
    """Nothing but a yes."""


class HamletField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of some hamlets, with the village where they lie in several."""

    def label_from_instance(self, place: Any) -> str:
        return str(place.label)


class _FarHamletField(HamletField):
    """One of some hamlets of several villages."""

    def label_from_instance(self, place: Any) -> str:
        return f"{place.parent}·{place}"


class HeirForm(PlainForm):
    """Into which hamlet: chosen first, so that what it means is seen before the yes."""

    heir = _FarHamletField(queryset=Region.objects.none(), label=_("Into which hamlet"))

    def __init__(self, *args: Any, hamlet: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("heir", heirs_of(hamlet))


class MergeForm(StepForm[Region]):
    heir = HamletField(queryset=Region.objects.none(), widget=forms.HiddenInput)
    sure = forms.BooleanField(label=_("Yes, merge them. I know that nobody can undo it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("heir", heirs_of(self.row))

    def values(self) -> dict[str, Any]:
        return {"heir": self.cleaned_data["heir"]}


class MoveForm(StepForm[Region]):
    into = HamletField(queryset=Region.objects.none(), label=_("To which hamlet"))
    households = ManyRowsField(
        queryset=Household.objects.none(), label=_("Which households"),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beside = Region.objects.open().filter(parent_id=self.row.parent_id)
        self.offer("into", beside.exclude(code=self.row.code).order_by("code"))
        living = Household.objects.visible_to(self.actor).living_here().filter(hamlet=self.row)
        self.offer("households", living.order_by("number"))

    def values(self) -> dict[str, Any]:
        return {**super().values(), "households": list(self.cleaned_data["households"])}
