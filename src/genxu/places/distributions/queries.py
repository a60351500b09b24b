"""Reading distributions: every list starts at ``visible_to(actor)``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from genxu.core.access import Actor
from genxu.core.cuts import First
from genxu.people.models import Account, Household
from genxu.people.raising import Standing, standing_of
from genxu.places.collectives.models import Collective
from genxu.regions.codes import LENGTHS, Level
from genxu.regions.models import Region

from . import rules
from .explaining import Line, five_lines
from .models import Distribution, Portion
from .workflow import TOLD_TO_ALL

OWN_YEARS = 6
"""So many years stand on a household's page: five, and the one that is open."""
HAMLET_YEARS = 2
OFFERED = 6
"""So many collectives are offered above the list."""
APPROVING = ("publish", "carry", "book")


def distribution_list(actor: Actor) -> QuerySet[Distribution]:
    """The latest year first."""
    rows: QuerySet[Distribution] = Distribution.objects.visible_to(actor)
    return rows.select_related("place__parent", "collective").order_by("-year", "place", "-pk")


def portion_list(actor: Actor) -> QuerySet[Portion]:
    """The latest distribution first, in the order of its sheet."""
    rows: QuerySet[Portion] = Portion.objects.visible_to(actor)
    rows = rows.select_related("distribution__place", "household__hamlet__parent")
    return rows.order_by("-distribution__year", "distribution", "position")


def drawn_at(actor: Actor) -> list[Collective]:
    """The collectives for which the actor may draw one up."""
    held = actor.places(rules.draw_plan.roles)
    if not held:
        return []
    rows = Collective.objects.standing().select_related("place").order_by("place")
    found = First.of(rows.filter(_below(held)), OFFERED)
    return [one for one in found if rules.draw_plan(actor, hamlet=one.place)]


def _below(codes: Sequence[str]) -> Q:
    found = Q(pk__in=[])
    for code in codes:
        found |= Q(place__code__startswith=code)
    return found


def sums_of(one: Distribution) -> dict[str, Any]:
    """How many parts there are, what is paid, what is owed and why: two queries."""
    rows = one.portions.filter(sum__gt=0)
    paid = Q(paid_on__isnull=False)
    found = rows.aggregate(
        n=Count("pk"), paid_n=Count("pk", filter=paid), paid=Sum("sum", filter=paid),
        owed_n=Count("pk", filter=~paid), owed=Sum("sum", filter=~paid),
    )  # fmt: skip
    kept = rows.unpaid().exclude(reason="").order_by("reason").values_list("reason")
    reasons = [
        (Portion.Reason(reason).label, n, fen)
        for reason, n, fen in kept.annotate(n=Count("pk"), fen=Sum("sum"))
    ]
    return {**{name: value or 0 for name, value in found.items()}, "reasons": reasons}


def own_of_approvers(one: Distribution) -> list[Portion]:
    """The parts of households of those who opened, noted or booked it: allowed, and shown. Known
    by the number of the household, or by its head's name."""
    steps = one.steps.filter(step__in=APPROVING).order_by().values("by")
    who = list(Account.objects.filter(pk__in=steps))
    phones = {one.phone for one in who if one.phone}
    own = Q(household__phone__in=phones) | Q(household__head_name__in={one.name for one in who})
    found = one.portions.filter(own).select_related("household")
    return First.of(found.order_by("position"), 12)


@dataclass(frozen=True)
class OwnPart:
    """What a household reads of one year."""

    portion: Portion
    lines: list[Line]
    matter: Standing | None = None

    @property
    def distribution(self) -> Distribution:
        return self.portion.distribution


def own_rows(household: Household) -> QuerySet[Portion]:
    """The parts of a household, of its doubles too, in distributions that are open to all."""
    rows = Portion.objects.filter(
        household__in=household.entries, distribution__state__in=TOLD_TO_ALL
    )
    rows = rows.select_related("distribution__collective", "household__hamlet")
    return rows.order_by("-distribution__year", "-distribution", "position")


def own_parts(household: Household) -> list[OwnPart]:
    return First.of(own_rows(household), OWN_YEARS).each(part_of)


def part_of(portion: Portion) -> OwnPart:
    return OwnPart(portion, five_lines(portion))


def with_matter(portion: Portion) -> OwnPart:
    """The same with how its last question stands."""
    standing = standing_of([portion.matter]).get(portion.matter or 0)
    return OwnPart(portion, five_lines(portion), standing)


def told_rows(hamlet: Region) -> QuerySet[Distribution]:
    """What everybody reads at a hamlet: those of its own collective and its village's."""
    codes = {hamlet.code, hamlet.code[: LENGTHS[Level.VILLAGE]]}
    return Distribution.objects.told_to_all().filter(place__in=codes)


def told_at(hamlet: Region) -> list[Distribution]:
    """The last of them."""
    rows = told_rows(hamlet).select_related("collective")
    return First.of(rows.order_by("-year", "-pk"), HAMLET_YEARS)
