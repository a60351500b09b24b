"""What can be asked of the records that exist, hamlet by hamlet: what a campaign of the county
(专项治理) goes by. Each app says in its room ``questions``, as ``QUESTIONS``, what it can answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from genxu.core.declared import members_by
from genxu.core.promises import StrOrPromise
from genxu.regions.codes import Level
from genxu.regions.models import Region

from .models import Household

MOST_WORDS = 5


@dataclass(frozen=True)
class Question:
    """One question. ``items(since, words)`` are the records that answer it, one a row, in the order
    in which they are read; ``place`` is their field of the hamlet. If it ``settles``, their own
    life ends them, and each row says so as ``settled``; if not, somebody must say something of each
    of them. ``line`` is a row's label and address, for those who keep the hamlet: nobody else reads
    more than how many there are. ``by_household``: the rows are households.
    """

    name: str
    label: StrOrPromise
    told: StrOrPromise
    items: Callable[[date, Sequence[str]], QuerySet[Any]]
    line: Callable[[Any], tuple[str, str]]
    place: str = "hamlet"
    settles: bool = False
    takes_words: bool = False
    by_household: bool = False


def questions() -> dict[str, Question]:
    """All of them by their names, the floors from below."""
    return members_by("name", "questions", "QUESTIONS")


def _households(since: date, words: Sequence[str]) -> QuerySet[Household]:
    return Household.objects.living_here().order_by("number", "pk")


def _hamlets(since: date, words: Sequence[str]) -> QuerySet[Region]:
    return Region.objects.open().of_level(Level.HAMLET).order_by("code")


QUESTIONS = [
    Question(
        "places", _("The hamlets themselves"), _("Each hamlet says it of itself, once."),
        _hamlets, lambda row: (str(row), reverse("place", args=[row.code])), place="code",
    ),
    Question(
        "households", _("Household by household"),
        _("Each hamlet goes through its households; the county reads how many, never who."),
        _households, lambda row: (row.label, reverse("household", args=[row.pk])),
        by_household=True,
    ),
]  # fmt: skip
