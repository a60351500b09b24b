"""Whose pension is certified, noted, corrected, ended."""

from datetime import date

from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.people.models import Household
from genxu.people.roles import KEEPERS
from genxu.regions.models import Region

from . import rules
from .asking import begin, clean_whom, link_of
from .models import Certification, Errand, Item

EARLIEST = date(2000, 1, 1)


@action(rules.note_certification, locks="hamlet", notes=("household", "month"))
def note_certification(
    *, actor: Actor, hamlet: Region, household: Household, whom: str, month: date
) -> Certification:
    """Who of a household it is, and when the last one was; a steward for his own households."""
    if household.hamlet_id != hamlet.code or not household.lives_here:
        raise Invalid({"household": _("Please pick one of the households offered.")})
    if not actor.holds(KEEPERS, hamlet.code):
        link_of(actor, household)
    whom, month = _whom(whom), _month(month)
    _check_once(household.entries, whom)
    return Certification.objects.create(hamlet=hamlet, household=household, whom=whom, month=month)


@action(rules.change_certification, locks="certification", notes=("month",))
def change_certification(
    *, actor: Actor, certification: Certification, whom: str, month: date
) -> Certification:
    """A wrong word or month."""
    check_stands(certification)
    whom, month = _whom(whom), _month(month)
    _check_once([certification.household_id], whom, certification)
    certification.whom, certification.month = whom, month
    return _saved(certification)


@action(rules.change_certification, locks="certification")
def end_certification(*, actor: Actor, certification: Certification) -> Certification:
    """None is needed any more; why, is not asked."""
    check_stands(certification)
    certification.ended_on = clock.today()
    return _saved(certification)


@action(rules.ask_errand, locks="hamlet", notes=("household",))
def ask_due(*, actor: Actor, hamlet: Region, household: Household) -> Household:
    """All certifications of a door that are due, each an errand that waits for its yes."""
    link = link_of(actor, household)
    item = Item.objects.offered_in(hamlet.code).filter(certifies=True).first()
    if item is None:
        raise Conflict(_("The catalogue has no item for this."))
    waiting = Errand.objects.running().filter(household__in=household.entries, item=item)
    taken = set(waiting.values_list("certification_id", flat=True))
    rows = Certification.objects.due().filter(household__in=household.entries)
    due = [one for one in rows.order_by("pk") if one.pk not in taken]
    if not due:
        raise Conflict(_("Nothing is due at this door."))
    for one in due:
        begin(actor, link, household, item, one.whom)
    return household


def check_stands(certification: Certification, **_parts: object) -> None:
    """``Conflict`` once it has ended."""
    if certification.ended_on:
        raise Conflict(_("It has ended; note it anew if it is needed again."))


def _whom(whom: str) -> str:
    whom = clean_whom(whom)
    if not whom:
        raise Invalid({"whom": _("A word is enough: grandmother, father.")})
    return whom


def _month(day: date) -> date:
    if not EARLIEST <= day <= clock.today():
        raise Invalid({"month": _("Please give the month of the last one.")})
    return day.replace(day=1)


def _check_once(entries: list[int], whom: str, own: Certification | None = None) -> None:
    same = Certification.objects.filter(household__in=entries, whom=whom, ended_on=None)
    if same.exclude(pk=own.pk if own else 0).exists():
        raise Invalid({"whom": _("This is noted already: find another word for the other one.")})


def _saved(row: Certification) -> Certification:
    row.version += 1
    row.save()
    return row
