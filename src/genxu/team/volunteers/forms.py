"""What is filled in of teams, outings, volunteers; and how their lists are narrowed down."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.forms import (
    ActionForm,
    ManyRowsField,
    day_field,
    number_field,
    revealed,
    words_field,
)
from genxu.core.sounding import sought
from genxu.core.steps import ReasonForm, StepForm
from genxu.people.models import Household
from genxu.people.picking import meant
from genxu.regions.lists import ListForm, choice_box, words_box
from genxu.regions.queries import called

from . import queries, team_actions
from .facts import NAME_LIMIT, OutingFacts, Who
from .models import LIMITS, MOST_PLACES, Kind, Outing, Team, Volunteer, facts_of
from .workflow import State

FIXED, SOME_DAY = "fixed", "some_day"
HOW = [(FIXED, _("On a day, from a time to a time")),
       (SOME_DAY, _("Without a fixed hour, some day of several"))]  # fmt: skip


def time_field(label: Any, **more: Any) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time", "step": 900}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **more)


class RowsField(ManyRowsField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class TeamFields(ActionForm):
    """Its name, and who leads it."""

    name = forms.CharField(label=_("What the team is called"), max_length=LIMITS["name"])
    leader = forms.ModelChoiceField(
        label=_("Which member leads it"), queryset=queries.members_at(""), required=False,
        empty_label=_("Somebody who is no member"),
    )  # fmt: skip
    leader_name = revealed(
        forms.CharField(label=_("Who leads it"), max_length=NAME_LIMIT, required=False), "leader="
    )

    def led_from(self, hamlet: str) -> None:
        self.offer("leader", queries.members_at(hamlet))


class TeamForm(TeamFields):
    """A new one."""

    formed_on = day_field(_("Team formed on"), initial=clock.today)


class ChangeTeamForm(StepForm[Team], TeamFields):
    def start_values(self) -> dict[str, Any]:
        self.led_from(self.row.hamlet_id)
        return {"name": self.row.name, "leader": self.row.leader_id,
                "leader_name": self.row.leader_name}  # fmt: skip


class EndTeamForm(StepForm[Team]):
    ending = words_field(_("Why the team ends"), LIMITS["ending"])


class OutingFields(ActionForm):
    """What is done, when, where, by how many, and what one has to look out for."""

    kind = forms.ChoiceField(label=_("What kind"), choices=Kind.choices, widget=forms.RadioSelect,
                             initial=Kind.CLEANLINESS)  # fmt: skip
    what = forms.CharField(label=_("What is done"), max_length=LIMITS["what"])
    how = forms.ChoiceField(label=_("When"), choices=HOW, initial=FIXED, widget=forms.RadioSelect)
    begins_on = day_field(_("Day (or the first of several)"))
    ends_on = revealed(day_field(_("Last day"), required=False), f"how={SOME_DAY}")
    starts_at = revealed(time_field(_("From"), required=False), f"how={FIXED}")
    ends_at = revealed(time_field(_("To"), required=False), f"how={FIXED}")
    venue = revealed(
        forms.CharField(label=_("Where one meets"), max_length=LIMITS["venue"], required=False),
        f"how={FIXED}",
    )
    wanted = number_field(_("How many are wanted"), 1, MOST_PLACES, required=False,
                          help_text=_("Empty: everybody may come."))  # fmt: skip
    risk = forms.CharField(
        label=_("What one has to look out for"), max_length=LIMITS["risk"],
        help_text=_("Everybody reads it before coming along: the road, the heat, the tools."),
    )  # fmt: skip
    dangerous = forms.BooleanField(
        label=_("It is dangerous: on the water, up high, with machines"), required=False
    )
    insured = revealed(
        forms.BooleanField(label=_("All who come are insured against accidents"), required=False),
        "dangerous=on",
    )

    def facts(self) -> OutingFacts:
        data = self.cleaned_data
        fixed = data["how"] == FIXED
        return OutingFacts(
            kind=data["kind"], what=data["what"], risk=data["risk"], begins_on=data["begins_on"],
            ends_on=data["begins_on"] if fixed else data["ends_on"] or data["begins_on"],
            starts_at=data["starts_at"] if fixed else None,
            ends_at=data["ends_at"] if fixed else None, venue=data["venue"] if fixed else "",
            wanted=data["wanted"], dangerous=data["dangerous"], insured=data["insured"],
        )  # fmt: skip

    def clean(self) -> Any:
        data = super().clean() or self.cleaned_data
        if data.get("how") == FIXED:
            for name in ("starts_at", "ends_at"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return data


class OutingForm(StepForm[Team], OutingFields):
    """A new outing of a team."""

    def values(self) -> dict[str, Any]:
        return {"facts": self.facts()}


class ChangeOutingForm(StepForm[Outing], OutingFields):
    words = words_field(_("Why it is changed; everybody can read it"))

    def start_values(self) -> dict[str, Any]:
        return {**facts_of(self.row), "how": SOME_DAY if self.row.is_flexible else FIXED}

    def values(self) -> dict[str, Any]:
        return {"facts": self.facts(), "words": self.cleaned_data["words"]}


class CallOffForm(ReasonForm[Outing]):
    words = words_field(_("Why it is called off; everybody can read it"))


class HoldForm(StepForm[Outing]):
    """How many came; of those who had said so, who it was, and from when to when."""

    head_count = number_field(_("How many came"), 1, team_actions.MOST_HEADS)
    came = RowsField(
        label=_("Of those who had signed up"), queryset=Volunteer.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their hours are written down; one of the others who were there vouches."),
    )  # fmt: skip
    starts_at = time_field(_("They worked from"), required=False)
    ends_at = time_field(_("to"), required=False)

    def start_values(self) -> dict[str, Any]:
        if self.row.is_flexible:
            for name in ("came", "starts_at", "ends_at"):
                del self.fields[name]
            return {}
        joined = self.row.sign_ups.filter(waits=False).values("volunteer")
        rows = Volunteer.objects.serving().filter(pk__in=joined)
        self.offer("came", rows.select_related("household").order_by("pk"))
        return {"starts_at": self.row.starts_at, "ends_at": self.row.ends_at}

    def values(self) -> dict[str, Any]:
        values = super().values()
        return {**values, "came": list(values.get("came", ()))}


class VisitsForm(StepForm[Outing]):
    households = RowsField(
        label=_("Who is visited"), queryset=Household.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A volunteer reads name and door only of the visit that he has taken."),
    )  # fmt: skip

    def start_values(self) -> dict[str, Any]:
        found = team_actions.living_alone(self.row.hamlet_id)
        rows = Household.objects.filter(pk__in=[one.pk for one in found])
        self.offer("households", rows.order_by("number"))
        return {"households": list(self.row.visits.values_list("household", flat=True))}

    def values(self) -> dict[str, Any]:
        return {"households": list(self.cleaned_data["households"])}


class PersonFields(ActionForm):
    """Somebody who volunteers, as he says it himself."""

    name = forms.CharField(label=_("Your name"), max_length=NAME_LIMIT)
    phone = forms.CharField(label=_("Your mobile number"), max_length=11, required=False,
                            widget=forms.TextInput({"inputmode": "tel"}))  # fmt: skip
    minor = forms.BooleanField(label=_("Not 18 years old yet"), required=False)
    guardian = revealed(
        forms.CharField(label=_("Who of the family agrees"), max_length=NAME_LIMIT, required=False),
        "minor=on",
    )
    shown = forms.BooleanField(
        label=_("May be named as a volunteer on the hamlet's public page"), required=False
    )

    def who(self, **more: Any) -> Who:
        known = ("name", "phone", "minor", "guardian", "shown")
        return Who(**{name: self.cleaned_data[name] for name in known}, **more)


class OwnPersonForm(PersonFields):
    def values(self) -> dict[str, Any]:
        return {"who": self.who()}


class AskForm(PersonFields):
    """Without log-in: for one of the outings to come, or in general."""

    outing = forms.ModelChoiceField(
        label=_("For which outing"), queryset=Outing.objects.none(), required=False,
        empty_label=_("Whenever somebody is needed"),
    )  # fmt: skip
    braked = False
    field_order = ("outing",)

    def __init__(self, *args: Any, hamlet: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("outing", Outing.objects.coming().filter(hamlet=hamlet))
        self.fields["phone"].required = True

    def values(self) -> dict[str, Any]:
        return {"who": self.who(), "outing": self.cleaned_data["outing"]}


class VolunteerFields(PersonFields):
    """The same by whoever keeps the list; the household as it is picked, and whether it is a
    member of the Party."""

    households: Sequence[Household] = ()
    household = forms.CharField(
        label=_("Of which household"), required=False, max_length=60,
        widget=forms.TextInput({"list": "households", "autocomplete": "off",
                                "data-behaviour": "pick"}),
        help_text=_("Household or phone: so two of one name are told apart."),
    )  # fmt: skip
    member = forms.ModelChoiceField(
        label=_("Member of the Party"), queryset=queries.members_at(""), required=False,
        empty_label=_("No member, or not said"),
    )  # fmt: skip
    field_order = ("name", "phone", "household", "member")

    def seen_from(self, actor: Any, hamlet: str) -> None:
        self.fields["name"].label = _("Name of the volunteer")
        self.fields["phone"].label = _("Phone")
        self.households = queries.households_at(actor, hamlet)
        self.offer("member", queries.members_at(hamlet))

    def clean_household(self) -> Household | None:
        typed = str(self.cleaned_data["household"]).strip()
        found = meant(typed, self.households) if typed else None
        if typed and found is None:
            raise forms.ValidationError(_("Please pick one of the households offered."))
        return found

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"who": self.who(household=data["household"], member=data["member"])}


class ChangeVolunteerForm(StepForm[Volunteer], VolunteerFields):
    def start_values(self) -> dict[str, Any]:
        row = self.row
        self.seen_from(self.actor, row.hamlet_id)
        names = ("name", "phone", "minor", "guardian", "shown")
        household = row.household.label if row.household else ""
        return {**{name: getattr(row, name) for name in names}, "household": household,
                "member": row.member_id}  # fmt: skip


class OutingsForm(ListForm):
    words = words_box(_("What it is, a team, a hamlet"), 40)
    state = choice_box(_("How it stands"), State.choices)
    kind = choice_box(_("Kind"), Kind.choices)

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        found = Q(what__icontains=words) | Q(team__name__icontains=words)
        return rows.filter(found | called(words, "hamlet__name"))


class TeamsForm(ListForm):
    looks_in = ("name", "hamlet__name")
    words = words_box(_("Name of a team or a hamlet"), 40)


class VolunteersForm(ListForm):
    words = words_box(_("Name, phone or hamlet"), 40)
    group = choice_box(_("Show"), [("waiting", _("Waits for a yes")),
                 ("left", _("No longer"))], _("Who volunteers"))  # fmt: skip

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        found = super().narrowed(rows)
        return found if self.chosen["group"] else found & Volunteer.objects.serving()

    def by_words(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        found = Q(sought("name", words)) | called(words, "hamlet__name")
        return rows.filter(found | Q(phone=words) if words.isdecimal() else found)

    def by_group(self, rows: QuerySet[Any], group: str) -> QuerySet[Any]:
        if group == "waiting":
            return rows & Volunteer.objects.waiting()
        return rows.exclude(left_on=None)
