"""Who may make peace in a hamlet, who the sides of a dispute are: parts of actions and forms."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.days import happened
from genxu.core.declared import declared
from genxu.core.errors import Conflict, Invalid
from genxu.core.names import clean_name
from genxu.core.texts import optional
from genxu.people.models import Account, Grant, Household
from genxu.people.roles import Role
from genxu.regions.models import Region

from .models import FEWEST, MOST, NAME_LIMIT, PEACEMAKERS, Dispute, Side


@dataclass(frozen=True)
class WhoRow:
    """A side as it is named: a household of the register, or a person who has none."""

    household: Household | None = None
    name: str = ""


@dataclass
class Choice:
    """Somebody who may settle it, with his offices; ``known_for_it``: he holds that post."""

    account: Account
    offices: list[str] = field(default_factory=list)
    known_for_it: bool = False

    @property
    def label(self) -> str:
        told = [*([_("settles disputes")] if self.known_for_it else []), *self.offices]
        return _("%(name)s (%(offices)s)") % {
            "name": self.account.name, "offices": _(", ").join(dict.fromkeys(told)),
        }  # fmt: skip


def peacemakers_at(hamlet: str) -> dict[int, Choice]:
    """Those with an office in the hamlet; who holds the post “Settles disputes” is offered first,
    as the app of the posts tells it (room ``peacemakers``)."""
    known = {key for told in declared("peacemakers", "peacemakers_at") for key in told(hamlet)}
    grants = Grant.objects.filter(place=hamlet, role__in=PEACEMAKERS, account__is_active=True)
    found: dict[int, Choice] = {}
    for grant in grants.select_related("account").order_by("account", "role"):
        one = found.setdefault(
            grant.account_id, Choice(grant.account, known_for_it=grant.account_id in known)
        )
        one.offices.append(str(Role(grant.role).label))
    return dict(sorted(found.items(), key=lambda item: not item[1].known_for_it))


def check_peacemaker(hamlet: str, account: Account | None) -> None:
    """``Invalid`` for somebody without an office of the hamlet."""
    if account is not None and account.pk not in peacemakers_at(hamlet):
        raise Invalid({"peacemaker": _("Please choose one of those offered.")})


def check_no_side(dispute: Dispute, actor: Actor) -> None:
    """``Invalid`` where its peacemaker is, or is of, a side; ``Conflict`` where the actor is."""
    if dispute.is_side(actor.account_id, actor.name):
        raise Conflict(_("You are a side of it yourself. Let somebody else note and settle it."))
    maker = dispute.peacemaker
    if maker is not None and dispute.is_side(maker.pk, maker.name):
        text = _("%(name)s is a side of it, or of its household. Somebody else settles it.")
        raise Invalid({"peacemaker": text % {"name": maker.name}})


def judged(hamlet: Region, sides: Sequence[WhoRow], there: Iterable[Side] = ()) -> list[WhoRow]:
    """The sides as they are kept; ``Invalid`` names the row that is wrong, or is there twice."""
    there = list(there)
    if not FEWEST <= len(sides) + len(there) <= MOST:
        text = _("A dispute has two to six sides.")
        raise Invalid({"sides-0-who": text})
    seen: set[object] = {one.household_id or one.name for one in there}
    found = []
    for n, one in enumerate(sides):
        row = _clean(hamlet, one, f"sides-{n}-who")
        key = row.household.pk if row.household else row.name
        if key in seen:
            raise Invalid({f"sides-{n}-who": _("This side is named twice.")})
        seen.add(key)
        found.append(row)
    return found


def _clean(hamlet: Region, one: WhoRow, name: str) -> WhoRow:
    home = one.household
    if home is not None:
        if home.hamlet_id != hamlet.code or not home.lives_here:
            raise Invalid({name: _("Please pick one of the households offered.")})
        return WhoRow(home)
    who = clean_name(optional(one.name, NAME_LIMIT, name))
    if not who:
        raise Invalid({name: _("Who is it?")})
    return WhoRow(None, who)


def join(dispute: Dispute, rows: Collection[WhoRow]) -> None:
    """Let them be sides of it."""
    for row in rows:
        dispute.sides.create(hamlet_id=dispute.hamlet_id, household=row.household, name=row.name)


def day_between(day: date, first: date, name: str) -> date:
    """A day that is not still to come, nor before it can have been."""
    text = _("That is before %(day)s, the first day on which it can have been.")
    return happened(day, name, first, text % {"day": date_format(first, "DATE_FORMAT")})
