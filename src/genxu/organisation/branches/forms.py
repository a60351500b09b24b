"""The forms of Party organisations; what they refuse they say at the field."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genxu.core import clock, steps
from genxu.core.forms import SENTENCES, ActionForm, day_field, number_field
from genxu.core.lists import NarrowingForm
from genxu.people.number_forms import WhoseNumberForm
from genxu.regions.lists import ListForm, choice_box, words_box
from genxu.regions.models import Region
from genxu.regions.queries import called

from . import queries, thresholds
from .models import Member, Organisation, ServedHamlet
from .queries import BRANCHES, DUE, OVER
from .rows import MEMBER_NAME_LIMIT, NAME_LIMIT
from .term_actions import Count
from .workflow import ENDED, State

Duty = Member.Duty
MOST = 9999
SINGLE = (Duty.DEPUTY, Duty.ORGANISATION, Duty.PUBLICITY, Duty.DISCIPLINE)
"""The duties beside the head that one person holds."""


class DraftForm(ActionForm):
    """Which kind of organisation, for which hamlets."""

    kind = forms.ChoiceField(
        label=_("What is to be founded?"),
        choices=[
            (Organisation.Kind.BRANCH, _("A branch: three full members or more")),
            (Organisation.Kind.JOINT_BRANCH, _("A joint branch with hamlets nearby")),
            (Organisation.Kind.PARTY_GROUP, _("A party group")),
        ],
        widget=forms.RadioSelect,
    )
    hamlets = forms.MultipleChoiceField(
        label=_("Together with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Each of them has fewer than three full members; five hamlets at most is usual."
        ),
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=NAME_LIMIT,
        help_text=_("Leave it empty for the usual one: the name of the hamlet and the kind."),
    )

    def __init__(self, *args: Any, around: Sequence[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around = {place.code: place for place in around}
        self.offer("hamlets", [(code, f"{p.parent} · {p}") for code, p in self.around.items()])

    def values(self) -> dict[str, Any]:
        """What the actions take; hamlets ticked for a joint branch are left out of another."""
        data = self.cleaned_data
        joint = data["kind"] == Organisation.Kind.JOINT_BRANCH
        chosen = [self.around[code] for code in data["hamlets"]] if joint else []
        return {"kind": data["kind"], "name": data["name"], "hamlets": chosen}


class StepForm(steps.StepForm[Organisation]):
    """What every step of an organisation carries."""


class FoundForm(WhoseNumberForm, StepForm):
    founded_on = day_field(_("Founded on"), initial=clock.today)


class ExtendForm(steps.ReasonForm[Organisation]):
    months = forms.TypedChoiceField(
        label=_("By how many months?"),
        choices=[(n, str(n)) for n in (3, 6, 9, thresholds.MONTHS_EARLY_OR_LATE)],
        coerce=int,
        widget=forms.RadioSelect,
    )
    field_order = ("months", "words")


class DutiesForm(WhoseNumberForm, StepForm):
    """Who does what: a field for each duty; the committee only from seven full members on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = queries.members_of(self.actor, self.row)
        group = not self.row.is_branch
        self.head = thresholds.head_of(self.row.kind)
        voters = [one for one in self.members if thresholds.votes(one.kind)]
        self.eligible = self.members if group else voters
        self._one(self.head, required=True)
        if not group:
            has_committee = len(voters) >= thresholds.FULL_MEMBERS_OF_A_COMMITTEE
            for duty in SINGLE if has_committee else (Duty.DEPUTY,):
                self._one(duty, required=False)
            if has_committee:
                self._further()

    def _choices(self) -> list[tuple[str, str]]:
        return [(str(one.pk), one.name) for one in self.eligible]

    def _holders(self, duty: str) -> list[str]:
        return [str(one.pk) for one in self.members if one.duty == duty]

    def _one(self, duty: Duty, *, required: bool) -> None:
        empty = [("", _("Please choose") if required else _("Nobody"))]
        self.fields[duty] = forms.ChoiceField(
            label=duty.label,
            required=required,
            choices=[*empty, *self._choices()],
            error_messages=SENTENCES,
        )
        self.initial.setdefault(duty, next(iter(self._holders(duty)), ""))

    def _further(self) -> None:
        self.fields[Duty.COMMITTEE] = forms.MultipleChoiceField(
            label=_("Further committee members"),
            required=False,
            choices=self._choices(),
            widget=forms.CheckboxSelectMultiple,
            error_messages=SENTENCES,
        )
        self.initial.setdefault(Duty.COMMITTEE, self._holders(Duty.COMMITTEE))

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        seen: set[str] = set()
        for duty in (self.head, *SINGLE, Duty.COMMITTEE):
            chosen = self._chosen(duty)
            if seen & set(chosen):
                self.add_error(duty, gettext("One person holds one duty only."))
            seen |= set(chosen)
        return data

    def _chosen(self, duty: str) -> list[str]:
        value = self.cleaned_data.get(duty) or []
        return [value] if isinstance(value, str) else list(value)

    def duties(self) -> list[tuple[int, str]]:
        """Every member with the duty held from now on."""
        given = {
            int(pk): str(duty)
            for duty in (self.head, *SINGLE, Duty.COMMITTEE)
            for pk in self._chosen(duty)
        }
        return [(one.pk, given.get(one.pk, "")) for one in self.members]

    def values(self) -> dict[str, Any]:
        return {"duties": self.duties(), "number_is": self.cleaned_data["number_is"]}


