"""Figures, as the API gives them."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from genxu.core import clock
from genxu.core.api import PROBLEMS, operation
from genxu.regions.queries import place_in_charge, place_of

from .counting import count_on
from .rules import see_figures

router = Router()


class FiguresOut(Schema):
    region: str
    as_of: date
    figures: dict[str, int]


@router.get("/figures/{code}", response={200: FiguresOut} | PROBLEMS, url_name="figures")
@operation(see_figures)
def read_figures(request: HttpRequest, code: str, as_of: date | None = None) -> FiguresOut:
    """All figures of a place as they stood on a day, counted from the records."""
    actor = request.actor  # type: ignore[attr-defined]
    place = place_in_charge(actor, see_figures.roles, place_of(code).code)
    day = as_of or clock.today()
    return FiguresOut(region=place.code, as_of=day, figures=count_on(place.code, day))
