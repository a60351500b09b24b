"""Shares and rates as one reads them."""

from django import template

from genxu.core.promises import StrOrPromise
from genxu.places.collectives import shares as held
from genxu.places.collectives.models import ShareKind

register = template.Library()


@register.filter
def shares(quantity: int) -> str:
    """Hundredths: 250 is 2.5, -100 is −1."""
    return held.shown(quantity) if quantity >= 0 else f"−{held.shown(-quantity)}"


@register.filter
def percent(per_mille: int) -> str:
    """200 per mille are 20%."""
    return f"{per_mille / 10:g}%"


@register.filter
def kind_of_shares(kind: str) -> StrOrPromise:
    return ShareKind(kind).label
