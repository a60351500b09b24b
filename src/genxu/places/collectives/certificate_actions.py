"""Share certificates: issued anew where what a household holds has changed, printed as a job."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.bulk import insert_new
from genxu.core.errors import Conflict
from genxu.jobs import queue
from genxu.jobs.models import Job
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from . import rules
from .documents import Paper, lacking
from .models import Certificate, Collective, ShareKind
from .queries import Held, register_on

KIND = "collectives.certificates"


@action(rules.issue_certificates, locks="collective")
def issue_certificates(
    *, actor: Actor, collective: Collective, households: Collection[int]
) -> Collective:
    """Each of the households has a certificate of what it holds today: a new one where that has
    changed since its last."""
    today = clock.today()
    last = latest(collective, households)
    lines = lines_by_household(collective, today, households)
    changed = [key for key, said in lines.items() if key not in last or last[key].lines != said]
    serial = collective.certificates.aggregate(last=Max("serial"))["last"] or 0
    insert_new([
        Certificate(collective=collective, place_id=collective.place_id, household_id=key,
                    serial=serial + n, issued_on=today, lines=lines[key])
        for n, key in enumerate(changed, 1)
    ])  # fmt: skip
    return collective


@action(rules.issue_certificates)
def ask_for_certificates(
    *, actor: Actor, collective: Collective, site: str, for_the_worker: bool = True
) -> Job:
    """Have those of all households printed, in the background."""
    count = len(holders(collective))
    if not count:
        raise Conflict(_("Nobody holds a share yet: there is nothing to print."))
    return queue.put(
        actor=actor, kind=KIND, place=collective.place, total=count, collective=collective.pk,
        site=site, for_the_worker=for_the_worker,
    )  # fmt: skip


def holders(collective: Collective) -> list[int]:
    """The households that hold something today, in the order of the register."""
    return list(dict.fromkeys(one.household.pk for one in register_on(collective, clock.today())))


def lines_by_household(
    collective: Collective, day: date, households: Collection[int]
) -> dict[int, list[list[Any]]]:
    """Household → what a certificate says: name, kind, quantity."""
    found: dict[int, list[list[Any]]] = {}
    for one in register_on(collective, day, households):
        found.setdefault(one.household.pk, []).append(_line(one))
    return found


def _line(one: Held) -> list[Any]:
    """What the household holds by itself bears no name: its head's stands above it already."""
    own = one.name == one.household.head_name and one.kind != ShareKind.MEMBER
    return ["" if own else one.name, one.kind, one.quantity]


def latest(collective: Collective, households: Collection[int]) -> dict[int, Certificate]:
    rows = collective.certificates.filter(household__in=households).order_by("pk")
    return {one.household_id: one for one in rows}


def papers_of(collective: Collective, households: Sequence[int]) -> list[Paper]:
    """The snapshots of their last certificates, in that order; a fixed number of queries."""
    rows = collective.certificates.filter(household__in=households)
    rows = rows.select_related("household__hamlet").order_by("pk")
    last = {one.household_id: one for one in rows}
    code = collective.place_id
    levels = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
    names = {
        one.code: one.short_name
        for one in Region.objects.filter(code__in=[code[: LENGTHS[level]] for level in levels])
    }
    above = "".join(names.get(code[: LENGTHS[level]], "") for level in levels)
    charter = collective.charter_on(clock.today())
    return [Paper.of(collective, charter, last[key], above) for key in households if key in last]


def check_printable(papers: Sequence[Paper]) -> None:
    """``Conflict`` names the characters that no font here has."""
    if told := lacking(papers):
        text = _("No font here has %s. It would stand as an empty box on the paper.")
        raise Conflict(text % "、".join(told))


def printable(collective: Collective, household: int) -> Paper:
    """The paper of one household; ``Conflict`` if there is none, or it cannot be printed."""
    papers = papers_of(collective, [household])
    if not papers:
        raise Conflict(_("It holds no share: there is no certificate."))
    check_printable(papers)
    return papers[0]


def site_address(request_address: str) -> str:
    """The address in the codes: the one of the settings, else the one just used."""
    return settings.SITE_ADDRESS or request_address.rstrip("/")
