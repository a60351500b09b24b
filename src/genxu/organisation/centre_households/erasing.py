"""What is erased of a household that stood or served as centre household."""

from collections.abc import Collection, Iterable

from genxu.jobs.clearing import clear_jobs
from genxu.people.accounts import close_for_good
from genxu.people.erasure import Erasure
from genxu.people.models import Account

from .models import CentreHousehold
from .paper_actions import KIND as PAPERS


def phones_of(entries: Collection[int]) -> Iterable[str]:
    """Of the accounts with which it served: the household's number may be another one by now."""
    rows = CentreHousehold.objects.filter(household__in=entries, account__phone__isnull=False)
    return [str(phone) for phone in rows.values_list("account__phone", flat=True)]


def names_of(entries: Collection[int], phones: Collection[str]) -> Iterable[str]:
    """Of those who stood or served."""
    rows = CentreHousehold.objects.filter(household__in=entries)
    return rows.values_list("person_name", flat=True)


def erase(erased: Erasure) -> None:
    """Name and words of each candidacy and service; printed papers that may bear the name.

    Who serves or stands at present is in the middle of it: that ends first, by its own step
    (``bonds.REFERENCES``).
    """
    rows = CentreHousehold.objects.select_for_update(of=("self",), no_key=True)
    ours = list(rows.filter(household__in=erased.households).order_by("pk"))
    silent = Account.objects.filter(pk__in=[one.account_id for one in ours], phone=None)
    gone = list(silent.filter(grants=None))
    for one in ours:
        if not one.is_erased:
            one.advance(erased.actor, "erase", person_name="", statement="", account=None)
            one.steps.update(words="")
    for account in gone:  # no number leads to it
        close_for_good(account)
    if any(one.certificate for one in ours):
        clear_jobs(erased.places, (PAPERS,))
