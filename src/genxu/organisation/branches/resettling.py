"""What merging hamlets means to Party organisations: one hamlet, one organisation."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.people.numbers import Word
from genxu.people.resettlement import Merging
from genxu.regions.models import Region

from .models import Member, Organisation, ServedHamlet
from .offices import follow_heads
from .workflow import ENDED


def _serving(hamlet: Region) -> ServedHamlet | None:
    rows = ServedHamlet.objects.filter(hamlet=hamlet, until=None)
    return rows.select_related("organisation").first()


def left_at(hamlet: Region) -> Iterable[str]:
    """The organisation that serves it or has its seat there."""
    served = Q(served__hamlet=hamlet, served__until=None)
    seat = Q(hamlet=hamlet) & ~Q(state__in=ENDED)
    for one in Organisation.objects.filter(served | seat).order_by("pk").distinct():
        yield str(one)


def against_merging(merging: Merging) -> Iterable[str]:
    """Two organisations do not become one by themselves: the committee above founds, changes and
    dissolves them (中国共产党支部工作条例(试行) 4–7)."""
    gone, stays = _serving(merging.hamlet), _serving(merging.heir)
    if gone is None or stays is None:
        return
    if gone.organisation_id != stays.organisation_id:
        text = _("“%(one)s” and “%(other)s” serve the two hamlets. Dissolve or withdraw one first.")
        yield text % {"one": gone.organisation, "other": stays.organisation}
        return
    there = Member.objects.present().filter(hamlet=merging.heir)
    for member in Member.objects.present().filter(hamlet=merging.hamlet).order_by("pk"):
        if there.filter(name=member.name, phone=member.phone).exists():
            yield _("%(name)s is on the list in both hamlets. Take one off first.") % {
                "name": member.name
            }


def ends_with_merging(merging: Merging) -> Iterable[str]:
    """A joint branch of both serves one hamlet less."""
    gone, stays = _serving(merging.hamlet), _serving(merging.heir)
    if gone and stays:
        yield _("“%(name)s” serves one hamlet less.") % {"name": gone.organisation}


def before_merging(merging: Merging) -> None:
    gone, stays = _serving(merging.hamlet), _serving(merging.heir)
    if gone and stays:
        gone.until = clock.today()
        gone.save(update_fields=["until"])


def after_merging(merging: Merging) -> None:
    """Who leads the organisation of the heir holds the office there."""
    if served := _serving(merging.heir):
        follow_heads([served.organisation_id], Word(merging.actor))
