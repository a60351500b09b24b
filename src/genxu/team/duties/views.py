"""The pages of rotas: the list, a new one, one turn with its taps, one's own turns, the wall."""

from functools import partial
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core.access import Actor
from genxu.core.errors import Conflict
from genxu.core.pages import ActorRequest, page, posted_id
from genxu.core.steps import tap
from genxu.regions.begun import NewPage
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region
from genxu.regions.queries import place_in_charge

from . import actions, documents, forms, queries, rules, turn_actions
from .models import Found, Rota
from .plans import Note
from .sheets import COLUMNS
from .steps import warn_of_close_turns


class NewRota(NewPage):
    def start(self, request: ActorRequest, hamlet: Region) -> dict[str, Any]:
        return dict(forms.usual_days())


prepare = NewRota(
    "prepare_rota",
    "rota",
    "rotas",
    actions.prepare_rota,
    forms.NewRotaForm,
    gettext_lazy("Prepare a rota"),
    gettext_lazy("Begun. Now ask everybody when he cannot come."),
    gettext_lazy("The members of the hamlet are put on it; each is asked before turns are dealt."),
)


class RotaList(PlacedList[forms.RotasForm, Rota]):
    """The rotas in the actor's charge; the sheet has their turns."""

    permission = rules.see_rotas
    form = forms.RotasForm
    template = "duties/list.html"
    title = gettext_lazy("Duty rotas")
    address = "rotas"
    columns = COLUMNS
    noted_as = rules.see_rotas.name
    begins = prepare

    def rows(self, actor: Actor) -> QuerySet[Rota]:
        return queries.rota_list(actor)

    def sheet_rows(self, form: forms.RotasForm) -> QuerySet[Any]:
        return queries.turns_in(self.found(form))

    def context(self, form: forms.RotasForm, fragment: bool) -> dict[str, Any]:
        context = super().context(form, fragment)
        held = form.actor.places(rules.deal_rotas.roles)
        return context | {"townships": Region.objects.filter(code__in=held) if held else []}


rotas = RotaList()


@page(rules.see_own_turns)
def my_turns(request: ActorRequest) -> HttpResponse:
    """Her turns to come, today's first; what others offer; nothing else."""
    turns = queries.own_turns(request.actor)
    context = {"turns": turns, "offered": queries.offered_turns(request.actor)}
    return render(request, "duties/mine.html", context)


@page(rules.see_rotas)
def turn_page(request: ActorRequest, pk: int, turn_pk: int) -> HttpResponse:
    """One turn: who comes, and what can be done about it."""
    rota = Rota.objects.one_for(request.actor, pk)
    turn = queries.turn_of(rota, turn_pk)
    steers = rules.steers(request.actor, rota)
    mine = queries.persons_for(request.actor, rota)
    team = list(rota.turns.filter(day=turn.day).select_related("person__member").order_by("pk"))
    (day,) = queries.calendar_of(team, rota.noted.filter(day=turn.day))
    due = rota.published_on is not None and (turn.is_over or turn.is_today)
    context = {
        "rota": rota, "turn": turn, "day": day, "steers": steers, "due": due,
        "hers": steers or turn.person in mine,
        "takers": [one for one in mine if one != turn.person] if turn.is_offered else [],
        "notes": due and (steers or any(one.person in mine for one in team)),
        "stands": bool(mine) or steers,
        "close": queries.close_to(rota, turn.person, turn.day),
        "found": Found,
    }  # fmt: skip
    return render(request, "duties/turn.html", context)


def _tapped(request: ActorRequest, pk: int, turn_pk: int, action: Any, said: Any,
            **given: Any) -> HttpResponse:  # fmt: skip
    """One tap on a turn: done, or told kindly why not."""
    rota = Rota.objects.one_for(request.actor, pk)
    turn = queries.turn_of(rota, turn_pk)
    if "person_pk" in given:
        given["person"] = queries.person_of(rota, given.pop("person_pk"))
    act = partial(action.once, posted_id(request), actor=request.actor, rota=rota, turn=turn)
    if tap(request, said, partial(act, **given)):
        warn_of_close_turns(request, queries.turn_of(rota, turn_pk))
    return redirect("turn", pk, turn_pk)


@page(rules.offer_turn, "POST")
def offer_turn(request: ActorRequest, pk: int, turn_pk: int) -> HttpResponse:
    """She cannot come."""
    said = _("Offered to the others. Until somebody takes it, it stays yours.")
    return _tapped(request, pk, turn_pk, turn_actions.offer_turn, said)


@page(rules.withdraw_turn, "POST")
def withdraw_turn(request: ActorRequest, pk: int, turn_pk: int) -> HttpResponse:
    """She can after all."""
    return _tapped(request, pk, turn_pk, turn_actions.withdraw_turn, _("Good. It stays yours."))


@page(rules.take_turn, "POST")
def take_turn(request: ActorRequest, pk: int, turn_pk: int, person_pk: int) -> HttpResponse:
    """The first who taps has it."""
    said = _("Thank you. The turn is yours now.")
    return _tapped(request, pk, turn_pk, turn_actions.take_turn, said, person_pk=person_pk)


@page(rules.note_day, "POST")
def note_clean(request: ActorRequest, pk: int, turn_pk: int) -> HttpResponse:
    """All well: one tap, which is an answer like any other."""
    note = Note(Found.CLEAN)
    return _tapped(request, pk, turn_pk, turn_actions.note_day, _("Noted. Thank you."), note=note)


@page(rules.see_rotas)
def wall(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The rota for the wall, as PDF: months, names, and a line of fairness a person."""
    rota = Rota.objects.one_for(request.actor, pk)
    turns, people = queries.turns_of(rota), queries.people_of(rota)
    try:
        content = documents.wall(documents.sheet_of(rota, turns, queries.shares_of(people, turns)))
    except Conflict as error:
        messages.warning(request, str(error.message))
        return redirect("rota", pk)
    response = FileResponse(BytesIO(content), content_type="application/pdf")
    name = documents.file_name(rota)
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


@page(rules.deal_rotas, "POST")
def deal_all(request: ActorRequest, code: str) -> HttpResponse:
    """Ask for the job that deals all rotas that are being prepared at a place."""
    place = place_in_charge(request.actor, rules.deal_rotas.roles, code)
    job = actions.ask_to_deal.once(posted_id(request), actor=request.actor, place=place)
    return redirect("job", job.pk)
