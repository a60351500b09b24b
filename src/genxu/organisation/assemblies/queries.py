"""Reading assemblies: every list starts at ``visible_to(actor)``.

For later roots: ``result_of(motion)`` says whether a question carried, and if not, why.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from genxu.core import clock
from genxu.core.access import Actor
from genxu.core.cuts import First
from genxu.core.errors import Missing
from genxu.regions.models import Region

from .bodies import Basis
from .calls import is_usual
from .judging import Judgement, counted, judge
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
    about = (held.basis, held.due, held.present, motion.votes, held.notice_days)
    return judge(held.rule, motion.kind, *about)


def results_of(assembly: Assembly) -> list[tuple[Motion, Judgement | None]]:
    """The questions of an assembly in their order, each with its result."""
    return [(motion, result_of(motion)) for motion in motions_of(assembly)]


def assembly_list(actor: Actor) -> QuerySet[Assembly]:
    """Assemblies, the latest first."""
    rows: QuerySet[Assembly] = Assembly.objects.visible_to(actor)
    return rows.prefetch_related("hamlet__parent").order_by("-meets_at", "-pk")


def motions_in(assemblies: QuerySet[Assembly]) -> QuerySet[Motion]:
    """The questions of all these assemblies, for the export."""
    rows = Motion.objects.filter(assembly__in=assemblies.order_by())
    rows = rows.select_related("assembly__hamlet__parent")
    return rows.order_by("-assembly__meets_at", "-assembly_id", "position")


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


def open_corrections(taken: Sequence[AssemblyStep]) -> list[AssemblyStep]:
    """Of its steps the corrections that wait for a second person."""
    answered = {step.answers_id for step in taken}
    return [step for step in taken if step.step == "ask" and step.pk not in answered]


def correction_of(assembly: Assembly, pk: int) -> AssemblyStep:
    rows = assembly.steps.select_related("by", "motion")
    found = rows.filter(step="ask", pk=pk).first()
    if found is None:
        raise Missing(_("There is no such correction of this meeting."))
    return found


def public_assemblies(hamlet: Region) -> First[Assembly]:
    """The meetings of a hamlet that everybody may read of: those to come or called off, then the
    last held."""
    rows = Assembly.objects.public().filter(hamlet=hamlet)
    held = rows.filter(state=State.HELD).order_by("-meets_at", "-pk")
    coming = ~Q(state=State.HELD) & Q(meets_at__gte=clock.now() - STAYS)
    last = held.values("pk")[: SHOWN + 1]
    found = rows.filter(coming | Q(pk__in=last)).order_by("meets_at", "pk")
    shown = list(found.prefetch_related("motions"))
    later = First.of((one for one in shown if not one.is_held), SHOWN)
    before = First.of((one for one in shown[::-1] if one.is_held), SHOWN)
    both = First([*later, *before])
    both.cut = later.cut or before.cut
    return both


def about(assembly: Assembly) -> dict[str, Any]:
    """What its pages and papers say of it: who is due, who came, what that means."""
    rule = assembly.rule
    quorum = rule.quorum_of(assembly.basis, assembly.due)
    return {
        "assembly": assembly,
        "rule": rule,
        "body": assembly.of_body,
        "results": results_of(assembly),
        "due": assembly.due_told,
        "present": assembly.came_told,
        "quorum": counted(assembly.basis, quorum),
        "quorum_share": rule.quorum[Basis(assembly.basis)].words,
        "has_quorum": assembly.present >= quorum,
        "fits_size": assembly.of_body.fits_size(assembly.due),
        "usual_delegation": is_usual(assembly.households, assembly.due),
    }


def next_change(shown: Sequence[Assembly]) -> datetime | None:
    """When what is shown of these on a public page changes by itself: one begins, or goes."""
    moments = [one.meets_at + span for one in shown for span in (timedelta(0), STAYS)]
    return min((moment for moment in moments if moment >= clock.now()), default=None)