class ElectionForm(DutiesForm):
    """The count of a re-election, and who was elected."""

    held_on = day_field(_("Held on"))
    due = number_field(
        _("Voters due"),
        0,
        MOST,
        help_text=_("Full members; not probationary ones, nor those on probation."),
    )
    present = number_field(_("Voters present"), 0, MOST)
    in_favour = number_field(_("Votes for who leads"), 0, MOST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("held_on", clock.today())
        voters = [one for one in self.members if thresholds.votes(one.kind)]
        self.initial.setdefault("due", len(voters))

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        count = Count(data["held_on"], data["due"], data["present"], data["in_favour"])
        return {**super().values(), "count": count}


class MemberForm(ActionForm):
    """A member: no more than name, phone, kind, and what is known of who leads."""

    name = forms.CharField(label=_("Full name"), max_length=MEMBER_NAME_LIMIT)
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=20,
        help_text=_("Who leads needs one: with it one signs in."),
        widget=forms.TextInput({"type": "tel", "inputmode": "tel"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Member.Kind.choices,
        initial=Member.Kind.FULL,
        widget=forms.RadioSelect,
    )
    background = forms.ChoiceField(
        label=_("Background"),
        required=False,
        choices=[("", _("Not said")), *Member.Background.choices],
        help_text=_("Of who leads, or is to lead."),
    )


class CorrectMemberForm(WhoseNumberForm, MemberForm):
    """Of who leads or signs in, the account goes with name and number."""

    signs_in = forms.BooleanField(
        label=_("Signs in with this number"),
        required=False,
        help_text=_("To see what concerns a member: duties, promises, meetings."),
    )


class NewMemberForm(MemberForm):
    """A new member lives in one of the hamlets; with a single hamlet it is not asked."""

    hamlet = forms.ChoiceField(label=_("Hamlet"))
    field_order = ("name", "phone", "hamlet", "kind", "background")

    def __init__(self, *args: Any, served: Sequence[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.served = {place.code: place for place in served}
        if len(served) == 1:
            del self.fields["hamlet"]
            return
        self.offer("hamlet", [(code, str(place)) for code, place in self.served.items()])

    def values(self) -> dict[str, Any]:
        data = super().values()
        code = data.get("hamlet") or next(iter(self.served))
        return {**data, "hamlet": self.served[code]}


class MoveMemberForm(ActionForm):
    """Where the member lives now; the organisation that serves it is his from then on."""

    hamlet = forms.ChoiceField(label=_("Where does the member live now?"))

    def __init__(self, *args: Any, ways: Sequence[ServedHamlet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ways = {one.hamlet_id: one.hamlet for one in ways}
        named = [
            (one.hamlet_id, f"{one.hamlet.parent}·{one.hamlet} · {one.organisation}")
            for one in ways
        ]
        self.offer("hamlet", [("", _("Please choose")), *named])

    def values(self) -> dict[str, Any]:
        return {"hamlet": self.ways[self.cleaned_data["hamlet"]]}


class OrganisationsForm(ListForm):
    """How the list is narrowed down; without a state, what has ended is left out."""

    looks_in = ("name",)
    words = words_box(_("Search by name"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[
            ("", _("All")),
            (BRANCHES, _("Branches, joint ones among them")),
            *Organisation.Kind.choices,
        ],
    )
    state = choice_box(_("Stands at"), State.choices, _("Standing or in preparation"))
    term = choice_box(
        _("Term"), [(DUE, _("Over, or ends within 90 days")), (OVER, _("Over"))], _("Any")
    )

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        rows = super().narrowed(rows)
        return rows if self.chosen["state"] else rows.exclude(state__in=ENDED)

    def by_kind(self, rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
        if kind == BRANCHES:
            return rows.exclude(kind=Organisation.Kind.PARTY_GROUP)
        return rows.filter(kind=kind)

    def by_term(self, rows: QuerySet[Any], term: str) -> QuerySet[Any]:
        rows = rows & Organisation.objects.term_due()
        return rows.filter(term_ends_on__lt=clock.today()) if term == OVER else rows


class HamletsForm(NarrowingForm):
    """Hamlets by their names."""

    apart = ("words",)
    words = words_box(_("Name of the hamlet"), 30)

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        return rows.filter(called(words))
