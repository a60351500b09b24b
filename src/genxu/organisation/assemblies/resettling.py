"""What must be settled before a hamlet is closed."""

from collections.abc import Iterable

from django.utils.translation import ngettext

from genxu.regions.models import Region

from .models import Assembly
from .workflow import State


def left_at(hamlet: Region) -> Iterable[str]:
    n = Assembly.objects.filter(hamlet=hamlet, state=State.CONVENED).count()
    if n:
        text = ngettext("%(n)s assembly that is called", "%(n)s assemblies that are called", n)
        yield text % {"n": n}
