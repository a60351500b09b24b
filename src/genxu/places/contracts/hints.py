"""What is said of a contract and never refused: too long, far below its neighbours, counted twice,
somebody of the house."""

from statistics import median_low

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core.access import under
from genxu.core.calendar import years_on
from genxu.core.money import yuan
from genxu.organisation.assemblies.bodies import BodyName
from genxu.organisation.councils.models import Seat
from genxu.people.models import Grant, Household
from genxu.places.ledger.deciding import OF_ALL, OF_COLLECTIVE
from genxu.regions.codes import LENGTHS, Level

from .models import COMING_IN, Contract, Way, mu
from .schedule import yearly_in
from .terms import Terms
from .workflow import MADE

LONGEST_LEASE = 20
"""Years: what a lease says beyond is void (民法典 第七百零五条)."""
FEWEST_NEIGHBOURS = 5
LARGE_AREA, LARGE_RENT, LONG_YEARS = 50_00, 10_000_00, 5
"""From so many hundredths of a mu, so many fen a year or so many years on a meeting decides
(custom; land for shares always: 农村集体经济组织法 26)."""
FOR_SHARES = (BodyName.COLLECTIVE_MEMBERS,)
FOR_LEASES = (*OF_COLLECTIVE, BodyName.COLLECTIVE_BOARD, *OF_ALL)


def needs_decision(one: Contract | Terms) -> bool:
    """Whether a meeting decides before it is signed."""
    if not one.has_rent:
        return True
    large = (one.area or 0) >= LARGE_AREA
    dear = any(fen >= LARGE_RENT for _year, fen in one.steps_told)
    return large or dear or one.until >= years_on(one.since, LONG_YEARS)


def bodies_for(contract: Contract) -> tuple[BodyName, ...]:
    return FOR_LEASES if contract.has_rent else FOR_SHARES


def hints(contract: Contract) -> list[str]:
    """All that its page says of it; some four queries."""
    found = (_too_long(contract), _far_below(contract), _twice(contract), _of_the_house(contract))
    return [one for one in found if one]


def _too_long(contract: Contract) -> str:
    if contract.until < years_on(contract.since, LONGEST_LEASE):
        return ""
    return _("It runs for more than %(years)s years: what a lease says beyond is void "
             "(民法典 705). The 30 years are for land that households have contracted "
             "(农村土地承包法 21), another law.") % {"years": LONGEST_LEASE}  # fmt: skip


def per_mu(contract: Contract) -> int:
    """The rent of its first year for one mu (fen); 0 without land or rent."""
    return yearly_in(contract.steps_told, 1) * 100 // contract.area if contract.area else 0


def _far_below(contract: Contract) -> str:
    own = per_mu(contract)
    if contract.way != Way.LEASE_OUT or not own:
        return ""
    township = contract.place_id[: LENGTHS[Level.TOWNSHIP]]
    rows = Contract.objects.filter(under(township, "place"), state__in=MADE)
    rows = rows.filter(way=contract.way, what=contract.what, area__gt=0).exclude(pk=contract.pk)
    others = [rent for one in rows.prefetch_related("rents_of") if (rent := per_mu(one))]
    if len(others) < FEWEST_NEIGHBOURS or 2 * own >= median_low(others):
        return ""
    told = _("The rent is %(own)s yuan a mu: less than half of what is usual. In the township "
             "%(n)s contracts of this kind stand at %(median)s in the middle.")  # fmt: skip
    return told % {"own": yuan(own), "n": len(others), "median": yuan(median_low(others))}


def _twice(contract: Contract) -> str:
    """The same land is counted once: what the household has brought in in the same years."""
    if not contract.comes_in or not contract.area or contract.household is None:
        return ""
    rows = Contract.objects.filter(household__in=contract.household.entries, way__in=COMING_IN)
    rows = rows.filter(state__in=MADE, since__lte=contract.last_day, last_day__gte=contract.since)
    rows = rows.exclude(pk=contract.pk).exclude(pk=contract.renews_id or 0)
    before = [one for one in rows if one.area]
    if not before:
        return ""
    told = ngettext("This household has brought in %(mu)s mu in these years already (%(n)s "
                    "contract: %(names)s). Is it the same land?",
                    "This household has brought in %(mu)s mu in these years already (%(n)s "
                    "contracts: %(names)s). Is it the same land?", len(before))  # fmt: skip
    names = _(", ").join(one.object for one in before)
    area = mu(sum(one.area or 0 for one in before))
    return told % {"mu": area, "n": len(before), "names": names}


def _of_the_house(contract: Contract) -> str:
    """Somebody who holds an office where the contract lies, or sits on its council: allowed, and
    said."""
    house = contract.household
    if house is None:
        return ""
    offices = _offices(house, contract.place_id)
    told = _("The other side is of the house: %s. That is allowed; it stands here for all to see.")
    return told % _(", ").join(offices) if offices else ""


def _offices(house: Household, place: str) -> list[str]:
    found = []
    if house.phone:
        held = Grant.objects.filter(account__phone=house.phone, place__in=[place, house.hamlet_id])
        found = [str(one.get_role_display()) for one in held.order_by("role")]
    seats = Seat.objects.taken().filter(household__in=house.entries, council__ended_on=None)
    return found + [_("sits on the village council") for _seat in seats[:1]]
