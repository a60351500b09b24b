"""How an errand begins, and what stands against going on with it: parts of actions."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.days import happened
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.texts import optional, required
from genxu.people.answers import REOPENING
from genxu.people.models import Household
from genxu.people.roles import KEEPERS

from .guarding import check
from .models import NAME_LIMIT, WHOM_LIMIT, Certification, Errand, Item, Link, Posting
from .workflow import AGREED, ASK, LAPSES_AFTER, RUNNING


def link_of(actor: Actor, household: Household) -> Link:
    """By whom errands are done for a household, held; ``Invalid`` where nobody does, or somebody
    else than the steward who asks."""
    rows = Link.objects.now().select_for_update(of=("self",), no_key=True)
    link = rows.filter(household__in=household.entries).select_related("posting").first()
    if link is None or not _may_ask(actor, link.posting):
        raise Invalid({"household": _("This household has not said yes to this steward.")})
    return link


def _may_ask(actor: Actor, posting: Posting) -> bool:
    """A steward for his own households; who keeps the register, and the household itself, for all
    of theirs."""
    keeps = actor.account_id is None or actor.holds(KEEPERS, posting.hamlet_id)
    return keeps or posting.account_id == actor.account_id


def begin(
    actor: Actor, link: Link, household: Household, item: Item, whom: str = "", **more: Any
) -> Errand:
    """A new errand; what is under way for the same person is not begun twice."""
    if item not in Item.objects.offered_in(household.hamlet_id):
        raise Invalid({"item": _("Please choose one of those offered.")})
    whom = clean_whom(whom)
    same = Errand.objects.running().filter(household__in=household.entries, item=item, whom=whom)
    if same.exists():
        raise Conflict(_("This was asked for already; it has not been done yet."))
    today = clock.today()
    errand = Errand.objects.create(
        hamlet_id=household.hamlet_id, household=household, item=item, posting=link.posting,
        whom=whom, asked_on=today, lapses_on=today + LAPSES_AFTER,
        certification=_certification(household, item, whom), **more,
    )  # fmt: skip
    errand.remember(actor, ASK, "")
    return errand


def clean_whom(whom: str) -> str:
    """A short word as 婆婆."""
    whom = clean_name(optional(whom, WHOM_LIMIT, "whom"))
    check(whom=whom)
    return whom


def _certification(household: Household, item: Item, whom: str) -> Certification | None:
    if not item.certifies:
        return None
    known = Certification.objects.filter(household__in=household.entries, ended_on=None)
    found = list(known.filter(whom=whom) if whom else known)
    return found[0] if len(found) == 1 else None


def certified(errand: Errand, day: date) -> None:
    """A done errand of that item moves the month of its certification on; one that was not known
    is known from now on, if it was said whose it is."""
    if not errand.item.certifies:
        return
    month, row = day.replace(day=1), errand.certification
    if row is None and errand.whom:
        row, _new = Certification.objects.get_or_create(
            household=errand.household, whom=errand.whom, ended_on=None,
            defaults={"hamlet_id": errand.hamlet_id, "month": month},
        )  # fmt: skip
        errand.certification = row
    if row is not None and row.month < month:
        Certification.objects.filter(pk=row.pk).update(month=month)


# --- what stands against it ----------------------------------------------------------------------


def check_runs(errand: Errand, **_parts: Any) -> None:
    """``Conflict`` where 30 days have passed without anything done."""
    if errand.state in RUNNING and clock.today() > errand.lapses_on:
        day = date_format(errand.lapses_on, "DATE_FORMAT")
        text = _("Nothing was done until %(day)s, so it is void. Ask for it anew.")
        raise Conflict(text % {"day": day})


def check_agreed(errand: Errand, **_parts: Any) -> None:
    """``Conflict`` without a yes to this very errand that stands today."""
    check_runs(errand)
    if errand.state in RUNNING and errand.state not in AGREED:
        raise Conflict(_("She has not said yes to this yet."))


def needs_company(errand: Errand) -> bool:
    """Whether she was not content with this steward before: then he does not come alone."""
    earlier = Errand.objects.filter(
        household=errand.household_id, posting=errand.posting_id, answer__in=REOPENING
    )
    return not errand.beside and earlier.exclude(pk=errand.pk).exists()


def company(errand: Errand, beside: str) -> str:
    """Who goes along, as it is kept; ``Invalid`` where somebody has to, and nobody does."""
    beside = clean_name(optional(beside, NAME_LIMIT, "beside"))
    if not beside and needs_company(errand):
        text = _("She was not content the last time. Somebody else goes along: who?")
        raise Invalid({"beside": text})
    if beside and beside == clean_name(errand.posting.name):
        raise Invalid({"beside": _("Somebody else than the steward.")})
    return beside or errand.beside


def heard(errand: Errand, name: str, how: str) -> str:
    """Who heard her yes, or was given it: of a word of mouth not the steward alone."""
    name = clean_name(required(name, NAME_LIMIT, "heard_by"))
    if how == Errand.How.VOICE and name == clean_name(errand.posting.name):
        text = _("By word of mouth somebody else than the steward must have heard it. "
                 "A slip or her thumb he may take himself.")  # fmt: skip
        raise Invalid({"heard_by": text})
    return name


def day_between(errand: Errand, day: date, first: date, field: str) -> date:
    """A day that is not still to come, nor before the errand could be."""
    text = _("That is before %(day)s, when it was asked for or agreed to.")
    return happened(day, field, first, text % {"day": date_format(first, "DATE_FORMAT")})
