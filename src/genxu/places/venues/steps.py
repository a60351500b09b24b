"""Which page takes which step of a place; its own page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.errors import Conflict
from genxu.core.pages import ActorRequest
from genxu.core.sections import sections_of
from genxu.core.steps import ReasonForm, StepPage, WordsForm
from genxu.people.living_steps import LivingSteps

from . import actions, element_actions, forms, queries, rules
from .holding import check_never_used
from .models import Face, Venue


class VenueSteps(LivingSteps[Venue]):
    """A place: what it is, its rooms, its things, the six elements, what goes on there."""

    name, listed, model = "venue", "venues", Venue
    sees, shown = rules.see_venue, "venues/venue.html"
    template = "venues/step.html"

    def facts(self, request: ActorRequest, row: Venue) -> dict[str, Any]:
        keeps = bool(rules.keep_venue(request.actor, venue=row))
        return {
            "keeps": keeps,
            "rooms": queries.rooms_of(row),
            "things": queries.things_of(row),
            "ticks": queries.ticks_of(row),
            "faces": queries.faces_of(request.actor, row),
            "knows_who": keeps,
            "told": sections_of("venue", row),
        }

    def context(self, request: ActorRequest, step: StepPage[Venue], row: Venue) -> dict[str, Any]:
        return {"things": queries.things_of(row)} if step.name == "count" else {}


def check_hangs(venue: Venue, **_parts: Any) -> None:
    """``Conflict`` where nobody hangs on the wall."""
    if not Face.objects.filter(venue=venue).exists():
        raise Conflict(_("Nobody hangs on the wall."))


VENUES = VenueSteps(
    StepPage("reopen", actions.reopen_venue, WordsForm, said=_("It is in use again.")),
    StepPage("count", actions.count_thing, forms.ThingForm,
             _("What is handed out and comes back: tables, bowls, a projector. None is a number, "
               "too."), said=_("Noted."), primary=False),
    StepPage("tick", element_actions.tick_element, forms.TickForm,
             _("Sign, flag, oath, members' wall, rules, office: whoever looked says what is "
               "there."), said=_("Noted."), primary=False),
    StepPage("add_room", actions.add_room, forms.RoomForm, said=_("Added."), primary=False),
    StepPage("change_room", actions.change_room, forms.ChangeRoomForm, said=_("Changed."),
             primary=False),
    StepPage("change", actions.change_venue, forms.ChangeForm,
             _("Also when the agreement with its owner goes on, or ends."), said=_("Changed."),
             primary=False),
    StepPage("hang", element_actions.hang_face, forms.HangForm,
             _("Only with his own consent, which he may withdraw at any time."),
             said=_("He hangs on the wall."), primary=False),
    StepPage("take_down", element_actions.take_face_down, forms.TakeDownForm,
             _("Nobody asks why."), said=_("It is off the wall."), check=check_hangs,
             primary=False),
    StepPage("close", actions.close_venue, ReasonForm,
             _("It can be booked no more until it is in use again."),
             said=_("It is closed from today on."), primary=False),
    StepPage("withdraw", actions.withdraw_venue, ReasonForm,
             _("Only if there never was such a place, or it stands here twice."),
             said=_("It counts no more."), check=check_never_used, primary=False),
)  # fmt: skip
