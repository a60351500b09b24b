"""Proposals for many hamlets, worked out in the background and kept for a person to accept."""

from genxu.jobs.running import Run

from .coverage_queries import Question, questions_of
from .covering import digest
from .solver import EFFORT_EACH, propose


def propose_for_hamlets(run: Run) -> None:
    """Every hamlet of the job's place where somebody is not looked after; goes on where it fell."""
    asked = {code: one for code, one in questions_of(run.job.place_id).items() if one.wants_answer}
    found = run.checkpoint.setdefault("proposals", {})
    for done, (code, question) in enumerate(asked.items()):
        run.progress(done, len(asked), keep=True)
        if code not in found:
            found[code] = _answer(question)
    run.job.result = {"proposals": found}
    run.progress(len(asked), len(asked), keep=True)


def _answer(question: Question) -> dict[str, object]:
    proposal = propose(question.households, question.centres, question.ties, effort=EFFORT_EACH)
    pairs = sorted(proposal.pairs.items())
    return {
        "pairs": pairs,
        "version": digest(question.ties.items()),
        "changes": sum(question.ties.get(household) != centre for household, centre in pairs),
        "by_solver": proposal.by_solver,
    }
