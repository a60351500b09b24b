"""What a member takes on, promises, objects to; how the list of members is narrowed down."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core.forms import ManyRowsField, day_field, words_field
from genxu.core.steps import ReasonForm, StepForm, WordsForm
from genxu.organisation.branches.models import Member
from genxu.people.models import Household
from genxu.regions.lists import ListForm, choice_box, words_box

from . import queries, rules
from .models import ABOUT_LIMIT, PROMISE_LIMIT, TOLD_LIMIT, Objection, Post, Promise
from .workflow import PostState


class DoorsField(ManyRowsField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class PostForm(StepForm[Member]):
    """A post; who keeps the hamlet may name the households of its area."""

    kind = forms.ChoiceField(
        label=_("Which post?"), choices=Post.Kind.choices, widget=forms.RadioSelect
    )
    about = forms.CharField(
        label=_("In a few words"), required=False, max_length=ABOUT_LIMIT,
        help_text=_("Such as: the lane behind the pond."),
    )  # fmt: skip
    doors = DoorsField(
        label=_("The households of the area"), queryset=Household.objects.none(),
        required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None, if the post is for the whole hamlet."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not rules.keeps(self.actor, self.row.hamlet_id):
            del self.fields["doors"]
            return
        rows = Household.objects.visible_to(self.actor).living_here()
        self.offer("doors", rows.filter(hamlet=self.row.hamlet_id).order_by("number"))

    def values(self) -> dict[str, Any]:
        given = super().values()
        return {**given, "doors": list(given.get("doors") or ())}


class PromiseForm(StepForm[Member]):
    text = forms.CharField(label=_("What will you do?"), max_length=PROMISE_LIMIT)
    due_on = day_field(_("By when"))


class ShowForm(StepForm[Member]):
    """A plain yes."""

    def values(self) -> dict[str, Any]:
        return {"shown": True}


class HideForm(StepForm[Member]):
    """A plain no."""

    def values(self) -> dict[str, Any]:
        return {"shown": False}


class ReadForm(StepForm[Member]):
    """That he has read the lines that the page showed."""

    keys = forms.CharField(widget=forms.HiddenInput, required=False)

    def start_values(self) -> dict[str, Any]:
        return {"keys": ",".join(one.key for one in queries.deeds_this_year(self.row))}

    def clean_keys(self) -> list[str]:
        return [key for key in self.cleaned_data["keys"].split(",") if key]


class ObjectForm(StepForm[Member]):
    key = forms.ChoiceField(label=_("Which line?"), widget=forms.RadioSelect)
    why = forms.CharField(label=_("What is wrong with it?"), max_length=TOLD_LIMIT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = rules.is_own(self.actor, self.row)
        lines = queries.ledger_of(self.row, own=own).lines
        open_lines = (line for line in lines if line.objection is None)
        self.offer("key", [(one.deed.key, _line(one.deed)) for one in open_lines])


class KeepForm(StepForm[Promise]):
    """By the records that show it, or in a sentence."""

    records = forms.MultipleChoiceField(
        label=_("What shows it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("These lines were written down since then."),
    )  # fmt: skip
    words = words_field(_("A word about it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = queries.deeds_for_promise(self.row)
        self.offer("records", [(one.key, _line(one)) for one in lines])
        if not lines:
            del self.fields["records"]


class GiveUpForm(WordsForm[Post]):
    pass


class MissForm(ReasonForm[Promise]):
    words = words_field(_("What came in between?"))


class WithdrawPromiseForm(WordsForm[Promise]):
    pass


class UpholdForm(WordsForm[Objection]):
    pass


class AnswerForm(ReasonForm[Objection]):
    words = words_field(_("Why the line stays"))


def _line(deed: Any) -> str:
    return f"{deed.on:%Y-%m-%d} {deed.told}"


class PostsForm(ListForm):
    """How the list of posts is narrowed down."""

    looks_in = ("member__name", "hamlet__name")
    words = words_box(_("Name of a member or a hamlet"), 40)
    kind = choice_box(_("Post"), Post.Kind.choices)


class MembersForm(ListForm):
    """How the list of members is narrowed down."""

    looks_in = ("name", "hamlet__name")
    words = words_box(_("Name of a member or a hamlet"), 40)
    post = choice_box(_("Post"), [("none", _("Without a post")), *Post.Kind.choices])  # fmt: skip

    def by_post(self, rows: QuerySet[Any], post: str) -> QuerySet[Any]:
        held = Post.objects.filter(member=OuterRef("pk"), state=PostState.HELD)
        if post == "none":
            return rows.filter(~Exists(held))
        return rows.filter(Exists(held.filter(kind=post)))
