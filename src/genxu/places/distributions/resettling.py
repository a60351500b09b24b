"""What closing a hamlet means to distributions: what is owed comes first."""

from collections.abc import Iterable

from django.utils.translation import ngettext

from genxu.regions.models import Region

from .models import Distribution, DistributionQuerySet, Portion
from .workflow import UNBOOKED


def left_at(hamlet: Region) -> Iterable[str]:
    return left_of(Distribution.objects.filter(place=hamlet))


def left_of(rows: DistributionQuerySet) -> Iterable[str]:
    """What of these distributions is not settled."""
    n = rows.filter(state__in=UNBOOKED).count()
    if n:
        yield ngettext("a distribution that is not booked", "%(n)s distributions not booked",
                       n) % {"n": n}  # fmt: skip
    owed = Portion.objects.owed().filter(distribution__in=rows).count()
    if owed:
        text = ngettext("a household's part that is still owed",
                        "%(n)s parts of households that are still owed", owed)  # fmt: skip
        yield text % {"n": owed}
