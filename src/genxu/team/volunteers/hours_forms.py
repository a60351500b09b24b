"""How a list of hours is narrowed down."""

from django.utils.translation import gettext_lazy as _

from genxu.core.lists import DaysForm
from genxu.regions.lists import ListForm, choice_box, words_box

from .workflow import Proof


class HoursForm(ListForm, DaysForm):
    """By who it was, how it stands, and when."""

    day_of = "day"
    looks_in = ("volunteer__name", "hamlet__name")
    words = words_box(_("Name of a volunteer or a hamlet"), 40)
    state = choice_box(_("How it stands"), Proof.choices)
    field_order = ("words", "place", "state", "since", "until")
