"""The sheet to be signed and the slips: as a job, with what no font here has left to the hand."""

import pytest

from genxu.core.errors import Conflict
from genxu.core.models import JournalEntry
from genxu.jobs import running
from genxu.jobs.models import Job
from genxu.people.models import Household
from genxu.places.distributions import paper_actions, tasks
from genxu.places.distributions.documents import What
from genxu.places.distributions.models import Distribution
from tests.cast import Cast

from . import factories

SITE = "https://genxu.example"
BOTH = [*What.values]


def asked(cast: Cast, one: Distribution, part: str = "bookkeeper") -> Job:
    return paper_actions.ask_for_papers(
        actor=cast.actor(part), place=one.place, distribution=one, what=BOTH, site=SITE
    )


@pytest.mark.once
def test_both_papers_are_made_and_asking_for_them_is_in_the_journal(cast: Cast) -> None:
    first = cast.households()[0]
    Household.objects.filter(pk=first.pk).update(head_name="罗\U0003134a")
    job = asked(cast, factories.published(cast))
    assert JournalEntry.objects.filter(action="distributions.ask_for_papers").count() == 1
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.trouble) == (Job.State.DONE, "")
    names = sorted(job.files.values_list("name", flat=True))
    assert names == ["2025 分配明细条 1-4.pdf", "2025 签字表.pdf"]
    assert job.result["by_hand"] == ["1 罗\U0003134a"]
    assert all(file.size > 1000 for file in job.files.all())


def test_slips_of_many_are_files_of_a_thousand(cast: Cast) -> None:
    one = factories.published(cast)
    rows = paper_actions.rows_of(one) * 600
    files = tasks.files_of(BOTH, one, rows)
    assert [len(file.rows) for file in files] == [2400, 1000, 1000, 400]


def test_of_what_was_withdrawn_nothing_is_printed(cast: Cast) -> None:
    with pytest.raises(Conflict):
        asked(cast, factories.in_state(cast, "withdrawn"))
