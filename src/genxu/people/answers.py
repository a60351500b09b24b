"""The five answers of the asking-back (回访), the same wherever a resident is asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    VERY_SATISFIED = "very_satisfied", _("Very satisfied")
    SATISFIED = "satisfied", _("Satisfied")
    FAIRLY_SATISFIED = "fairly_satisfied", _("Fairly satisfied")
    DISSATISFIED = "dissatisfied", _("Dissatisfied")
    VERY_DISSATISFIED = "very_dissatisfied", _("Very dissatisfied")


REOPENING = frozenset({Answer.DISSATISFIED, Answer.VERY_DISSATISFIED})
"""It is not settled."""
