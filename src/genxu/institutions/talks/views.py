"""The pages of talks: recording one, reading it, its minutes, its receipts."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.code_forms import PrintForm
from genxu.core.errors import Missing
from genxu.core.forms import posted
from genxu.core.journal import note_read
from genxu.core.keyring import private
from genxu.core.pages import ActorRequest, page, posted_id
from genxu.institutions.announcements.queries import wishes_for
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.queries import talked_of
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge

from . import actions, forms, queries, receipt_actions, rules
from .models import Talk
from .sheets import COLUMNS
from .steps import PAGES


class TalkList(PlacedList[forms.TalksForm, Talk]):
    """All talks in the actor's charge, the latest first; a sheet names who led them, and is
    logged."""

    permission = rules.see_talks
    form = forms.TalksForm
    template = "talks/list.html"
    title = gettext_lazy("Evening talks")
    address = "talks"
    named = ("hamlet",)
    goes_down = True
    columns = COLUMNS
    noted_as = rules.see_talks.name

    def rows(self, actor: Actor) -> QuerySet[Talk]:
        return queries.talk_list(actor)

    def sheet_rows(self, form: forms.TalksForm) -> QuerySet[Any]:
        return queries.with_said(self.found(form))

    def put_on(self, rows: Sequence[Talk], form: forms.TalksForm) -> None:
        super().put_on(rows, form)
        queries.count_said(rows)


talks = TalkList()


@page(rules.record_talk, "GET", "POST")
def record_talk(request: ActorRequest, code: str) -> HttpResponse:
    """The one screen: date, place, topic, heads, and all that was said."""
    hamlet = place_in_charge(request.actor, rules.record_talk.roles, code)
    rules.record_talk.require(request.actor, hamlet=hamlet)
    today, another = clock.today(), request.GET.get("another", "")
    if request.method != "POST" and not another and (there := queries.talk_of(hamlet, today)):
        context = {"hamlet": hamlet, "talk": there, "today": today.isoformat()}
        return render(request, "talks/there_already.html", context)
    asked = request.method != "POST" or request.POST.get("wishes")  # none stood on the page
    wishes = wishes_for(request.actor, hamlet) if asked else []
    if request.method != "POST":
        said = forms.said_formset(request.actor, hamlet, None, wishes)
        before = queries.before_another(hamlet, today)
        start = forms.start_values(request.actor.name, before.last) | {"another": another}
        start["wishes"] = ",".join(str(one.pk) for one in wishes)
        form = forms.TalkForm(initial=start).with_rows(said)
        return _record_page(request, hamlet, form, before)
    said = forms.said_formset(request.actor, hamlet, posted(request))
    form = forms.TalkForm(posted(request), request.FILES).with_rows(said)
    if request.FILES and form.wants_more:
        messages.info(request, _("Pictures and files have to be chosen again."))
    elif request.FILES:  # sent twice: its pictures are not stored in vain
        made = actions.record_talk.made_before(request.actor, posted_id(request))
        if made:
            return redirect("talk", made.pk)
    if form.is_valid():
        talk = form.take(
            actions.record_talk,
            actor=request.actor,
            hamlet=hamlet,
            gathering=form.gathering(),
            said=[one.said() for one in form.written("said")],
            another=form.is_another,
            wishes=form.shown_of(wishes),
        )
        if talk is not None:
            text = _("Recorded. The minutes, the matters and the receipts are ready.")
            messages.success(request, text)
            return redirect("talk", talk.pk)
    return _record_page(request, hamlet, form)


def _record_page(
    request: ActorRequest,
    hamlet: Region,
    form: forms.TalkForm,
    before: queries.Before | None = None,
) -> HttpResponse:
    said = form.sets["said"]
    around: forms.Surroundings = said.form_kwargs["around"]
    day = getattr(form, "cleaned_data", {}).get("held_on") or clock.today()
    before = before or queries.before_another(hamlet, day)
    talked = talked_of(hamlet, before.last.held_on if before.last else None)
    around.joinable = talked.open
    made = form.conflicting and actions.record_talk.made_before(request.actor, posted_id(request))
    context = {
        "hamlet": hamlet,
        "form": form,
        "said": said,
        "households": around.households,
        "agenda": talked.agenda,
        "number": before.number,
        "draft": before.written,
        "made": made,
        "there": form.conflicting and not made and queries.talk_of(hamlet, day),
        "day": day.isoformat(),
    }
    return render(request, "talks/record.html", context, status=form.status)


@page(rules.see_talks)
def talk_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One talk. Who said what is for the hamlet; above it, the matters are seen."""
    talk = Talk.objects.one_for(request.actor, pk)
    inside = bool(rules.read_minutes(request.actor, talk=talk))
    open_steps = PAGES.open(request.actor, talk)
    if inside:
        note_read(actor=request.actor, action=rules.read_minutes.name, subject=talk)
    matters: list[Matter] = []
    if not inside:
        rows = Matter.objects.visible_to(request.actor).filter(suggestions__raised__talk=talk)
        matters = list(rows.select_related("hamlet").distinct())
    context = {
        "talk": talk,
        "inside": inside,
        "suggestions": queries.suggestions_of(request.actor, talk) if inside else [],
        "matters": matters,
        "said": talk.raised.count(),
        "photos": list(talk.photos.all()),
        "draft": queries.last_written(talk.hamlet_id, talk.pk) if inside else 0,
        "history": [one for one in talk.history() if inside or one.suggestion_id is None],
        "knows_who": inside or bool(rules.mend_talk(request.actor, talk=talk)),
        "steps": [step for step in open_steps if step.name != "correct_said"],
        "corrects_said": any(step.name == "correct_said" for step in open_steps),
    }
    return render(request, "talks/talk.html", context)


