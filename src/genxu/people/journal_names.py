"""How the journal's people and places are called: by office, never by the number of an account."""

from collections.abc import Collection, Iterable

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from genxu.core.access import Kind
from genxu.core.names_of_journal import Office
from genxu.regions.models import FormerCode, Region

from .models import Grant
from .roles import Role


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
    places = Region.objects.filter(name__contains=words)
    before = FormerCode.objects.filter(region__name__contains=words)
    before = before.exclude(code__in=Region.objects.all())
    found = Q(place__in=places.values("code")) | Q(place__in=before.values("code"))
    roles = [role for role in Role if words in str(role.label)]
    label = Concat(Value(f"{Kind.ACCOUNT}:"), Cast("account_id", CharField()))
    actors = Grant.objects.filter(role__in=roles).annotate(label=label)
    return found | Q(actor__in=actors.values("label"))
