"""The organisation of a hamlet as one chart: branch, council, five groups, centre households.

Two charts are drawn by one template: the one of those in charge, with names and doors; and the
one of the public page, where a name stands only with that person's consent (个人信息保护法 25).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.core.access import Actor
from genxu.organisation.branches.models import Organisation, ServedHamlet
from genxu.organisation.branches.queries import organisations_of
from genxu.organisation.branches.rules import draft_organisation
from genxu.organisation.centre_households.models import CentreHousehold, Coverage
from genxu.organisation.centre_households.rules import nominate_household, see_coverage
from genxu.organisation.councils.models import Council, Seat
from genxu.organisation.councils.queries import GroupView, groups_of, seats_of, standing_council
from genxu.organisation.councils.rules import form_council
from genxu.people.models import Household
from genxu.regions.models import Region


@dataclass(frozen=True, slots=True)
class Act:
    """What mends a gap: its words and its address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the chart, with the office and where the name leads."""

    name: str
    office: str = ""
    url: str = ""


@dataclass
class Box:
    """One box: its title, who stands in it, and what is missing with the act that mends it.

    ``unnamed`` counts those who are not named.
    """

    title: str
    url: str = ""
    people: list[Person] = field(default_factory=list)
    unnamed: int = 0
    note: str = ""
    alert: str = ""
    missing: str = ""
    act: Act | None = None


@dataclass
class Chart:
    """The boxes of a hamlet. ``loose`` says how many households nobody looks after yet."""

    hamlet: Region
    branch: Box
    council: Box
    groups: list[Box]
    centres: Box
    loose: int = 0
    loose_act: Act | None = None


@dataclass(frozen=True, slots=True)
class Mending:
    """Which gaps of the chart its reader may mend."""

    form: bool
    nominate: bool
    cover: bool


def seen_by(actor: Actor, hamlet: Region) -> tuple[Box, Mending]:
    """What the chart does not take from its hamlet alone: the organisation, which may serve
    others too, and what the reader may do."""
    mending = Mending(
        form=bool(form_council(actor, hamlet=hamlet)),
        nominate=bool(nominate_household(actor, household=Household(hamlet=hamlet))),
        cover=actor.holds(see_coverage.roles, hamlet.code),
    )
    return _branch_box(actor, hamlet), mending


def chart_for(hamlet: Region, branch: Box, may: Mending) -> Chart:
    """The chart for those in charge: the same few queries for every hamlet."""
    council = standing_council(hamlet)
    seats = seats_of(council) if council else []
    chart = Chart(
        hamlet,
        branch,
        _council_box(may, hamlet, council, seats),
        [_group_box(group, council) for group in groups_of(seats)],
        _centres_box(may, hamlet),
    )
    households = Household.objects.living_here().filter(hamlet=hamlet).count()
    chart.loose = households - Coverage.objects.now().filter(hamlet=hamlet).count()
    if may.cover:
        chart.loose_act = Act(_("Look after them"), reverse("coverage", args=[hamlet.code]))
    return chart


def public_chart(hamlet: Region, organisation: str) -> Chart:
    """The chart for everybody: the organisation by its name, persons only with their consent."""
    council = standing_council(hamlet)
    seats = seats_of(council) if council else []
    branch = Box(organisation or _("Party organisation"))
    branch.missing = "" if organisation else _("There is none yet.")
    return Chart(
        hamlet,
        branch,
        _public_council(council, seats),
        [_public_group(group) for group in groups_of(seats)] if council else [],
        _public_centres(hamlet),
    )


def _branch_box(actor: Actor, hamlet: Region) -> Box:
    standing = organisations_of([hamlet.code]).get(hamlet.code)
    if standing is None:
        return _no_branch(actor, hamlet)
    url = reverse("organisation", args=[standing.pk])
    box = Box(standing.name, url, note=_term_note(standing.term_ends_on))
    box.people = [
        Person(member.name, member.get_duty_display())
        for member in standing.heads  # type: ignore[attr-defined]
    ]
    if not box.people:
        box.missing = _("Nobody leads it yet.")
        box.act = Act(_("Look at it"), url)
    box.alert = _term_alert(standing)
    return box


def _no_branch(actor: Actor, hamlet: Region) -> Box:
    served = ServedHamlet.objects.filter(hamlet=hamlet, until=None).select_related("organisation")
    prepared = served.first()
    if prepared is not None:
        draft = prepared.organisation
        text = _("It is being prepared: %s.") % draft.get_state_display()
        return Box(draft.name, reverse("organisation", args=[draft.pk]), missing=text)
    box = Box(_("Party organisation"), missing=_("There is none yet."))
    if draft_organisation(actor, hamlet=hamlet):
        box.act = Act(_("Prepare one"), reverse("organisation_new", args=[hamlet.code]))
    return box


def _term_note(ends: date | None) -> str:
    return _("Term until %s") % ends.strftime("%Y-%m") if ends else ""


def _term_alert(thing: "Organisation | Council") -> str:
    if thing.is_term_over:
        return _("Term over")
    return _("Term ends soon") if thing.is_term_due_soon else ""


def _council_box(
    may: Mending, hamlet: Region, council: Council | None, seats: Sequence[Seat]
) -> Box:
    box = Box(_("Village council"))
    if council is None:
        box.missing = _("There is none yet.")
        if may.form:
            box.act = Act(_("Form a council"), reverse("form_council", args=[hamlet.code]))
        return box
    box.url = reverse("council", args=[council.pk])
    box.people = [Person(seat.name, _office(seat)) for seat in seats]
    box.note, box.alert = _term_note(council.term_ends_on), _term_alert(council)
    if not any(seat.is_chair for seat in seats):
        box.missing = _("Nobody is in the chair yet.")
        box.act = Act(_("Choose one"), box.url)
    return box


def _office(seat: Seat) -> str:
    return "" if seat.duty == Seat.Duty.MEMBER else seat.get_duty_display()


def _group_box(group: GroupView, council: Council | None) -> Box:
    box = Box(group.label)
    if council is None:
        return box
    box.url = reverse("council", args=[council.pk])
    if group.leader:
        box.people = [Person(group.leader.name, _("Leader"))]
    else:
        box.missing = _("No leader yet")
    box.people += [Person(seat.name) for seat in group.others]
    return box


def _serving(hamlet: Region) -> list[Any]:
    """The centre households that serve, each with ``.loaded``, the households it looks after."""
    covers = Coverage.objects.now().filter(hamlet=hamlet, centre_household=OuterRef("pk"))
    counted = covers.order_by().values("centre_household").annotate(n=Count("pk")).values("n")
    rows = CentreHousehold.objects.serving().filter(hamlet=hamlet).order_by("pk")
    return list(rows.annotate(loaded=Coalesce(Subquery(counted), 0)))


def _load(count: int) -> str:
    return ngettext("%(n)s household", "%(n)s households", count) % {"n": count}


def _centres_box(may: Mending, hamlet: Region) -> Box:
    found = _serving(hamlet)
    box = Box(_("Centre households"), reverse("centre_households_at", args=[hamlet.code]))
    box.people = [
        Person(one.person_name, _load(one.loaded), reverse("centre_household", args=[one.pk]))
        for one in found
    ]
    box.note = _centres_note(found)
    if not found:
        box.missing = _("There is none yet.")
        if may.nominate:
            box.act = Act(_("Nominate one"), reverse("nominate_household", args=[hamlet.code]))
    return box


def _centres_note(found: Sequence[Any]) -> str:
    if not found:
        return ""
    text = _("%(centres)s, looking after %(households)s")
    total = sum(one.loaded for one in found)
    return text % {"centres": len(found), "households": _load(total)}


def _public_council(council: Council | None, seats: Sequence[Seat]) -> Box:
    box = Box(_("Village council"))
    if council is None:
        box.missing = _("There is none yet.")
        return box
    shown = [seat for seat in seats if seat.shown]
    box.people = [Person(seat.name, _office(seat)) for seat in shown]
    box.unnamed = len(seats) - len(shown)
    return box


def _public_group(group: GroupView) -> Box:
    shown = [seat for seat in group.people if seat.shown]
    people = [
        Person(seat.name, _("Leader") if seat is group.leader else "")
        for seat in sorted(shown, key=lambda seat: seat is not group.leader)
    ]
    return Box(group.label, people=people, unnamed=len(group.people) - len(shown))


def _public_centres(hamlet: Region) -> Box:
    found = _serving(hamlet)
    shown = [one for one in found if one.shown]
    box = Box(_("Centre households"), note=_centres_note(found))
    box.people = [
        Person(one.person_name, _load(one.loaded), reverse("centre_card", args=[one.card]))
        for one in shown
    ]
    box.unnamed = len(found) - len(shown)
    box.missing = "" if found else _("There is none yet.")
    return box