@page(rules.read_minutes)
def minutes(request: ActorRequest, pk: int) -> HttpResponse:
    """The minutes as a sheet of paper."""
    talk = Talk.objects.one_for(request.actor, pk)
    rules.read_minutes.require(request.actor, talk=talk)
    note_read(actor=request.actor, action=rules.read_minutes.name, subject=talk)
    context = {
        "talk": talk,
        "suggestions": queries.suggestions_of(request.actor, talk),
        "opening": queries.opening_of(talk),
        "mended": talk.history(),
        "today": clock.today(),
        "path": list(Region.objects.path_to(talk.hamlet_id)),
    }
    return render(request, "talks/minutes.html", context)


@page(rules.read_minutes, "GET", "POST")
def receipts(request: ActorRequest, pk: int) -> HttpResponse:
    """Who gets a receipt of a talk; on POST they are printed, to be torn off."""
    talk = Talk.objects.one_for(request.actor, pk)
    rules.read_minutes.require(request.actor, talk=talk)
    form = PrintForm(posted(request), mixed=False)
    if form.is_valid():
        why = form.cleaned_data["why"]
        receipt_actions.print_receipts(actor=request.actor, talk=talk, why=why)
        context = {"talk": talk, "suggestions": queries.suggestions_of(request.actor, talk)}
        return private(render(request, "talks/receipts_printed.html", context))
    note_read(actor=request.actor, action=rules.read_minutes.name, subject=talk)
    context = {
        "talk": talk,
        "suggestions": queries.suggestions_of(request.actor, talk),
        "form": form,
    }
    return render(request, "talks/receipts.html", context, status=form.status)


@page(rules.see_talks)
def photo(request: ActorRequest, pk: int) -> HttpResponseBase:
    """A picture of a talk, for those who may see the talk."""
    found = queries.visible_photo(request.actor, pk)
    try:
        picture = found.file.open()
    except FileNotFoundError as error:
        raise Missing(_("There is no such picture.")) from error
    return FileResponse(picture, content_type="image/jpeg")
