"""What is erased of a household that owns a place, or of whose people one looked after it."""

from genxu.people.erasure import Erasure, strike

from .models import Element, Venue, VenueStep


def erase(erased: Erasure) -> None:
    """That there is a place, and since when, stays."""
    rows = Venue.objects.filter(hamlet=erased.hamlet)
    rows.filter(owner__in=erased.names).update(owner=GONE)
    Element.objects.filter(hamlet=erased.hamlet, by__in=erased.names).update(by="")
    steps = VenueStep.objects.filter(hamlet=erased.hamlet)
    strike(erased, rows, "name")
    strike(erased, steps, "words", "replaced")


GONE = "＊＊"
"""Whose house it was: somebody's, so that it is not taken for common property."""
