"""The promises that a member kept, as lines of what he did."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.people.deeds import Deed, Doer

from .models import Promise
from .workflow import PromiseState


def deeds(doer: Doer, since: date, until: date) -> Iterator[Deed]:
    """Each with its day."""
    rows = Promise.objects.filter(member=doer.member, state=PromiseState.KEPT)
    for one in rows.filter(kept_on__range=(since, until)):
        assert one.kept_on is not None
        told = _("Kept a promise: %s") % one.text
        yield Deed(f"promises.{one.pk}", one.kept_on, told, reverse("promise", args=[one.pk]))
