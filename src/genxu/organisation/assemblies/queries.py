"""Reading assemblies: every list starts at ``visible_to(actor)``.

For later roots: ``result_of(motion)`` says whether a question carried, and if not, why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor, under
from genxu.core.errors import Missing
from genxu.regions.models import Region

from .bodies import BodyName
from .judging import Judgement, judge
from .models import Assembly, AssemblyStep, Motion
from .workflow import State

GROUPS = {
    "coming": _("Still to come"),
    "record": _("Waiting to be recorded"),
    "held": _("Held"),
    "cancelled": _("Called off"),
}
SHOWN = 3
"""How many of those held, and of those to come, stand on a hamlet's public page."""
STAYS = timedelta(days=1)
"""So long after its beginning one that was to come still stands there."""


def result_of(motion: Motion) -> Judgement | None:
    """Whether a question carried by the rule of its body, with the reasons if not; None before
    its votes are counted."""
    if not motion.is_tallied:
        return None
    held = motion.assembly
    return judge(
        held.body, held.basis, held.due, held.present, *motion.votes, notice_days=held.notice_days
    )


def results_of(assembly: Assembly) -> list[tuple[Motion, Judgement | None]]:
    """The questions of an assembly in their order, each with its result."""
    return [(motion, result_of(motion)) for motion in motions_of(assembly)]


@dataclass(frozen=True)
class Filter:
    """What a list of assemblies is narrowed down to."""

    place: str = ""
    group: str = ""
    body: str = ""
    words: str = ""


def assembly_list(actor: Actor, chosen: Filter) -> QuerySet[Assembly]:
    """Assemblies, the latest first (those to come: the next first)."""
    rows: QuerySet[Assembly] = Assembly.objects.visible_to(actor)
    rows = rows.prefetch_related("hamlet__parent")
    if chosen.place:
        rows = rows.filter(under(chosen.place, "hamlet"))
    if chosen.body in BodyName:
        rows = rows.filter(body=chosen.body)
    if chosen.words:
        rows = rows.filter(title__contains=chosen.words)
    if chosen.group == "coming":
        rows = rows.filter(state=State.CONVENED, meets_at__gt=clock.now())
        return rows.order_by("meets_at", "pk")
    if chosen.group == "record":
        rows = rows.filter(state=State.CONVENED, meets_at__lte=clock.now())
        return rows.order_by("meets_at", "pk")
    if chosen.group in ("held", "cancelled"):
        rows = rows.filter(state=chosen.group)
    return rows.order_by("-meets_at", "-pk")


def motions_in(assemblies: QuerySet[Assembly]) -> QuerySet[Motion]:
    """The questions of all these assemblies, for the export."""
    rows = Motion.objects.filter(assembly__in=assemblies.order_by())
    rows = rows.select_related("assembly__hamlet__parent")
    return rows.order_by("-assembly__meets_at", "-assembly_id", "position")


def visible_assembly(actor: Actor, pk: int) -> Assembly:
    rows = Assembly.objects.visible_to(actor).select_related("hamlet__parent", "convened_by")
    assembly = rows.filter(pk=pk).first()
    if assembly is None:
        raise Missing(_("There is no such assembly, or it is not in your charge."))
    return assembly


def motions_of(assembly: Assembly) -> list[Motion]:
    """The questions of an assembly in their order; no query where they were read ahead."""
    found = sorted(assembly.motions.all(), key=lambda motion: motion.position)
    for motion in found:
        motion.assembly = assembly
    return found


def motion_at(assembly: Assembly, position: int) -> Motion:
    for motion in motions_of(assembly):
        if motion.position == position:
            return motion
    raise Missing(_("There is no such question at this meeting."))


def history(assembly: Assembly) -> list[AssemblyStep]:
    """What happened so far, the first step first."""
    return list(assembly.steps.select_related("by", "motion").order_by("pk"))


def public_assemblies(hamlet: Region) -> list[Assembly]:
    """The meetings of a hamlet that everybody may read of: those to come or called off, then the
    last held."""
    rows = Assembly.objects.public().filter(hamlet=hamlet)
    recent = clock.now() - STAYS
    coming = rows.exclude(state=State.HELD).filter(meets_at__gte=recent).order_by("meets_at")
    held = rows.filter(state=State.HELD).order_by("-meets_at", "-pk")
    return [*coming.prefetch_related("motions")[:SHOWN], *held.prefetch_related("motions")[:SHOWN]]


def next_change(shown: Sequence[Assembly]) -> datetime | None:
    """When what is shown of these on a public page changes by itself: one begins, or goes."""
    moments = [one.meets_at + span for one in shown for span in (timedelta(0), STAYS)]
    return min((moment for moment in moments if moment >= clock.now()), default=None)
