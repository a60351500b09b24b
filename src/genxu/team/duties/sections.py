"""What everybody reads of who is on duty."""

from genxu.core.sections import Section

from .queries import named_this_week

SECTIONS = [
    Section("hamlet", 20, "duties/_public.html", lambda here: {"on_duty": named_this_week(here)})
]
