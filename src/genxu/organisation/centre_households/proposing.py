"""Proposals for many hamlets, worked out in the background and kept for a person to accept."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from genxu.jobs.running import Run

from .coverage_actions import digest
from .coverage_queries import Question, questions_of
from .solver import EFFORT, EFFORT_EACH, Proposal, propose

AT_ONCE = 2
"""Hamlets that are worked out at the same time: the solver leaves the interpreter free."""


def propose_for_hamlets(run: Run) -> None:
    """Every hamlet of the job's place where somebody is not looked after; goes on where it fell.

    A single hamlet is asked for by name: it is answered whoever is looked after, and with more
    thought; nobody knows how far it is until it is ready.
    """
    questions = questions_of(run.job.place_id)
    total: int | None
    if run.job.place.is_hamlet:
        asked = {code: one for code, one in questions.items() if one.centres and one.households}
        effort, total = EFFORT, None
    else:
        asked = {code: one for code, one in questions.items() if one.wants_answer}
        effort, total = EFFORT_EACH, len(asked)
    found = run.checkpoint.setdefault("proposals", {})
    left = {code: one for code, one in asked.items() if code not in found}
    run.progress(len(asked) - len(left), total, keep=True)
    for code, proposal in propose_all(left, effort):
        found[code] = _stored(asked[code], proposal)
        run.progress(len(found), total, keep=True)
    run.job.result = {"proposals": found}


def propose_all(
    questions: Mapping[str, Question], effort: float = EFFORT_EACH
) -> Iterator[tuple[str, Proposal[int, int]]]:
    """Hamlet → its proposal, in the order of the questions."""

    def answer(one: Question) -> Proposal[int, int]:
        return propose(one.households, one.centres, one.ties, effort=effort)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from zip(questions, pool.map(answer, questions.values()), strict=True)


def _stored(question: Question, proposal: Proposal[int, int]) -> dict[str, object]:
    pairs = sorted(proposal.pairs.items())
    return {
        "pairs": pairs,
        "version": digest(question.ties.items()),
        "changes": sum(question.ties.get(household) != centre for household, centre in pairs),
        "by_solver": proposal.by_solver,
    }
