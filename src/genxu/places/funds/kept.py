"""What is kept of a household in the funds of its hamlet: what it gave, what it was paid."""

from django.utils.translation import gettext as _

from genxu.core.money import yuan
from genxu.people.models import Household
from genxu.people.record import Kept

from .models import Spending
from .queries import gifts_of
from .workflow import Asked


def kept_of(household: Household) -> list[Kept]:
    given = [
        Kept(_("A gift to the hamlet"), f"{one.number} · {one.what}", one.day)
        for one in gifts_of(household)
    ]
    rows = Spending.objects.filter(household__in=household.entries, state=Asked.PAID)
    paid = [
        Kept(_("Paid out of the hamlet's fund"), f"{one.what} · {yuan(one.paid or 0)}", one.paid_on)
        for one in rows.order_by("paid_on", "pk")
    ]
    return given + paid
