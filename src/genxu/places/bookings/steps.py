"""Which page takes which step of a booking; its own page."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.pages import ActorRequest
from genxu.core.steps import StepPage, WordsForm
from genxu.people.living_steps import LivingSteps

from . import actions, forms, keeping_actions, queries, rules
from .linking import talks_told
from .models import Booking


class BookingSteps(LivingSteps[Booking]):
    """A booking: when, which rooms, for whom; who is asked to move; what was handed over."""

    name, listed, model = "booking", "bookings", Booking
    sees, shown = rules.see_booking, "bookings/booking.html"
    template = "bookings/step.html"

    def open(self, actor: Actor, row: Booking) -> list[StepPage[Booking]]:
        """First the answer that somebody waits for, then how it went once it is over."""
        found = super().open(actor, row)
        names = {one.name for one in found}
        expected = "make_way" if "make_way" in names else "hold" if row.is_over else ""
        if not expected and row.is_out:
            expected = "hand_back"
        steps = [replace(one, primary=one.name == expected) for one in found]
        return sorted(steps, key=lambda one: not one.primary)

    def facts(self, request: ActorRequest, row: Booking) -> dict[str, Any]:
        pleas = row.pleas.select_related("other").order_by("pk")
        asked = row.asked.select_related("booking__household").order_by("pk")
        talk = talks_told([row.talk]).get(row.talk or 0)
        return {
            "knows_who": True,
            "when": row.when,
            "rooms": actions.plan_of(row).rooms,
            "pleas": [(plea, plea.other.when) for plea in pleas],
            "asked": list(asked),
            "handed": queries.handed_of(row),
            "talk": talk,
        }

    def context(
        self, request: ActorRequest, step: StepPage[Booking], row: Booking
    ) -> dict[str, Any]:
        shown = {"when": row.when}
        if step.name != "change":
            return shown
        return {**shown, "households": queries.households_in(row.hamlet_id)}


BOOKINGS = BookingSteps(
    StepPage("make_way", keeping_actions.note_yes, forms.YesForm,
             _("A funeral asks it to move. It moves only with the yes of whoever booked."),
             said=_("It has moved; the funeral has its time."),
             check=keeping_actions.check_asked),
    StepPage("keep", keeping_actions.note_no, forms.NoForm,
             _("It stays; the funeral waits or takes another room. Nobody asks why."),
             said=_("Noted: it stays."), check=keeping_actions.check_asked),
    StepPage("hold", keeping_actions.hold_booking, forms.HoldForm, said=_("Noted."),
             check=keeping_actions.check_begun),
    StepPage("hand_over", keeping_actions.hand_over, forms.HandOverForm,
             _("Print the slip afterwards: it says what was taken."), said=_("Handed over.")),
    StepPage("hand_back", keeping_actions.hand_back, forms.HandBackForm,
             _("What is missing is noted; no money is asked for here."), said=_("Noted."),
             check=keeping_actions.check_handed),
    StepPage("not_held", keeping_actions.note_not_held, WordsForm, said=_("Noted."),
             check=keeping_actions.check_begun),
    StepPage("change", actions.change_booking, forms.ChangeForm, said=_("Changed.")),
    StepPage("correct_count", keeping_actions.correct_count, forms.CountForm,
             said=_("Put right.")),
    StepPage("withdraw", actions.withdraw_booking, WordsForm,
             _("The rooms are free again at once."), said=_("Withdrawn."),
             check=actions.check_before),
)  # fmt: skip
