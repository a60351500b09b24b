"""The pages of centre households: the list, one of them and its steps, a hamlet's, many at once."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.errors import Missing, Refusal
from genxu.core.forms import PlainForm, posted
from genxu.core.pages import ActorRequest, page
from genxu.core.sheets.writing import Out
from genxu.core.steps import tap
from genxu.people.models import Household
from genxu.people.roles import KEEPERS, Role
from genxu.regions.codes import Level
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region
from genxu.regions.queries import name_places, place_of, place_with

from . import actions, forms, queries, rules
from .appointing import TERM_YEARS
from .models import CentreHousehold, Duty
from .sheets import columns_for

AT_ONCE = 200
"""So many are appointed with one confirmation."""


class CentreHouseholdList(PlacedList[forms.CentreHouseholdsForm, CentreHousehold]):
    """All in the actor's charge: those who serve first of all, and who stands for it; the sheet
    names people, and is logged."""

    permission = rules.see_centre_households
    form = forms.CentreHouseholdsForm
    template = "centre_households/list.html"
    title = gettext_lazy("Centre households")
    address = "centre_households"
    named = ("hamlet",)
    goes_down = True
    noted_as = rules.see_centre_households.name

    def rows(self, actor: Actor) -> QuerySet[CentreHousehold]:
        return queries.centre_household_list(actor)

    def context(self, form: forms.CentreHouseholdsForm, fragment: bool) -> dict[str, Any]:
        actor = form.actor
        appoints = actor.plays(rules.appoint_centre_household.roles)
        return {
            **super().context(form, fragment),
            "keeps": actor.plays(KEEPERS),
            "appoints": appoints,
            "waiting": appoints and queries.selected_below(actor).exists(),
            "own_hamlets": _own_hamlets(actor),
        }

    def columns_for(self, form: forms.CentreHouseholdsForm) -> Sequence[Out[Any]]:
        return columns_for(form.actor)

    def sheet_rows(self, form: forms.CentreHouseholdsForm) -> QuerySet[Any]:
        return self.found(form).select_related("hamlet__parent__parent", "household")


def _own_hamlets(actor: Actor) -> list[Region]:
    """The hamlets in which the actor herself works: the way to nominate."""
    codes = [grant.place for grant in actor.grants if grant.role in rules.BRANCH]
    rows = Region.objects.of_level(Level.HAMLET).filter(code__in=codes).order_by("code")
    return list(rows) if codes else []


centre_households = CentreHouseholdList()


@page(rules.see_centre_households)
def centre_households_at(request: ActorRequest, code: str) -> HttpResponse:
    """A hamlet: who serves, who stands and how many neighbours recommend each."""
    hamlet = queries.hamlet_in_charge(request.actor, code)
    sees_candidates = request.actor.holds([*KEEPERS, Role.CENTRE_HOUSEHOLD], hamlet.code)
    context = {
        "hamlet": hamlet,
        "serving": queries.serving_in(hamlet),
        "candidates": queries.candidates_of(hamlet) if sees_candidates else [],
        "sees_candidates": sees_candidates,
        "keeps": request.actor.holds(KEEPERS, hamlet.code),
        "writes": rules.writes_for(request.actor, hamlet),
    }
    return render(request, "centre_households/hamlet.html", context)


@page(rules.set_consent, "POST")
def set_consent(request: ActorRequest, pk: int) -> HttpResponse:
    """The centre household itself, signed in, says what may be shown."""
    one = CentreHousehold.objects.one_for(request.actor, pk)
    form = forms.ConsentForm(request.POST, one=one)
    form.is_valid()
    said = partial(
        actions.set_consent.once,
        form.cleaned_data.get("client_id"),
        actor=request.actor,
        centre_household=one,
        **form.values(),
    )
    tap(request, _("Noted. You can change it at any time."), said)
    return redirect("centre_household", pk)


@page(rules.nominate_household, "GET", "POST")
def nominate_household(request: ActorRequest, code: str) -> HttpResponse:
    """The branch writes a nomination down for a household that cannot do it itself."""
    hamlet = queries.hamlet_in_charge(request.actor, code)
    rules.nominate_household.require(request.actor, household=Household(hamlet=hamlet))
    households = queries.households_of(request.actor, hamlet)
    start = {"duties": Duty.values}
    form = forms.NominateForm(posted(request), households=households, initial=start)
    if form.is_valid():
        one = form.take(actions.nominate_household, actor=request.actor, **form.values())
        if one is not None:
            messages.success(request, _("Written down. Now the neighbours can recommend."))
            return redirect("centre_household", one.pk)
    return _pick_page(request, "nominate", hamlet, form)


def _pick_page(
    request: ActorRequest,
    name: str,
    hamlet: Region,
    form: PlainForm,
    one: CentreHousehold | None = None,
) -> HttpResponse:
    context = {"hamlet": hamlet, "form": form, "one": one}
    return render(request, f"centre_households/{name}.html", context, status=form.status)


@page(rules.recommend_candidate, "GET", "POST")
def record_recommendation(request: ActorRequest, pk: int) -> HttpResponse:
    """What a neighbour said to the secretary, for one who stands."""
    one = CentreHousehold.objects.one_for(request.actor, pk)
    rules.recommend_candidate.require(request.actor, household=one.household)
    households = queries.households_of(request.actor, one.hamlet)
    form = forms.RecommendForm(posted(request), households=households)
    if form.is_valid():
        sent = {"actor": request.actor, "candidate": one, **form.values()}
        if form.take(actions.recommend_candidate, **sent):
            messages.success(request, _("Written down as said by word of mouth."))
            return redirect("centre_household", pk)
    return _pick_page(request, "recommend", one.hamlet, form, one)


@page(rules.appoint_centre_household, "GET", "POST")
def appoint_together(request: ActorRequest) -> HttpResponse:
    """All whom the branches have selected: ticked, and appointed with one confirmation."""
    place = place_of(given).code if (given := request.GET.get("place")) else ""
    waiting = queries.selected_below(request.actor, place)
    rows = list(waiting[:AT_ONCE])
    ticked = set(request.POST.getlist("chosen"))
    form = forms.AppointManyForm(posted(request), initial=_term_values())
    if request.method == "POST":
        chosen = [one for one in rows if str(one.pk) in ticked]
        if not chosen:
            form.add_error(None, _("Nobody is ticked."))
        if form.is_valid():
            return _appoint(request, chosen, form.cleaned_data)
    name_places(rows, "hamlet")
    queries.count_voices(rows)
    for one in rows:
        one.ticked = not request.POST or str(one.pk) in ticked  # type: ignore[attr-defined]
    context = {
        "rows": rows,
        "form": form,
        "more": max(waiting.count() - AT_ONCE, 0) if len(rows) == AT_ONCE else 0,
        "place": place_with(place),
    }
    return render(request, "centre_households/appoint_together.html", context, status=form.status)


def _term_values() -> dict[str, Any]:
    return {"appointed_on": clock.today(), "years": TERM_YEARS}


def _appoint(
    request: ActorRequest, chosen: list[CentreHousehold], values: dict[str, Any]
) -> HttpResponse:
    """One action for each; who cannot be appointed is named, and the others are not held up."""
    batch: UUID = values["client_id"]
    done = 0
    for one in chosen:
        try:
            actions.appoint_centre_household.once(
                uuid5(batch, str(one.pk)), actor=request.actor, centre_household=one,
                appointed_on=values["appointed_on"], years=values["years"],
            )  # fmt: skip
        except Missing:
            continue
        except Refusal as error:
            messages.warning(request, f"{one.person_name}: {error.message}")
        else:
            done += 1
    if done:
        text = ngettext("%(n)s centre household appointed, with its certificate number.",
                        "%(n)s centre households appointed, each with its certificate number.",
                        done)  # fmt: skip
        messages.success(request, text % {"n": done})
    return redirect("centre_households")
