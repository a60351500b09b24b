"""Which page takes which step of a rota, of somebody on it, of one of its turns."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.errors import Conflict
from genxu.core.pages import ActorRequest
from genxu.core.steps import StepForm, StepPage, say_taken
from genxu.people.living_steps import LivingSteps

from . import actions, forms, person_actions, queries, rules, turn_actions
from .models import OnRota, Rota, Turn

LATEST_STEPS = 8


class RotaSteps(LivingSteps[Rota]):
    """The steps of a rota; those on a turn are given it as ``turn``, on somebody as ``person``."""

    name, listed = "rota", "rotas"
    model = Rota
    sees, shown = rules.see_rotas, "duties/rota.html"
    template = "duties/step.html"

    def parts(self, row: Rota, **keys: Any) -> dict[str, Any]:
        if "turn_pk" in keys:
            return {"turn": queries.turn_of(row, keys["turn_pk"])}
        if "person_pk" in keys:
            return {"person": queries.person_of(row, keys["person_pk"])}
        return {}

    def facts(self, request: ActorRequest, row: Rota) -> dict[str, Any]:
        """The rota with its turns: what waits first, this week, the days to come, the shares."""
        turns, people = queries.turns_of(row), queries.people_of(row)
        mine = {one.pk for one in queries.persons_for(request.actor, row)}
        days = queries.calendar_of(turns, row.noted.all(), mine)
        monday, sunday = queries.week_of(clock.today())
        steers = rules.steers(request.actor, row)
        broken = queries.broken_turns(row, turns) if steers and not row.ended_on else 0
        ways = {one.name: one for one in self.open(request.actor, row)}
        first = self._first(row, ways, broken)
        listed = [one for name, one in ways.items() if one is not first and name != "enrol"]
        later = [one for one in days if one.day > sunday]
        whole = "all" in request.GET or len(later) <= queries.SHOWN_DAYS
        return {
            "first": first, "steps": listed, "enrol": ways.get("enrol"), "steers": steers,
            "broken": broken, "people": people, "mine": mine, "whole": whole,
            "history": row.history()[-LATEST_STEPS:],
            "week": [one for one in days if monday <= one.day <= sunday],
            "months": queries.in_months(later if whole else later[: queries.SHOWN_DAYS]),
            "before": [one for one in days if one.day < monday] if whole else [],
            "shares": queries.shares_of(people, turns),
        }  # fmt: skip

    @staticmethod
    def _first(row: Rota, ways: dict[str, Any], broken: int) -> Any:
        if row.is_draft:
            return ways.get("publish") or ways.get("deal")
        return ways.get("deal") if broken else None

    def done(
        self, request: ActorRequest, step: StepPage[Rota], row: Rota, after: Any
    ) -> HttpResponse:
        say_taken(request, step.said)
        if isinstance(after, Turn):
            warn_of_close_turns(request, after)
            return redirect("turn", row.pk, after.pk)
        return redirect(self.name, row.pk)


def warn_of_close_turns(request: ActorRequest, turn: Turn) -> None:
    """A swap may bring two turns within seven days: told, not refused."""
    if close := queries.close_to(turn.rota, turn.person, turn.day):
        told = {"name": turn.person, "days": "、".join(date_format(day) for day in close)}
        text = _("%(name)s has another turn within seven days: %(days)s.")
        messages.warning(request, str(text % told))


def check_turn(rota: Rota, turn: Turn | None = None) -> None:
    """``Conflict`` where the turn is over; without a turn it is no step of the rota's own page."""
    if turn is None or turn.is_over:
        raise Conflict(_("That day is over: say who stood in."))


def check_due(rota: Rota, turn: Turn | None = None) -> None:
    """``Conflict`` where the day is still to come; it is no step of the rota's own page."""
    if turn is None or (not turn.is_over and not turn.is_today):
        raise Conflict(_("That day is still to come."))


def check_person(rota: Rota, person: OnRota | None = None) -> None:
    """It is a step of somebody on the rota, none of the rota's own page."""
    if person is None:
        raise Conflict(OnRota.missing)


def _page(name: str, action: Any, form: type[StepForm[Rota]], said: Any, **more: Any) -> Any:
    return StepPage(name, action, form, said=said, **more)


TURN, PERSON = "turns/<key:turn_pk>", "people/<key:person_pk>"
PAGES = RotaSteps(
    _page("publish", actions.publish_rota, StepForm, _("Made known."),
          check=actions.check_is_dealt,
          explained=_("From now on everybody on it sees his turns, and can swap them.")),
    _page("deal", actions.deal_rota, forms.DealForm, _("Dealt."),
          explained=_("First ask everybody below when he cannot come. Then the turns are dealt: "
                      "equal over the whole time, weekends and festivals apart, none within seven "
                      "days of the other. What was stays as it is.")),
    _page("change", actions.change_rota, forms.ChangeForm, _("Changed.")),
    _page("move", actions.move_day, forms.MoveForm, _("Moved."),
          explained=_("All turns of that day go along.")),
    _page("end", actions.end_rota, forms.EndForm, _("Ended. What was stays to be read."),
          dangerous=True),
    _page("enrol", person_actions.enrol_person, forms.EnrolForm, _("Saved."), path="people/new"),
    _page("ask", person_actions.ask_person, forms.AskedForm, _("Saved."), path=PERSON,
          check=check_person),
    _page("leave", person_actions.release_person, forms.ReleaseForm, _("Taken off."),
          path=f"{PERSON}/leave", check=check_person,
          explained=_("Turns that were stay to be read; those to come are dealt anew.")),
    _page("hand", turn_actions.hand_turn, forms.HandForm, _("Written down."),
          path=f"{TURN}/hand", check=check_turn),
    _page("stand_in", turn_actions.stand_in, forms.StandInForm, _("Written down."),
          path=f"{TURN}/stand-in", check=check_due),
    _page("note", turn_actions.note_day, forms.NoteForm, _("Noted. Thank you."),
          path=f"{TURN}/note", check=check_due, label=_("Note how it was")),
)  # fmt: skip
