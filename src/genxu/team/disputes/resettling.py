"""What closing a hamlet means to disputes; a merged one takes them along by itself, and who moves
next door stays the side that it is."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from genxu.regions.models import Region

from .models import Dispute
from .workflow import OPEN


def left_at(hamlet: Region) -> Iterable[str]:
    """Not how many: that would be told to those who do not read them."""
    if Dispute.objects.filter(hamlet=hamlet, state__in=OPEN).exists():
        yield _("a dispute that is not at its end")
