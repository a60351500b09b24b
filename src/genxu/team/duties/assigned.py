"""Who has a turn on a day: an assignment, and so no volunteering (志愿服务条例 25)."""

from datetime import date

from django.db.models import Q

from .models import Turn
from .workflow import State


def has_turn(*, hamlet: str, day: date, name: str, member: int | None) -> bool:
    """Whether this person comes on that day by a rota that is made known; by the roll's key, or
    by name where one is no member."""
    him = Q(person__member=member) if member else Q(person__member=None, person__name=name)
    rows = Turn.objects.filter(him, hamlet=hamlet, day=day)
    return rows.exclude(rota__state=State.DRAFT).exists()
