"""What closing a hamlet means to open accounts; a merged one takes them along by itself."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from genxu.regions.models import Region

from .models import Disclosure


def left_at(hamlet: Region) -> Iterable[str]:
    if Disclosure.objects.in_work().filter(place=hamlet).exists():
        yield _("open accounts that are not shown yet")
