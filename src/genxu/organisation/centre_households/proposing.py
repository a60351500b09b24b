"""Proposals for many hamlets, worked out in the background and kept for a person to accept."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from genxu.jobs.running import Run

from .coverage_actions import digest
from .coverage_queries import Question, questions_of
from .solver import EFFORT_EACH, Proposal, propose

AT_ONCE = 2
"""Hamlets that are worked out at the same time: the solver leaves the interpreter free."""


def propose_for_hamlets(run: Run) -> None:
    """Every hamlet of the job's place where somebody is not looked after; goes on where it fell."""
    asked = {code: one for code, one in questions_of(run.job.place_id).items() if one.wants_answer}
    found = run.checkpoint.setdefault("proposals", {})
    left = {code: one for code, one in asked.items() if code not in found}
    run.progress(len(asked) - len(left), len(asked), keep=True)
    for code, proposal in propose_all(left):
        found[code] = _stored(asked[code], proposal)
        run.progress(len(found), len(asked), keep=True)
    run.job.result = {"proposals": found}


def propose_all(questions: Mapping[str, Question]) -> Iterator[tuple[str, Proposal[int, int]]]:
    """Hamlet → its proposal, in the order of the questions."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from zip(questions, pool.map(_answer, questions.values()), strict=True)


def _answer(question: Question) -> Proposal[int, int]:
    return propose(question.households, question.centres, question.ties, effort=EFFORT_EACH)


def _stored(question: Question, proposal: Proposal[int, int]) -> dict[str, object]:
    pairs = sorted(proposal.pairs.items())
    return {
        "pairs": pairs,
        "version": digest(question.ties.items()),
        "changes": sum(question.ties.get(household) != centre for household, centre in pairs),
        "by_solver": proposal.by_solver,
    }
