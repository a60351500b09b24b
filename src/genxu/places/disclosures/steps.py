"""Which page takes which step: of a book whose days are told next, of what was drawn up."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.pages import ActorRequest, slice_of
from genxu.core.steps import ReasonForm, StepForm, StepPage, StepPages, say_taken
from genxu.people.living_steps import LivingSteps
from genxu.places.ledger.models import Book

from . import actions, forms, queries, rules, telling
from .models import Disclosure, Pace
from .workflow import DUE_DAY, MANY, State


class BookSteps(StepPages[Book]):
    """A book as its place shows it: what comes next, and what was shown."""

    name, listed, model = "shown_book", "disclosures", Book
    sees = rules.see_disclosures
    shown = "disclosures/book.html"
    template = "disclosures/book_step.html"

    def facts(self, request: ActorRequest, row: Book) -> dict[str, Any]:
        turn = queries.turn_of(row)
        page = slice_of(request, queries.disclosures_of(row))
        pace = Pace.objects.filter(book=row).first()
        return {
            "turn": turn, "page": page, "moved": queries.moved_within(row, turn), "pace": pace,
            "many": MANY, "due_day": DUE_DAY,
        }  # fmt: skip

    def done(self, request: ActorRequest, step: StepPage[Book], row: Book, after: Any
             ) -> HttpResponse:  # fmt: skip
        say_taken(request, step.said)
        if isinstance(after, Disclosure):
            return redirect("disclosure", after.pk)
        return redirect("shown_book", row.pk)


BOOKS = BookSteps(
    StepPage("draw_up", actions.draw_up, StepForm[Book],
             _("From the books as they stand now. A supervisor signs it before it is shown."),
             _("Draw up what is shown"), said=_("Drawn up. A supervisor reads and signs it now."),
             check=actions.check_can_be_drawn),
    StepPage("set_pace", actions.set_pace, forms.PaceForm,
             _("By itself: each quarter, and each month where much comes in and goes out."),
             _("Say how often"), said=_("Noted."), primary=False),
)  # fmt: skip


class DisclosureSteps(LivingSteps[Disclosure]):
    """What was drawn up, line by line, as everybody will read it."""

    name, listed, model = "disclosure", "disclosures", Disclosure
    sees = rules.see_disclosures
    shown = "disclosures/disclosure.html"

    def open(self, actor: Actor, row: Disclosure) -> list[StepPage[Disclosure]]:
        """It is drawn up again as what comes next only where it was sent back."""
        steps = super().open(actor, row)
        again = row.state == State.SENT_BACK
        return [replace(one, primary=again) if one.name == "redraw" else one for one in steps]

    def facts(self, request: ActorRequest, row: Disclosure) -> dict[str, Any]:
        return telling.facts_of(request, row)


DISCLOSURES = DisclosureSteps(
    StepPage("sign", actions.sign_disclosure, forms.SignForm,
             _("Read it line by line, and look at the slips you want to see. Your name stands "
               "in the books, not on the public page."),
             said=_("Signed. It can be shown to all now.")),
    StepPage("publish", actions.publish_disclosure, StepForm[Disclosure],
             _("Its page opens for everybody today; print the sheet for the wall, too."),
             said=_("Open to all. Now print the sheet for the wall.")),
    StepPage("redraw", actions.redraw_disclosure, StepForm[Disclosure],
             _("First mend in the books what was wrong."), said=_("Drawn up again.")),
    StepPage("send_back", actions.send_back, ReasonForm[Disclosure],
             _("What does not agree? Whoever drew it up reads it."), said=_("Sent back."),
             primary=False),
    StepPage("correct", actions.correct_disclosure, forms.WhyForm,
             _("A newer one of the same days says on top what it changes."),
             _("Put it right by a newer one"), said=_("Drawn up anew. A supervisor signs it."),
             check=actions.check_stands, primary=False),
    StepPage("drop", actions.drop_disclosure, ReasonForm[Disclosure],
             said=_("It counts no more."), primary=False),
)  # fmt: skip
