"""What is erased of somebody on a rota who is no member: the Party keeps its own by its rules."""

from django.db.models import Q

from genxu.core import clock
from genxu.people.erasure import Erasure

from .models import OnRota


def erase(erased: Erasure) -> None:
    """Name and number; whoever is on a rota by name alone leaves it."""
    known = Q(phone__in=erased.phones - {""}) | Q(phone="", name__in=erased.names)
    rows = OnRota.objects.filter(known, hamlet=erased.hamlet, member=None)
    rows.filter(left_on=None).update(left_on=clock.today())
    OnRota.objects.filter(known, hamlet=erased.hamlet, member=None).update(
        name="", phone="", shown=False
    )
