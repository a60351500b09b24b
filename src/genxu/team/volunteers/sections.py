"""What everybody reads of volunteering, and what a household's own page says of it."""

from genxu.core.sections import Section

from .queries import of_household, told_to_all

SECTIONS = [
    Section("hamlet", 50, "volunteers/_public.html",
            lambda here: {"volunteering": told_to_all(here)}),
    Section("own_more", 10, "volunteers/_own_household.html",
            lambda household: {"volunteering": of_household(household)}),
]  # fmt: skip
