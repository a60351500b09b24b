"""What of bookings stands on pages of others: a hamlet's public page, a household's own, a
place's."""

from genxu.core.sections import Section

from .queries import coming_at, on_in, own_bookings

SECTIONS = [
    Section("hamlet", 60, "bookings/_public.html", lambda here: {"on": on_in(here)}),
    Section("own", 30, "bookings/_own.html", lambda household: {"own": own_bookings(household)}),
    Section("venue", 10, "bookings/_venue.html", coming_at),
]
