"""What is kept of a household: which lines of the accounts it has asked about."""

from django.utils.translation import gettext as _

from genxu.people.models import Household
from genxu.people.record import Kept

from .queries import questions_of


def kept_of(household: Household) -> list[Kept]:
    return [
        Kept(_("A question on the accounts"), str(_("matter %s") % one.matter), one.asked_on)
        for one in questions_of(household)
    ]
