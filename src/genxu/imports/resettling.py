"""What merging hamlets means to spreadsheets: what was learnt of headers, and what is under way."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from genxu.people.resettlement import Merging
from genxu.regions.models import Region

from .models import Import, KnownHeader


def left_at(hamlet: Region) -> Iterable[str]:
    over = [Import.State.DONE, Import.State.LEFT]
    if Import.objects.filter(place=hamlet).exclude(state__in=over).exists():
        yield _("a spreadsheet under way")


def before_merging(merging: Merging) -> None:
    """What the heir knows of a header holds."""
    known = KnownHeader.objects.filter(place=merging.heir).values_list("kind", "header")
    for kind, header in known:
        KnownHeader.objects.filter(place=merging.hamlet, kind=kind, header=header).delete()
