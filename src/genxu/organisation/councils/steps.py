"""Which page changes a council: a seat, a new term, its end."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from genxu.core.errors import Conflict, Missing
from genxu.core.pages import ActorRequest
from genxu.core.steps import StepPage, StepPages

from . import actions, forms
from .models import Council, Seat


class CouncilSteps(StepPages[Council]):
    """The steps of a council; that on a seat is given it as ``seat``."""

    name, listed = "council", "councils"
    model = Council
    template = "councils/term.html"

    def parts(self, row: Council, **keys: Any) -> dict[str, Any]:
        return {"seat": seat_of(row, keys["seat_pk"])} if keys else {}

    def template_of(self, step: StepPage[Council]) -> str:
        return "councils/seat.html" if "seat" in step.name else self.template

    def context(
        self, request: ActorRequest, step: StepPage[Council], row: Council
    ) -> dict[str, Any]:
        return {"council": row}

    def done(
        self, request: ActorRequest, step: StepPage[Council], row: Council, after: Any
    ) -> HttpResponse:
        """A new term is a council of its own."""
        return super().done(request, step, row, after if isinstance(after, Council) else row)


def seat_of(council: Council, pk: int) -> Seat:
    """One of those who sit on it, or sat; ``Missing`` if it is another council's."""
    seat = council.seats.filter(pk=pk).first()
    if seat is None:
        raise Missing(_("There is no such seat on this council any more."))
    return seat


def check_sits(council: Council, seat: Seat | None = None) -> None:
    """``Conflict`` once the council has ended, or whoever had the seat has left it."""
    actions.check_standing(council)
    if seat is not None and seat.until is not None:
        raise Conflict(_("There is no such seat on this council any more."))


def _page(name: str, action: Any, form: Any, label: Any, said: Any, path: str = "") -> Any:
    more = {"said": said, "path": path, "check": check_sits}
    return StepPage(name, action, form, label=label, **more)


PAGES = CouncilSteps(
    _page("new_seat", actions.seat_member, forms.OneSeatForm,
          _("Give somebody a seat"), _("Saved."), "seats/new"),
    _page("seat", actions.change_seat, forms.OneSeatForm,
          _("Save the seat"), _("Saved."), "seats/<key:seat_pk>"),
    _page("renew", actions.renew_council, forms.RenewForm,
          _("Begin a new term"), _("A new term has begun.")),
    _page("dissolve", actions.dissolve_council, forms.DissolveForm,
          _("Dissolve the council"), _("Dissolved.")),
)  # fmt: skip
