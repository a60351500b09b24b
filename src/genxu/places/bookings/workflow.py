"""The life of a booking as one table: booked, moved, handed over and back, over; or it waits for
the word of another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from genxu.core.workflow import Step, step


class State(models.TextChoices):
    WAITING = "waiting", _("Waits for a yes")
    BOOKED = "booked", _("Reserved")
    HELD = "held", _("Took place")
    NOT_HELD = "not_held", _("Did not take place")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = State
BOOK = "book"
TOLD = {BOOK: _("It was booked.")}
"""How it begins stands in no table."""
BEFORE = (S.WAITING, S.BOOKED)
HOLDS = (S.BOOKED, S.HELD)
"""While the rooms are taken by it."""

STEPS: dict[str, Step] = {
    "change": step(BEFORE, None, _("Change the booking"), _("It was changed.")),
    "stand": step((S.WAITING,), S.BOOKED, _("Let it stand"),
                  _("The way is free: it is booked."), tone="is-done"),
    "make_way": step((S.BOOKED,), None, _("Yes, it moves"),
                     _("It made way for a funeral and moved."), tone="is-done"),
    "keep": step((S.BOOKED,), None, _("No, it stays"), _("It stays where it is.")),
    "hand_over": step((S.BOOKED,), None, _("Hand things over"), _("Things were handed over.")),
    "hand_back": step(HOLDS, None, _("Take things back"), _("Things came back.")),
    "hold": step((S.BOOKED,), S.HELD, _("It took place"), _("It took place."), tone="is-done",
                 mends=True),
    "correct_count": step((S.HELD,), None, _("Put right how many came"),
                          _("How many came was put right."), mends=True),
    "not_held": step((S.BOOKED,), S.NOT_HELD, _("It did not take place"),
                     _("It did not take place.")),
    "withdraw": step(BEFORE, S.WITHDRAWN, _("Withdraw the booking"), _("It was withdrawn.")),
}  # fmt: skip
