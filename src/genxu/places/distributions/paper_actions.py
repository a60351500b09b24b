"""Having the papers of a distribution printed, in the background."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.actions import action
from genxu.core.errors import Conflict, Invalid
from genxu.core.money import yuan
from genxu.jobs import queue
from genxu.jobs.models import Job
from genxu.people.erasure import GONE
from genxu.regions.models import Region

from . import rules
from .documents import Head, Row, What
from .explaining import shares_told, way_lines
from .models import Distribution, Portion
from .workflow import State

KIND = "distributions.print"
SLIPS_AT_ONCE = 1000
"""Slips that one file holds, and one process sets."""


def site_address(request_address: str) -> str:
    """The address in the QR codes: the one of the settings, else the one just used."""
    return settings.SITE_ADDRESS or request_address.rstrip("/")


@action(rules.print_distribution, notes=("distribution", "what"))
def ask_for_papers(
    *, actor: Actor, place: Region, distribution: Distribution, what: Sequence[str], site: str
) -> Job:
    """The sheet of all, slips by thousands; each time stands in the journal, for they name
    people."""
    if distribution.place_id != place.code or distribution.state == State.WITHDRAWN:
        raise Conflict(_("There is nothing to print of it."))
    if not what or not set(what) <= set(What.values):
        raise Invalid({"what": _("Please choose what is to be printed.")})
    count = distribution.portions.count()
    if not count:
        raise Conflict(_("Nobody has a part in it: there is nothing to print."))
    return queue.put(
        actor=actor, kind=KIND, place=place, total=count * len(what), what=list(what), site=site,
        distribution=distribution.pk,
    )  # fmt: skip


def public_address(site: str, distribution: Distribution) -> str:
    return f"{site}{reverse('open_distribution', args=[distribution.pk])}"


def head_of(one: Distribution) -> Head:
    """Its texts in Chinese, whoever prints."""
    above = one.place.parent
    day = one.published_on or one.drawn_on
    with translation.override("zh-hans"):
        lines = tuple((line.label, line.value, line.told) for line in way_lines(one))
    held = one.motion.assembly.meets_on if one.motion else None
    return Head(
        collective=str(one.collective), place=f"{above or ''}{one.place}", year=one.year,
        as_of=_chinese(one.as_of), lines=lines, shares=shares_told(one.whole),
        decided=_chinese(held) if held else "", paper_day=day,
    )  # fmt: skip


def _chinese(day: object) -> str:
    return f"{day.year}年{day.month}月{day.day}日"  # type: ignore[attr-defined]


def rows_of(one: Distribution) -> list[Row]:
    """The households in the order of the sheet; one query."""
    listed = one.portions.select_related("household__hamlet").order_by("position")
    return [row_of(portion) for portion in listed]


def row_of(portion: Portion) -> Row:
    household = portion.household
    return Row(
        portion.position, str(household.hamlet), household.number, household.head_name or GONE,
        shares_told(portion.quantity), yuan(portion.sum), portion.odd,
    )  # fmt: skip
