"""What is kept of a household as the other side of contracts."""

from django.utils.translation import gettext as _

from genxu.people.models import Household
from genxu.people.record import Kept

from .models import Contract


def kept_of(household: Household) -> list[Kept]:
    rows = Contract.objects.filter(household__in=household.entries).order_by("since", "pk")
    return [
        Kept(_("Contract"), f"{one} · {one.get_way_display()} · {one.get_state_display()}",
             one.since)
        for one in rows
    ]  # fmt: skip
