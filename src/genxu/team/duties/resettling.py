"""What must be settled before a hamlet is closed."""

from collections.abc import Iterable

from django.utils.translation import ngettext

from genxu.regions.models import Region

from .models import Rota
from .workflow import STANDING


def left_at(hamlet: Region) -> Iterable[str]:
    n = Rota.objects.filter(hamlet=hamlet, state__in=STANDING).count()
    if n:
        yield ngettext("%(n)s duty rota", "%(n)s duty rotas", n) % {"n": n}
