"""What merging hamlets, closing one and moving households mean to stewards and errands."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.people.resettlement import Merging, Moving
from genxu.regions.models import Region

from .models import Certification, Link, Posting
from .posting_actions import end, end_links


def left_at(hamlet: Region) -> Iterable[str]:
    n = Posting.objects.serving().filter(hamlet=hamlet).count()
    if n:
        yield ngettext("%(n)s steward who serves", "%(n)s stewards who serve", n) % {"n": n}


def _of_both(merging: Merging) -> list[tuple[Posting, Posting]]:
    """Who serves in both hamlets: the posting that goes, and the one that stays."""
    heirs = {
        one.account_id: one
        for one in Posting.objects.serving().filter(hamlet=merging.heir, account__isnull=False)
    }
    rows = Posting.objects.serving().filter(hamlet=merging.hamlet, account__in=heirs)
    return [(one, heirs[one.account_id]) for one in rows.order_by("pk")]


def ends_with_merging(merging: Merging) -> Iterable[str]:
    for one, _heir in _of_both(merging):
        yield _("The posting of %(name)s here; it goes on at the other hamlet.") % {"name": one}


def before_merging(merging: Merging) -> None:
    """Links and errands of who serves in both go over to the posting that stays."""
    for one, heir in _of_both(merging):
        one.links.now().update(posting=heir)
        one.errands.running().update(posting=heir)
        end(merging.actor, one, clock.today())


def move(moving: Moving) -> None:
    """Nobody of this hamlet does errands for them any more; what is certified goes along."""
    links = Link.objects.now().filter(household__in=moving.households)
    end_links(moving.actor, links, clock.today())
    rows = Certification.objects.filter(household__in=moving.households)
    rows.update(hamlet=moving.into)
