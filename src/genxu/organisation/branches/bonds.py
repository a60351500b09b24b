"""What the Party's roll has to do with a household: it knows members by name, and keeps them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.people.models import Event
from genxu.people.references import Becomes, Fate, Happening, Reference

from .models import Member


def _members(happening: Happening) -> QuerySet[Member]:
    """The head of the household among the members of its hamlet."""
    one = happening.household
    same = Q(phone="") | Q(phone=one.phone) if one.phone else Q()
    rows = Member.objects.present().filter(same, hamlet=one.hamlet_id, name=one.head_name)
    return rows if one.head_name else rows.none()


REFERENCES = [
    Reference(
        _("Its head is on the Party's roll"), Member, (), rows=_members,
        at=dict.fromkeys(Event, Becomes(
            Fate.STAYS, _("The Party keeps its members by its own rules: see to it there.")
        )),
    ),
]  # fmt: skip
