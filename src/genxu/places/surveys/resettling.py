"""What merging hamlets and closing one mean to surveys: a hamlet has one for each year."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from genxu.people.resettlement import Merging
from genxu.regions.models import Region

from .models import Survey
from .workflow import State


def left_at(hamlet: Region) -> Iterable[str]:
    if Survey.objects.filter(hamlet=hamlet, state=State.ASKING).exists():
        yield _("a survey that is being asked")


def before_merging(merging: Merging) -> None:
    """Where both have one for a year, what was said in either stands in the heir's."""
    for one in Survey.objects.standing().filter(hamlet=merging.hamlet):
        there = Survey.objects.standing().filter(hamlet=merging.heir, year=one.year).first()
        if there is not None:
            one.answers.update(survey=there)
            one.state = State.WITHDRAWN
            one.save(update_fields=["state"])
