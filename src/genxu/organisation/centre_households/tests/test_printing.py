"""Printing a place: what is read, in which files, which names stop it, and what is complete."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import InMemoryStorage
from hypothesis import given, settings
from hypothesis import strategies as st

from genxu.core.access import system
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.jobs import running
from genxu.jobs.models import Job, JobFile
from genxu.organisation.centre_households import actions, paper_actions, tasks
from genxu.organisation.centre_households.documents import What
from genxu.organisation.centre_households.models import CentreHousehold
from genxu.regions.models import Region
from tests.cast import CITY, COUNTY, FAR, HOME, NEIGHBOUR, TOWNSHIP, VILLAGE, Cast

from . import factories

SITE = "https://genxu.example.org"
RARE = "罗\U000323ad"
"""A name with a character that no font here has (the last but one of CJK extension H)."""


@pytest.fixture(autouse=True)
def storage(monkeypatch: pytest.MonkeyPatch) -> InMemoryStorage:
    storage = InMemoryStorage()
    monkeypatch.setattr(JobFile._meta.get_field("file"), "storage", storage)
    return storage


@pytest.fixture
def serving(cast: Cast) -> list[CentreHousehold]:
    """Four at HOME, one next to it, one far away."""
    names = iter(["罗测一", "罗测二", "罗测三", "罗测四", "港测甲", "卢测甲"])
    homes = [*cast.households(HOME), cast.households(NEIGHBOUR)[0], cast.households(FAR)[0]]
    return [factories.appointed(cast, home, name=next(names)) for home in homes]


def ask(cast: Cast, part: str = "township_staff", code: str = TOWNSHIP, **given: Any) -> Job:
    values = {"what": "certificate", "site": SITE, "for_the_worker": False} | given
    return paper_actions.ask_for_papers(actor=cast.actor(part), place=cast.hamlet(code), **values)


def printed(job: Job) -> Job:
    running.run(job.pk)
    job.refresh_from_db()
    return job


def contents(job: Job) -> dict[str, bytes]:
    return {row.name: row.file.read() for row in job.files.order_by("name")}


def pages(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type/Page/") + pdf.count(b"/Type /Page /")


# --- what is printed -----------------------------------------------------------------------------


def test_a_township_is_one_pile(cast: Cast, serving: list[CentreHousehold]) -> None:
    job = printed(ask(cast))
    assert (job.state, job.trouble, job.done, job.total) == ("done", "", 5, 5)
    assert job.result == {"lacking": [], "printed": 5, "gone": 0}
    ((name, pdf),) = contents(job).items()
    assert name == "421221104 新街镇 聘书.pdf"
    assert pdf.startswith(b"%PDF-")


def test_a_prefecture_has_a_file_for_each_township_and_kind(
    cast: Cast, serving: list[CentreHousehold]
) -> None:
    job = printed(ask(cast, "city_staff", CITY, what="both"))
    assert (job.done, job.total) == (12, 12)
    assert list(contents(job)) == [
        "421221104 新街镇 标牌.pdf", "421221104 新街镇 聘书.pdf",
        "421223106 铜钟乡 标牌.pdf", "421223106 铜钟乡 聘书.pdf",
    ]  # fmt: skip


def test_single_files_come_in_a_zip_that_is_complete(
    cast: Cast, serving: list[CentreHousehold]
) -> None:
    job = printed(ask(cast, zipped=True))
    ((name, content),) = contents(job).items()
    assert name == "421221104 新街镇 聘书.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert pack.testzip() is None
        assert sorted(pack.namelist()) == sorted(
            f"{one.certificate} {one.person_name}.pdf" for one in serving[:5]
        )
        assert all(pack.read(one).startswith(b"%PDF-") for one in pack.namelist())


def test_the_same_papers_are_the_same_files(cast: Cast, serving: list[CentreHousehold]) -> None:
    assert contents(printed(ask(cast))) == contents(printed(ask(cast)))


def test_large_piles_are_parted(
    cast: Cast, serving: list[CentreHousehold], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_actions, "PAGES_AT_ONCE", 2)
    job = printed(ask(cast))
    assert list(contents(job)) == [f"421221104 新街镇 聘书 {n}.pdf" for n in (1, 2, 3)]


def test_only_those_who_serve_are_printed(cast: Cast, serving: list[CentreHousehold]) -> None:
    factories.selected(cast, cast.households(NEIGHBOUR)[1])
    actions.resign_service(
        actor=factories.holder(serving[0].household), centre_household=serving[0]
    )
    assert ask(cast).total == 4


def test_who_leaves_between_is_left_out_and_counted(
    cast: Cast, serving: list[CentreHousehold], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_plan = tasks._make_plan

    def plan_then_one_leaves(run: Any, order: Any) -> None:
        make_plan(run, order)
        actions.resign_service(
            actor=factories.holder(serving[0].household), centre_household=serving[0]
        )

    monkeypatch.setattr(tasks, "_make_plan", plan_then_one_leaves)
    assert printed(ask(cast)).result == {"lacking": [], "printed": 4, "gone": 1}


def test_nobody_serves_yet(cast: Cast) -> None:
    with pytest.raises(Conflict):
        ask(cast)


def test_an_unknown_paper_is_refused(cast: Cast, serving: list[CentreHousehold]) -> None:
    with pytest.raises(Invalid) as refusal:
        ask(cast, what="medal")
    assert set(refusal.value.fields) == {"what"}


# --- rare characters -----------------------------------------------------------------------------


def test_a_rare_character_is_named_before_the_first_page(
    cast: Cast, serving: list[CentreHousehold]
) -> None:
    CentreHousehold.objects.filter(pk=serving[0].pk).update(person_name=RARE)
    job = printed(ask(cast))
    assert (job.state, job.files.count()) == ("failed", 0)
    assert "1" in job.trouble
    (told,) = job.result["lacking"]
    assert told["name"] == RARE
    assert told["hamlet"] == "罗家洲"
    assert told["characters"] == "\U000323ad (U+323AD)"
    assert told["number"].replace(" ", "") == serving[0].certificate


def test_all_others_are_printed_on_wish_and_the_list_is_kept(
    cast: Cast, serving: list[CentreHousehold]
) -> None:
    CentreHousehold.objects.filter(pk=serving[0].pk).update(person_name=RARE)
    job = printed(ask(cast, others=True, zipped=True))
    assert (job.state, job.done, job.total) == ("done", 4, 4)
    assert [one["name"] for one in job.result["lacking"]] == [RARE]
    (content,) = contents(job).values()
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert len(pack.namelist()) == 4
        assert not any(RARE in name for name in pack.namelist())


def test_a_rare_character_in_the_name_of_a_place_is_found_too(
    cast: Cast, serving: list[CentreHousehold]
) -> None:
    Region.objects.filter(code=NEIGHBOUR).update(name="\U000323ad家边")
    (told,) = printed(ask(cast)).result["lacking"]
    assert (told["name"], told["characters"]) == ("港测甲", "\U000323ad (U+323AD)")


def test_nothing_but_rare_names_makes_no_file(cast: Cast) -> None:
    factories.appointed(cast, cast.households(HOME)[0], name=RARE)
    job = printed(ask(cast, others=True))
    assert (job.state, job.files.count(), job.total) == ("done", 0, 0)


def test_one_paper_with_a_rare_name_is_refused_with_its_character(cast: Cast) -> None:
    one = factories.appointed(cast, cast.households(HOME)[0], name=RARE)
    with pytest.raises(Conflict, match=r"U\+323AD"):
        paper_actions.print_paper(
            actor=cast.actor("township_staff"), centre_household=one, what="certificate"
        )


# --- resuming ------------------------------------------------------------------------------------


def test_a_broken_print_goes_on_at_the_batch(
    cast: Cast, serving: list[CentreHousehold], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_actions, "PAGES_AT_ONCE", 2)
    made: list[str] = []
    run_apart = tasks.run_apart

    def falls_at_the_second(outputs: Any) -> None:
        if len(made) == 1:
            made.append("fell")
            raise RuntimeError("the machine fell")
        made.extend(one.path.name for one in outputs)
        run_apart(outputs)

    monkeypatch.setattr(tasks, "AT_ONCE", 1)
    monkeypatch.setattr(tasks, "run_apart", falls_at_the_second)
    job = printed(ask(cast))
    assert job.state == "failed"
    assert job.files.count() == job.checkpoint["made"] == 1
    from genxu.jobs.actions import resume_job

    resume_job(actor=cast.actor("township_staff"), job=job)
    job = printed(job)
    assert (job.state, job.done, job.result["printed"]) == ("done", 5, 5)
    assert made.count("421221104 新街镇 聘书 1.pdf") == 1
    assert job.files.count() == 3


def test_who_is_appointed_meanwhile_is_not_slipped_in(
    cast: Cast, serving: list[CentreHousehold], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_plan = tasks._make_plan

    def plan_then_one_comes(run: Any, order: Any) -> None:
        make_plan(run, order)
        factories.appointed(cast, cast.households(NEIGHBOUR)[1], name="港测乙")

    monkeypatch.setattr(tasks, "_make_plan", plan_then_one_comes)
    assert printed(ask(cast)).result["printed"] == 5


# --- who may -------------------------------------------------------------------------------------

MAY = {"township_staff": TOWNSHIP, "county_staff": COUNTY, "city_staff": CITY}
MAY_NOT = {
    "secretary": HOME, "centre_household": HOME, "village_staff": VILLAGE, "auditor": CITY,
    "next_township_staff": TOWNSHIP, "far_county_staff": COUNTY, "without_role": HOME,
}  # fmt: skip


@pytest.mark.parametrize("part", MAY)
def test_township_county_and_city_print_their_own(
    cast: Cast, serving: list[CentreHousehold], part: str
) -> None:
    assert ask(cast, part, MAY[part]).asked_by == cast.actor(part).label


@pytest.mark.parametrize("part", MAY_NOT)
def test_others_do_not_print(cast: Cast, serving: list[CentreHousehold], part: str) -> None:
    with pytest.raises(Denied):
        ask(cast, part, MAY_NOT[part])
    with pytest.raises(Denied):
        paper_actions.print_paper(actor=cast.actor(part), centre_household=serving[0], what="plate")


def test_the_operator_prints_anywhere(cast: Cast, serving: list[CentreHousehold]) -> None:
    job = paper_actions.ask_for_papers(
        actor=system("operator"), place=cast.hamlet(CITY), what="plate", site=SITE,
        for_the_worker=False,
    )  # fmt: skip
    assert printed(job).result["printed"] == 6


def test_each_printing_stands_in_the_journal(cast: Cast, serving: list[CentreHousehold]) -> None:
    for _n in range(2):
        paper_actions.print_paper(
            actor=cast.actor("township_staff"), centre_household=serving[0], what="certificate"
        )
    ask(cast, what="both")
    rows = JournalEntry.objects.filter(action__startswith="centre_households.")
    one = rows.filter(action="centre_households.print_paper")
    assert [row.detail for row in one] == [{"what": "certificate"}] * 2
    assert rows.get(action="centre_households.ask_for_papers").detail == {"what": "both"}


def test_who_has_left_has_no_paper(cast: Cast, serving: list[CentreHousehold]) -> None:
    gone = actions.resign_service(
        actor=factories.holder(serving[0].household), centre_household=serving[0]
    )
    with pytest.raises(Conflict):
        paper_actions.print_paper(
            actor=cast.actor("township_staff"), centre_household=gone, what="certificate"
        )


def test_reading_a_batch_is_two_queries(
    cast: Cast, serving: list[CentreHousehold], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        papers = paper_actions.read_papers([one.pk for one in reversed(serving)])
    assert list(papers) == [one.pk for one in reversed(serving)]
    assert papers[serving[0].pk].hamlet == "罗家洲"
    assert papers[serving[0].pk].village == "港东村"


# --- the plan ------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(
    counts=st.lists(st.integers(1, 2500), max_size=12),
    kinds=st.sampled_from([[What.CERTIFICATE], [What.PLATE], list(What)]),
)
def test_the_plan_holds_everybody_once_for_each_kind(counts: list[int], kinds: list[What]) -> None:
    rows = []
    for n, count in enumerate(counts):
        code = f"4212211{n:02d}202001"
        rows += [(len(rows) + k, code) for k in range(count)]
    parts = paper_actions.plan(rows, kinds)
    for kind in kinds:
        keys = [key for part in parts if part.what is kind for key in part.keys]
        assert keys == [key for key, _hamlet in rows]
    assert all(0 < len(part.keys) <= paper_actions.PAGES_AT_ONCE for part in parts)
    assert [paper_actions.Part.from_json(part.to_json()) for part in parts] == parts
    batches = list(paper_actions.batches(parts))
    assert [part for batch in batches for part in batch] == parts
    assert all(sum(len(p.keys) for p in batch) <= paper_actions.PAGES_AT_ONCE for batch in batches)


def test_the_command_line_prints_into_a_folder_and_says_what_it_found(
    cast: Cast, serving: list[CentreHousehold], tmp_path: Path
) -> None:
    CentreHousehold.objects.filter(pk=serving[0].pk).update(person_name=RARE)
    said: list[str] = []
    asked: dict[str, Any] = {
        "actor": system("operator"), "place": cast.hamlet(CITY), "what": "plate", "site": SITE,
        "into": tmp_path / "out", "say": said.append,
    }  # fmt: skip
    assert paper_actions.print_now(**asked).state == "failed"
    assert "U+323AD" in said[0]
    assert paper_actions.print_now(**asked, others=True).state == "done"
    names = ["421221104 新街镇 标牌.pdf", "421223106 铜钟乡 标牌.pdf"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    assert said[-1].endswith(names[-1])


def test_no_trace_is_left_on_the_disk(
    cast: Cast, serving: list[CentreHousehold], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    printed(ask(cast))
    assert list(tmp_path.iterdir()) == []
