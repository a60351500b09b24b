"""What everybody reads of the talks to come."""

from genxu.core.sections import Section

from .queries import told_to_all

SECTIONS = [
    Section(
        "hamlet", 10, "announcements/_public.html", lambda here: {"announced": told_to_all(here)}
    )
]
