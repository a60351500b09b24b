"""Who can be given a matter: all who serve at its place, with an account or without."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from genxu.core.promises import StrOrPromise
from genxu.organisation.branches.models import Member
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.organisation.councils.queries import taken_seats
from genxu.people.models import Account, Grant
from genxu.people.roles import HANDLERS, Role

GIVEN_TO = (*HANDLERS, Role.CENTRE_HOUSEHOLD)


@dataclass
class Helper:
    """Somebody who serves at a place, with the offices held there; ``key`` is the choice."""

    key: str
    name: str
    account: Account | None = None
    offices: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return _("%(name)s (%(offices)s)") % {
            "name": self.name, "offices": _(", ").join(dict.fromkeys(self.offices)),
        }  # fmt: skip


def helpers_at(place: str, nearest: Account | None = None) -> dict[str, Helper]:
    """By their keys; ``nearest``, who looks after the household, before the others. Whoever holds
    several offices is one choice."""
    found: dict[str, Helper] = {}
    grants = Grant.objects.filter(place=place, role__in=GIVEN_TO, account__is_active=True)
    rows = CentreHousehold.objects.serving().filter(hamlet=place).order_by("pk")
    serving = list(rows.select_related("household"))
    at_hand = [one for one in serving if one.household.left_on is None]
    gone = {one.account_id for one in serving} - {one.account_id for one in at_hand}
    for grant in grants.select_related("account").order_by("account"):
        account = grant.account
        if grant.role == Role.CENTRE_HOUSEHOLD and account.pk in gone:
            continue
        one = found.setdefault(str(account.pk), Helper(str(account.pk), account.name, account))
        one.offices.append(str(Role(grant.role).label))
    by_name = {one.name: one for one in found.values()}
    for key, name, office in _in_office(place, at_hand):
        one = by_name.setdefault(name, Helper(key, name))
        one.offices.append(str(office))
        found.setdefault(one.key, one)
    return dict(sorted(found.items(), key=lambda item: item[1].account != nearest or not nearest))


def _in_office(
    place: str, at_hand: Iterable[CentreHousehold]
) -> Iterable[tuple[str, str, StrOrPromise]]:
    """(key, name, office) of those whom the registers of a hamlet name; none elsewhere."""
    for one in at_hand:
        if one.person_name:
            yield f"centre-{one.pk}", one.person_name, Role.CENTRE_HOUSEHOLD.label
    for seat in taken_seats().filter(hamlet=place).exclude(name=""):
        office = _("council, %(duty)s") % {"duty": seat.get_duty_display()}
        yield f"seat-{seat.pk}", seat.name, office
    members = Member.objects.present().filter(hamlet=place).exclude(duty="").exclude(name="")
    for member in members.order_by("pk"):
        yield f"member-{member.pk}", member.name, member.get_duty_display()
