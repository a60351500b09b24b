"""The pages of what was held: the list, noting one, the study offered, whom nothing reached."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.forms import posted
from genxu.core.pages import ActorRequest, page
from genxu.core.sheets.writing import Out
from genxu.core.steps import tap
from genxu.organisation.branches.models import Member, Organisation
from genxu.organisation.branches.queries import seated_at
from genxu.organisation.branches.reading import note_members_read
from genxu.regions.begun import NewPage
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.columns import place_columns
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge

from . import actions, forms, queries, rules
from .models import Meeting, Training, hours_of

COLUMNS: list[Out[Meeting]] = [
    *place_columns(),
    Out(gettext_lazy("Organisation"), "organisation", 24),
    Out(gettext_lazy("Kind"), lambda one: one.get_kind_display(), 14),
    Out(gettext_lazy("Held on"), "held_on", 12),
    Out(gettext_lazy("Topic"), "topic", 30),
    Out(gettext_lazy("Hours of study"), "hours", 10),
    Out(gettext_lazy("Noted on"), "noted_on", 12),
    Out(gettext_lazy("Stands at"), lambda one: one.get_state_display(), 10),
]


class NoteMeeting(NewPage):
    """Ticks beside the names of the members as they are today."""

    def start(self, request: ActorRequest, hamlet: Region) -> dict[str, Any]:
        return {"held_on": clock.today(), "kind": "party_day"}

    def made_form(self, request: ActorRequest, hamlet: Region) -> forms.NoteForm:
        organisation = seated_at(hamlet)
        note_members_read(request.actor, organisation)
        form: forms.NoteForm = super().made_form(request, hamlet)
        form.organisation = organisation
        form.among(Member.objects.present().filter(organisation=organisation).order_by("pk"))
        return form

    def given(self, form: forms.NoteForm) -> dict[str, Any]:
        return {
            "organisation": form.organisation,
            "held": form.held(),
            "another": form.cleaned_data["another"],
        }


note_meeting = NoteMeeting(
    "note_meeting", "meeting", "meetings", actions.note_meeting, forms.NoteForm,
    gettext_lazy("Note a meeting"), gettext_lazy("Noted, once for all books."),
    gettext_lazy("What was held, and whom it reached. Written down here, it is written nowhere "
                 "else."),
)  # fmt: skip


class MeetingList(PlacedList[forms.MeetingsForm, Meeting]):
    """What the organisations in the actor's charge held."""

    permission = rules.see_meetings
    form = forms.MeetingsForm
    template = "meetings/list.html"
    title = gettext_lazy("Meetings and study")
    address = "meetings"
    columns = COLUMNS
    begins = note_meeting

    def rows(self, actor: Actor) -> QuerySet[Meeting]:
        return queries.meeting_list(actor)


class StudyList(PlacedList[forms.StudyForm, Organisation]):
    """How many hours of study each organisation was offered this year, of those owed."""

    permission = rules.see_study
    form = forms.StudyForm
    template = "meetings/study.html"
    title = gettext_lazy("Study offered this year")
    address = "study"

    def rows(self, actor: Actor) -> QuerySet[Organisation]:
        return queries.study_list(actor)

    def put_on(self, rows: Any, form: forms.StudyForm) -> None:
        super().put_on(rows, form)
        for one in rows:
            one.hours = hours_of(one.halves)

    def context(self, form: forms.StudyForm, fragment: bool) -> dict[str, Any]:
        offers = form.actor.places(rules.offer_training.roles)
        at = form.chosen["place"] or form.actor.places(self.permission.roles)[0]
        known = queries.trainings_of(form.actor, at) if len(at) >= LENGTHS[Level.TOWNSHIP] else []
        more = {"owed": queries.OWED, "offers": offers[:1], "trainings": known}
        return {**super().context(form, fragment), **more}


meetings, study = MeetingList(), StudyList()


@page(rules.offer_training, "GET", "POST")
def offer_training(request: ActorRequest, code: str) -> HttpResponse:
    """Training for all members of a township."""
    place = place_in_charge(request.actor, rules.offer_training.roles, code)
    rules.offer_training.require(request.actor, place=place)
    form = forms.TrainingForm(posted(request))
    if form.is_valid():
        sent = {"actor": request.actor, "place": place, **form.values()}
        if form.take(actions.offer_training, **sent):
            messages.success(request, _("Noted. It counts for every organisation here."))
            return redirect("study")
    context = {"form": form, "place": place}
    return render(request, "meetings/training.html", context, status=form.status)


@page(rules.withdraw_training, "POST")
def withdraw_training(request: ActorRequest, pk: int) -> HttpResponse:
    """Written down by mistake."""
    training = Training.objects.one_for(request.actor, pk)
    rules.withdraw_training.require(request.actor, training=training)
    take = partial(actions.withdraw_training, actor=request.actor, training=training)
    tap(request, _("Withdrawn."), take)
    return redirect("study")


@page(rules.see_quiet)
def quiet(request: ActorRequest) -> HttpResponse:
    """Whom nothing has reached for six months: for the secretary alone."""
    members = list(queries.quiet_members(request.actor))
    for organisation in {one.organisation for one in members}:
        note_members_read(request.actor, organisation)
    context = {"members": members, "months": queries.QUIET_MONTHS}
    return render(request, "meetings/quiet.html", context)
