"""What merging hamlets means to talks: each keeps its order, under numbers of the heir."""

from django.db.models import F, Max

from genxu.people.resettlement import Merging

from .models import Talk


def before_merging(merging: Merging) -> None:
    """The numbers go on after the last of the heir; no number is held twice on the way."""
    heirs, own = (
        Talk.objects.filter(hamlet=one).aggregate(n=Max("number"))["n"] or 0
        for one in (merging.heir, merging.hamlet)
    )
    rows = Talk.objects.filter(hamlet=merging.hamlet)
    rows.update(number=F("number") + heirs + own)
    rows.update(number=F("number") - own)
