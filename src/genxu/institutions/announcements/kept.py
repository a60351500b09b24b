"""What a household wants to say at the next talk, or wanted to."""

from django.utils import timezone
from django.utils.translation import gettext as _

from genxu.people.models import Household
from genxu.people.record import Kept

from .queries import wishes_of


def kept_of(household: Household) -> list[Kept]:
    return [
        Kept(_("For the next talk"), one.text, timezone.localdate(one.at))
        for one in wishes_of(household)
    ]
