"""That a household lies in the area of a member's post."""

from django.utils.translation import gettext as _

from genxu.people.models import Household
from genxu.people.record import Kept

from .models import Door


def kept_of(household: Household) -> list[Kept]:
    rows = Door.objects.filter(household__in=household.entries, post__state="held")
    return [
        Kept(_("In a member's area"), one.post.get_kind_display(), one.post.since)
        for one in rows.select_related("post").order_by("pk")
    ]
