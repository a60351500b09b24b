"""What is erased of a household that booked: that there was a booking stays, not whose."""

from genxu.people.erasure import Erasure, strike

from .models import Booking, BookingStep, Plea


def erase(erased: Erasure) -> None:
    here = Booking.objects.filter(hamlet=erased.hamlet)
    own = list(Booking.objects.filter(household__in=erased.households).values_list("pk", flat=True))
    strike(erased, here, "title")
    strike(erased, BookingStep.objects.filter(hamlet=erased.hamlet), "words")
    here.filter(name__in=erased.names).update(name="")
    Booking.objects.filter(pk__in=own).update(household=None, name="")
    pleas = Plea.objects.filter(hamlet=erased.hamlet, heard_by__in=erased.names)
    pleas.update(heard_by=ANOTHER)


ANOTHER = "＊＊"
"""Who heard a word: somebody did, so that it stays noted down and nobody's own."""
