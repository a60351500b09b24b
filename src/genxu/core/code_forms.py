"""What a member of staff says before a code is shown to her.

These are no ``ActionForm``s: one that was sent twice would show the codes a second time, by then
perhaps new ones, without a word in the journal. Each sending is an action of its own.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .codes import PRINTING, Why
from .forms import PlainForm


class WhyForm(PlainForm):
    """Why the code of one slip is shown."""

    why = forms.ChoiceField(
        label=_("What is it for?"),
        choices=Why.choices,
        widget=forms.RadioSelect,
        initial=Why.HAND_OUT,
    )


class PrintForm(PlainForm):
    """Why many slips are printed; only the new ones, where some were printed before."""

    why = forms.ChoiceField(
        label=_("What is it for?"),
        choices=[(one, one.label) for one in PRINTING],
        widget=forms.RadioSelect,
        initial=Why.HAND_OUT,
    )
    new_only = forms.BooleanField(
        label=_("Only those with no printing noted yet"), required=False, initial=True
    )

    def __init__(self, *args: Any, mixed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not mixed:
            del self.fields["new_only"]
