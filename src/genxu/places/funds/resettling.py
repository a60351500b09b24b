"""What closing a hamlet means to what is asked of its fund; that its book is still kept, and that
two hamlets with a book each are not mixed, the ledger says."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from genxu.regions.models import Region

from .models import Spending
from .workflow import OPEN


def left_at(hamlet: Region) -> Iterable[str]:
    if Spending.objects.filter(hamlet=hamlet, state__in=OPEN).exists():
        yield _("something asked of its fund that is not at its end")
