"""How the journal's people and places are called: by office, never by the number of an account."""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from genxu.core.access import Kind
from genxu.core.names_of_journal import Office
from genxu.regions.former import codes_before
from genxu.regions.models import Region

from .models import Grant
from .roles import Role

MOST = 200
"""So many places, or accounts, one search looks for."""


def offices(labels: Collection[str]) -> dict[str, list[Office]]:
    """Actor → the offices held now; one query. Whoever holds none any more is told as such."""
    kind = f"{Kind.ACCOUNT}:"
    keys = [one.removeprefix(kind) for one in labels if one.startswith(kind)]
    rows = Grant.objects.filter(account__in=[one for one in keys if one.isdecimal()])
    found: dict[str, list[Office]] = {}
    for grant in rows.select_related("place").order_by("pk"):
        office = Office(str(Role(grant.role).label), str(grant.place), grant.place_id)
        found.setdefault(f"{kind}{grant.account_id}", []).append(office)
    others = {Kind.HOUSEHOLD: _("A household, by its code"), Kind.RECEIPT: _("By receipt"),
              Kind.VOLUNTEER: _("A volunteer, by the code of hers"),
              Kind.NOBODY: _("A visitor"), Kind.SYSTEM: _("The program itself"),
              Kind.ACCOUNT: _("Somebody who has left the office")}  # fmt: skip
    for label in labels:
        found.setdefault(label, [Office(others[Kind(label.partition(":")[0])])])
    return found


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """Code → name; one query."""
    return {place.code: str(place) for place in Region.objects.filter(code__in=set(codes))}


def entries_with(words: str) -> Q:
    """Entries of places, or by offices, that are called so."""
    places = list(Region.objects.filter(name__contains=words).values_list("code", flat=True)[:MOST])
    found = Q(place__in=places) | Q(place__in=list(codes_before(places)))
    roles = [role for role in Role if words in str(role.label)]
    accounts = Grant.objects.filter(role__in=roles).values_list("account", flat=True)
    return found | Q(actor__in=[f"{Kind.ACCOUNT}:{pk}" for pk in accounts[:MOST]])
