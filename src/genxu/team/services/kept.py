"""What is kept of a household by those who do errands for it."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.people.models import Household
from genxu.people.record import Kept

from .models import Certification, Errand, Link


def kept_of(household: Household) -> list[Kept]:
    entries = household.entries
    links = Link.objects.filter(household__in=entries).select_related("posting").order_by("since")
    rows = Certification.objects.filter(household__in=entries).order_by("month", "pk")
    return [
        *(Kept(_("Steward"), _link(one), one.since) for one in links),
        *(Kept(_("Pension certification"), one.whom, one.month) for one in rows),
        *(Kept(_("Errand"), _errand(one), one.asked_on) for one in _errands(entries)),
    ]


def _errands(entries: list[int]) -> list[Errand]:
    rows = Errand.objects.filter(household__in=entries).select_related("item")
    return list(rows.order_by("asked_on", "pk"))


def words_of(household: Household) -> list[Kept]:
    """What was said of each errand."""
    return [
        Kept(str(errand), step.words, step.on)
        for errand in _errands(household.entries)
        for step in errand.history()
        if step.words
    ]


def _link(link: Link) -> str:
    if link.until is None:
        return str(link.posting)
    day = date_format(link.until, "DATE_FORMAT")
    return _("%(who)s, until %(day)s") % {"who": link.posting, "day": day}


def _errand(errand: Errand) -> str:
    told = [str(errand), str(errand.get_state_display())]
    heard = {errand.heard_by, errand.word_by, errand.beside, errand.receipt} - {""}
    return " · ".join([*told, *sorted(heard)])
