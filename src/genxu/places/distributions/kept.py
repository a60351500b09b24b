"""What is kept of a household's part in distributions: the law wants it kept."""

from django.utils.translation import gettext as _

from genxu.core.money import yuan
from genxu.people.models import Household
from genxu.people.record import Kept

from .models import Portion
from .workflow import State


def kept_of(household: Household) -> list[Kept]:
    rows = Portion.objects.filter(household__in=household.entries)
    rows = rows.exclude(distribution__state=State.WITHDRAWN).select_related("distribution")
    return [
        Kept(_("Part of the collective's income"), _told(one), one.distribution.drawn_on,
             private=True)
        for one in rows.order_by("pk")
    ]  # fmt: skip


def _told(one: Portion) -> str:
    told = f"{one.distribution}: {yuan(one.sum)}"
    return f"{told} · {one.signed_by}" if one.signed_by else told
