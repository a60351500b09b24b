"""What merging hamlets and moving households mean to the registers and to the offices."""

from collections.abc import Iterable, Sequence

from django.db.models import Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core import clock
from genxu.core.bulk import insert_new
from genxu.regions.models import Region

from .granting import take_roles
from .models import NUMBER_LIMIT, FormerNumber, Grant, HeadCountChange, Household, ToldApart
from .resettlement import Merging, Moving
from .roles import Role


def left_at(hamlet: Region) -> Iterable[str]:
    """Who lives there."""
    n = Household.objects.living_here().filter(hamlet=hamlet).count()
    if n:
        yield ngettext("%(n)s household", "%(n)s households", n) % {"n": n}


def against_merging(merging: Merging) -> Iterable[str]:
    """There must be numbers enough."""
    many = Household.objects.filter(hamlet=merging.hamlet).count()
    if _last_number(merging.heir.code) + many > NUMBER_LIMIT:
        yield _("%(place)s has no numbers left for so many households.") % {"place": merging.heir}


def ends_with_merging(merging: Merging) -> Iterable[str]:
    """Offices that the other hamlet has already."""
    for grant in _doubled(merging).select_related("account"):
        told = {"office": grant.get_role_display(), "name": grant.account.name}
        yield _("%(office)s: %(name)s; the other hamlet has its own.") % told


def before_merging(merging: Merging) -> None:
    """Offices end of which the heir has its own; households take the numbers after its last."""
    take_roles(_doubled(merging))
    rows = Household.objects.filter(hamlet=merging.hamlet).order_by("number")
    _settle(list(rows), str(merging.hamlet), merging.heir.code)


def against_moving(moving: Moving) -> Iterable[str]:
    """Only who lives there can move."""
    rows = Household.objects.living_here().filter(hamlet=moving.hamlet, pk__in=moving.households)
    if rows.count() != len(moving.households):
        yield _("One of them does not live here any more. Look at the list once more.")
    elif _last_number(moving.into.code) + len(_entries(moving)) > NUMBER_LIMIT:
        yield _("%(place)s has no numbers left for so many households.") % {"place": moving.into}


def move(moving: Moving) -> None:
    """The households and their doubles, each with a new number; the people become fewer here and
    more there on this day, and what was counted before stays."""
    rows, into = _entries(moving), moving.into.code
    people = HeadCountChange.objects.standing().filter(household__in=rows).values_list("household")
    counts = {pk: n for pk, n in people.annotate(n=Sum("change")) if n}
    today = clock.today()
    insert_new([
        HeadCountChange(household_id=pk, hamlet_id=code, day=today, change=change)
        for pk, n in counts.items()
        for code, change in ((moving.hamlet.code, -n), (into, n))
    ])  # fmt: skip
    _keep_told_apart([row.pk for row in rows], into)
    _settle(rows, str(moving.hamlet), into)


def _doubled(merging: Merging) -> QuerySet[Grant]:
    """A secretary where the heir has one; and what the same account holds at both."""
    here = Grant.objects.filter(place=merging.hamlet)
    heirs = Grant.objects.filter(place=merging.heir)
    same = Q(pk__in=[])
    for account, role in heirs.values_list("account_id", "role"):
        same |= Q(account=account, role=role)
    if heirs.filter(role=Role.SECRETARY).exists():
        same |= Q(role=Role.SECRETARY)
    return here.filter(same).order_by("pk")


def _entries(moving: Moving) -> list[Household]:
    """The households with their doubles, in the order of their numbers."""
    found = set(moving.households)
    newest = found
    while newest:
        rows = Household.objects.filter(merged_into__in=newest)
        newest = set(rows.values_list("pk", flat=True)) - found
        found |= newest
    return list(Household.objects.filter(pk__in=found).order_by("number"))


def _last_number(hamlet: str) -> int:
    return Household.objects.filter(hamlet=hamlet).aggregate(n=Max("number"))["n"] or 0


def _settle(rows: Sequence[Household], hamlet_name: str, into: str) -> None:
    """The other hamlet, with new numbers after its last; the old ones are kept to be told."""
    today, last = clock.today(), _last_number(into)
    insert_new([
        FormerNumber(household=row, hamlet_name=hamlet_name, number=row.number, until=today)
        for row in rows
    ])  # fmt: skip
    for number, row in enumerate(rows, last + 1):
        row.hamlet_id, row.number, row.version = into, number, row.version + 1
    Household.objects.bulk_update(rows, ["hamlet", "number", "version"], batch_size=500)


def _keep_told_apart(moved: Sequence[int], into: str) -> None:
    """Two that were told apart and live in two hamlets now need not be told apart any more."""
    first, second = Q(first__in=moved), Q(second__in=moved)
    ToldApart.objects.filter(first & second).update(hamlet=into)
    ToldApart.objects.filter((first & ~second) | (second & ~first)).delete()
