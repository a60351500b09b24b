"""What an appointment brings with it: a certificate's number, a term, an account with its role.

Parts of actions, in their transaction.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from genxu.core.errors import Conflict
from genxu.people.granting import give_role, take_role
from genxu.people.numbers import Word, account_for, follow
from genxu.people.roles import Role
from genxu.regions.codes import LENGTHS, Level

from .models import CentreHousehold, CertificateSerial

TERM_YEARS = 3
"""The usual term of a centre household (custom); each appointment may give another one."""
LONGEST_TERM = 10
LAST_SERIAL = 9999
_NUMBER = re.compile(r"(?P<township>[0-9]{9})(?P<year>(?:19|20)[0-9]{2})(?P<serial>[0-9]{4})\Z")


def township_of(hamlet: str) -> str:
    return hamlet[: LENGTHS[Level.TOWNSHIP]]


def certificate_number(township: str, year: int, serial: int) -> str:
    """Township code (9 digits) + year + serial (4 digits)."""
    return f"{township}{year}{serial:04d}"


def is_number_of(number: str, township: str) -> bool:
    """Whether it has the form of a certificate number of this township."""
    found = _NUMBER.match(number)
    return found is not None and found["township"] == township and found["serial"] != "0000"


Paper = tuple[str, date | None, str]
"""The hamlet, the day of the appointment, and the number that it keeps, if any."""


def serials_for(papers: Iterable[Paper]) -> QuerySet[CertificateSerial]:
    """The counts, there from now on, from which the numbers of papers come or may come."""
    counted: set[tuple[str, int]] = set()
    for hamlet, day, number in papers:
        if day is not None:
            counted.add((township_of(hamlet), day.year))
        if is_number_of(number, township_of(hamlet)):
            counted.add((township_of(hamlet), int(number[9:13])))
    rows = [CertificateSerial(township_id=place, year=year) for place, year in sorted(counted)]
    CertificateSerial.objects.bulk_create(rows, ignore_conflicts=True)
    townships, years = {place for place, _year in counted}, {year for _place, year in counted}
    return CertificateSerial.objects.filter(township__in=townships, year__in=years)


def certificates_for(papers: Iterable[Paper]) -> list[str]:
    """The numbers of many papers: a new one, by the township and the year, where none is kept."""
    numbers, waiting = [], defaultdict[tuple[str, int], list[int]](list)
    for n, (hamlet, day, number) in enumerate(papers):
        numbers.append(number)
        if not number and day is not None:
            waiting[township_of(hamlet), day.year].append(n)
    kept = set(numbers)
    for (township, year), group in sorted(waiting.items()):
        found = next_certificates(township, year, len(group), kept)
        for n, number in zip(group, found, strict=True):
            numbers[n] = number
    return numbers


def _serials(township: str, year: int) -> CertificateSerial:
    """The township's count of a year, locked until the transaction ends."""
    CertificateSerial.objects.get_or_create(township_id=township, year=year)
    rows = CertificateSerial.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(township=township, year=year)


def next_certificates(
    township: str, year: int, count: int = 1, also_taken: Collection[str] = ()
) -> list[str]:
    """The next numbers of a township and year. None is given twice, also not after leaving.

    Those given on paper and registered here are stepped over.
    """
    row = _serials(township, year)
    first, last = (certificate_number(township, year, n) for n in (0, LAST_SERIAL))
    known = CentreHousehold.objects.filter(certificate__gte=first, certificate__lte=last)
    taken = {*known.values_list("certificate", flat=True), *also_taken}
    numbers: list[str] = []
    while len(numbers) < count:
        row.last += 1
        if row.last > LAST_SERIAL:
            message = _("%(year)s has no certificate numbers left: a township has %(last)s a year.")
            raise Conflict(message % {"year": year, "last": LAST_SERIAL})
        number = certificate_number(township, year, row.last)
        if number not in taken:
            numbers.append(number)
    row.save(update_fields=["last"])
    return numbers


def open_office(one: CentreHousehold, word: Word) -> None:
    """The account that comes with the office: by the phone of the household, if it has one."""
    one.account = account_for(one.household.phone, one.person_name, word)
    if one.account is not None:
        give_role(one.account, Role.CENTRE_HOUSEHOLD, one.hamlet)


def follow_holder(
    one: CentreHousehold, was: tuple[str, str], now: tuple[str, str], word: Word
) -> None:
    """The office stays with its holder, whose name and number were corrected."""
    assert one.account is not None
    kept = follow(one.account, was, now, word)
    if kept != one.account:
        close_office(one)
        one.account = kept
        if kept is not None:
            give_role(kept, Role.CENTRE_HOUSEHOLD, one.hamlet)
        one.save(update_fields=["account"])


def close_office(one: CentreHousehold) -> None:
    """The role goes, unless she serves for another household of the hamlet too."""
    if one.account is None:
        return
    others = CentreHousehold.objects.serving().filter(account=one.account, hamlet=one.hamlet)
    if not others.exclude(pk=one.pk).exists():
        take_role(one.account, Role.CENTRE_HOUSEHOLD, one.hamlet)


def end_coverage(one: CentreHousehold, day: date) -> None:
    """Nobody is looked after by one who has left."""
    still = one.covers.filter(until=None)
    still.filter(since__gt=day).update(until=F("since"))
    still.filter(since__lte=day).update(until=day)
