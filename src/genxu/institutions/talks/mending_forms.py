"""The forms by which what was written down of a talk is put right."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from genxu.core.errors import Invalid
from genxu.core.forms import revealed, words_field
from genxu.core.names import bare
from genxu.core.steps import StepForm
from genxu.institutions.matters.models import TEXT_LIMIT, Suggestion
from genxu.people.models import Household

from . import queries
from .forms import WHO, EveningForm, SaidForm, Surroundings
from .models import FACTS, Talk

if TYPE_CHECKING:
    _TalkChoiceField = forms.ModelChoiceField[Talk]
else:
    _TalkChoiceField = forms.ModelChoiceField


class CorrectForm(EveningForm, StepForm[Talk]):
    words = words_field(_("Why it is corrected"), Talk.WORDS_LIMIT)

    def start_values(self) -> dict[str, Any]:
        self.fields["head_count"].required = self.row.head_count is not None
        return {name: getattr(self.row, name) for name in FACTS}

    def values(self) -> dict[str, Any]:
        return {"gathering": self.gathering(), "words": self.cleaned_data["words"]}


class CorrectSaidForm(StepForm[Talk]):
    household: Household | None = None
    text = words_field(_("What was said"), TEXT_LIMIT)
    who = forms.CharField(
        label=_("Who raised it"),
        required=False,
        widget=forms.TextInput(WHO),
    )
    reply = forms.CharField(
        label=_("What was replied"), required=False, widget=forms.Textarea({"rows": 2})
    )
    words = words_field(_("Why it is corrected"), Talk.WORDS_LIMIT)

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        self.suggestion = suggestion
        super().__init__(*args, **kwargs)
        self.around = Surroundings(self.actor, self.row.hamlet)
        if suggestion.response == Suggestion.Response.TAKEN_UP and not suggestion.reply:
            del self.fields["reply"]

    def start_values(self) -> dict[str, Any]:
        one = self.suggestion
        return {"text": one.text, "who": one.raiser, "reply": one.reply}

    def values(self) -> dict[str, Any]:
        data = {**self.cleaned_data}
        given: dict[str, Any] = {
            name: data[name] for name in ("text", "reply", "words") if name in data
        }
        return {**given, "household": self.household, "name": "" if self.household else data["who"]}

    def clean_who(self) -> str:
        """Whom the register knows by this; who raised it may have moved away since."""
        who = str(self.cleaned_data["who"]).strip()
        own = self.suggestion.household
        mine = own is not None and bare(own.label) == bare(who)
        self.household = own if mine else self.around.household(who)
        return who


class AddForm(SaidForm, StepForm[Talk]):
    """One more suggestion, as on the screen of a talk."""

    def __init__(self, *args: Any, row: Talk, actor: Any, **kwargs: Any) -> None:
        around = Surroundings(actor, row.hamlet)
        super().__init__(*args, around=around, row=row, actor=actor, **kwargs)
        for name in ("joins", "tier", "title"):
            self.fields[name] = revealed(self.fields[name], "response=taken_up")
        self.fields["reply"] = revealed(self.fields["reply"], "response=answered,declined")

    def values(self) -> dict[str, Any]:
        return {"said": [self.said()]}

    def refuse(self, error: Invalid) -> None:
        """The action names the suggestion ``said-0-…``."""
        super().refuse(Invalid({name.rpartition("-")[2]: text
                                for name, text in error.fields.items()}))  # fmt: skip


class TalkChoiceField(_TalkChoiceField):
    def label_from_instance(self, obj: Talk) -> str:
        return f"{date_format(obj.held_on)} · {obj.topic}"


class JoinForm(StepForm[Talk]):
    other = TalkChoiceField(
        label=_("It is the same evening as"),
        queryset=Talk.objects.none(),
        help_text=_("That one stays; what was said here and the pictures move there."),
    )
    words = words_field(_("A word about it"), Talk.WORDS_LIMIT, required=False)

    def start_values(self) -> dict[str, Any]:
        self.offer("other", queries.others_of(self.row))
        return {}


class WithdrawForm(StepForm[Talk]):
    words = words_field(
        _("Why it is withdrawn"),
        Talk.WORDS_LIMIT,
        help_text=_("Whoever raised something there reads it on the receipt."),
    )
