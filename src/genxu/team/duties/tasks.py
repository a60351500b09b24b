"""Dealing the rotas of a whole township in the background, hamlet by hamlet."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.utils.translation import gettext_lazy as _

from genxu.core.access import within
from genxu.core.errors import Refusal
from genxu.jobs.kinds import job
from genxu.jobs.running import Run

from . import actions, rules
from .actions import PROPOSAL
from .fair import EFFORT_EACH, Answer, propose
from .forms import told_short
from .models import Rota
from .queries import question_of
from .workflow import State

AT_ONCE = 2
"""Rotas that are worked out at the same time: the solver leaves the interpreter free."""


@job(PROPOSAL, _("Dealing the turns of many rotas"), rules.deal_rotas, shown="duties/_dealt.html")
def deal_rotas(run: Run) -> None:
    """Every rota at the place that is being prepared; one that cannot be made is told, the others
    go on. Taken up again, it passes over those that are done."""
    rows = Rota.objects.filter(state=State.DRAFT).under(run.job.place_id)
    rows = rows.filter(within(run.actor, "hamlet", rules.deal_rota.roles))
    asked = list(rows.select_related("hamlet__parent").order_by("hamlet", "pk"))
    told: dict[str, Any] = run.checkpoint.setdefault("told", {})
    left = [rota for rota in asked if str(rota.pk) not in told]
    run.progress(len(told), len(asked), keep=True)
    for rota, answer in answers(left):
        label = f"{rota.hamlet.label} · {rota}"
        told[str(rota.pk)] = {"label": label, "why": _deal(run, rota, answer)}
        run.progress(len(told), len(asked), keep=True)
    run.job.result = {"told": told, "made": sum(not one["why"] for one in told.values())}


def answers(rotas: list[Rota]) -> Iterator[tuple[Rota, Answer[int]]]:
    """Each rota with what was worked out for it; read here, thought of in threads."""
    questions = [question_of(rota) for rota in rotas]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = pool.map(lambda one: propose(one, effort=EFFORT_EACH), questions)
        yield from zip(rotas, found, strict=True)


def _deal(run: Run, rota: Rota, answer: Answer[int]) -> str:
    """Why it was not dealt; empty if it was."""
    if answer.short:
        return told_short(answer.short)
    turns = {day: list(keys) for day, keys in answer.turns.items()}
    try:
        actions.deal_rota(actor=run.actor, rota=rota, turns=turns)
    except Refusal as error:
        return str(error.message)
    return ""
