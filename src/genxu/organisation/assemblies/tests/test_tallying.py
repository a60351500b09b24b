"""Who came and how they voted: what is refused, what is corrected, what the page says."""

from dataclasses import replace
from typing import Any

import pytest

from genxu.core.errors import Conflict, Invalid, Missing
from genxu.organisation.assemblies.actions import cancel_assembly
from genxu.organisation.assemblies.bodies import BODIES, Share
from genxu.organisation.assemblies.models import Motion
from genxu.organisation.assemblies.queries import result_of
from genxu.organisation.assemblies.tally_actions import (
    Attendance,
    Tally,
    record_attendance,
    tally_motion,
)
from tests.cast import Cast, Enter, later
from tests.doing import page_text

from .factories import begun, convene, counted, first, held, in_days


def came(cast: Cast, assembly: Any, attendance: Attendance, **more: Any) -> Any:
    return record_attendance(
        actor=cast.actor("secretary"), assembly=assembly, attendance=attendance, **more
    )


def count(cast: Cast, motion: Motion, *votes: int) -> Motion:
    return tally_motion(
        actor=cast.actor("secretary"), assembly=motion.assembly, motion=motion, tally=Tally(*votes)
    )


def test_all_ways_count_together(cast: Cast) -> None:
    assembly = came(cast, begun(cast), Attendance(40, online=2, papers=5), words="罗支书主持")
    assert (assembly.state, assembly.present) == ("held", 47)


def test_nobody_is_recorded_before_it_has_met(cast: Cast) -> None:
    with pytest.raises(Conflict):
        came(cast, convene(cast, meets_at=in_days(0, 20)), Attendance(40))


@pytest.mark.parametrize(
    ("attendance", "field"),
    [
        (Attendance(66), "in_person"),
        (Attendance(60, papers=6), "in_person"),
        (Attendance(-1), "in_person"),
        (Attendance(10, online=-1), "online"),
        (Attendance(40, proxies=1), "proxies"),
    ],
)
def test_impossible_numbers_are_refused(cast: Cast, attendance: Attendance, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        came(cast, begun(cast), attendance)
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("body", ["villagers_meeting", "representatives", "group_meeting",
                                  "collective_board", "party_members"])  # fmt: skip
def test_nobody_votes_for_another_but_in_the_collective(
    cast: Cast, enter: Enter, body: str
) -> None:
    assembly = begun(cast, body=body)
    with pytest.raises(Invalid) as refused:
        came(cast, assembly, Attendance(40, proxies=1))
    assert str(assembly.rule.source) in str(refused.value.message)
    page = enter("secretary").get(f"/assemblies/{assembly.pk}/attendance/")
    assert "proxies" not in page.context["form"].fields


def test_members_of_the_collective_may_send_one_of_their_household(cast: Cast) -> None:
    assembly = begun(cast, body="collective_members", due=60)
    assert came(cast, assembly, Attendance(30, online=5, proxies=5)).present == 40


@pytest.mark.parametrize(("ways", "fits"), [
    (Attendance(0, proxies=40), False), (Attendance(10, proxies=11), False),
    (Attendance(10, proxies=10), True), (Attendance(5, online=5, proxies=10), True),
])  # fmt: skip
def test_a_proxy_counts_only_if_somebody_who_holds_it_came(
    cast: Cast, ways: Attendance, fits: bool
) -> None:
    assembly = begun(cast, body="collective_members", due=60)
    if fits:
        assert came(cast, assembly, ways).present == ways.total
        return
    with pytest.raises(Invalid) as refused:
        came(cast, assembly, ways)
    assert set(refused.value.fields) == {"proxies"}


@pytest.mark.parametrize("body", ["collective_members", "collective_delegates",
                                  "collective_board", "party_members"])  # fmt: skip
def test_paper_at_the_door_is_for_villagers_bodies_alone(
    cast: Cast, enter: Enter, body: str
) -> None:
    assembly = begun(cast, body=body)
    with pytest.raises(Invalid) as refused:
        came(cast, assembly, Attendance(20, papers=1))
    assert set(refused.value.fields) == {"papers"}
    page = enter("secretary").get(f"/assemblies/{assembly.pk}/attendance/")
    assert "papers" not in page.context["form"].fields


def test_votes_above_the_attendance_are_refused(cast: Cast, enter: Enter) -> None:
    motion = first(held(cast))
    with pytest.raises(Invalid) as refused:
        count(cast, motion, 40, 6, 5)
    assert "51" in str(refused.value.message)
    assert "50" in str(refused.value.message)
    url = f"/assemblies/{motion.assembly_id}/questions/1/"
    sent = {"in_favour": "40", "against": "6", "abstained": "5"}
    sent["version"] = str(motion.assembly.version)
    answer = enter("secretary").post(url, sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"in_favour"}
    motion.refresh_from_db()
    assert not motion.is_tallied


@pytest.mark.parametrize("votes", [(-1, 0, 0), (0, -1, 0), (0, 0, -1)])
def test_no_votes_below_zero(cast: Cast, votes: tuple[int, int, int]) -> None:
    with pytest.raises(Invalid):
        count(cast, first(held(cast)), *votes)


def test_a_question_is_counted_once(cast: Cast) -> None:
    motion = counted(cast)
    with pytest.raises(Conflict):
        count(cast, motion, 1, 1, 1)


def test_nothing_is_counted_before_who_came_is_known(cast: Cast) -> None:
    for assembly in (convene(cast), begun(cast)):
        with pytest.raises(Conflict):
            count(cast, first(assembly), 1, 0, 0)


def test_a_meeting_called_off_takes_no_record(cast: Cast) -> None:
    assembly = begun(cast)
    cancel_assembly(actor=cast.actor("secretary"), assembly=assembly, words="来的人太少")
    with pytest.raises(Conflict):
        came(cast, assembly, Attendance(40))


def test_the_question_of_another_meeting_is_missing(cast: Cast) -> None:
    one, other = held(cast), held(cast)
    with pytest.raises(Missing):
        tally_motion(
            actor=cast.actor("secretary"), assembly=one, motion=first(other), tally=Tally(1, 0, 0)
        )


def test_who_came_is_written_down_anew_while_people_come_in(cast: Cast) -> None:
    """On the day, before any vote is counted; later it is corrected, by two persons."""
    assembly = came(cast, held(cast), Attendance(48))
    assert assembly.present == 48
    assert assembly.steps.order_by("-pk")[0].replaced["in_person"] == 50
    with later(days=1), pytest.raises(Conflict):
        came(cast, assembly, Attendance(50))
    count(cast, first(assembly), 40, 5, 3)
    assembly.refresh_from_db()
    with pytest.raises(Conflict):
        came(cast, assembly, Attendance(49))


STRICTER = replace(BODIES["group_meeting"], majorities={"plain": Share(9, 10, False)},
                   quorum={"adults": Share(1, 1, False), "households": Share(1, 1, False)},
                   notice_days=60, law="Another law", version="2030")  # fmt: skip


def test_a_later_change_of_the_table_changes_no_past_result(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What began keeps its rule, also for votes counted afterwards; what is still to begin has
    the new one."""
    motion, unheld = counted(cast, (40, 6, 4)), begun(cast)
    half = held(cast)
    monkeypatch.setitem(BODIES, "group_meeting", STRICTER)
    motion = Motion.objects.get(pk=motion.pk)
    assert result_of(motion).carried  # type: ignore[union-attr]
    assert result_of(count(cast, first(half), 40, 6, 4)).carried  # type: ignore[union-attr]
    sheet = page_text(enter("secretary").get(f"/assemblies/{motion.assembly_id}/sheet/"))
    assert "2018" in sheet
    assert "2030" not in sheet
    new = count(cast, first(came(cast, unheld, Attendance(50))), 40, 6, 4)
    assert not result_of(new).valid  # type: ignore[union-attr]
    assert new.assembly.rule_kept["version"] == "2030"


def test_the_majority_belongs_to_the_question(cast: Cast, enter: Enter) -> None:
    asked = ("修路", ("让新来的李家也分红", "non_member_share"))
    assembly = held(cast, Attendance(60), body="collective_members", due=60, questions=asked)
    plain, share = assembly.motions.order_by("position")
    for one in (plain, share):
        assembly.refresh_from_db()
        one.assembly = assembly
        count(cast, one, 44, 10, 6)
    plain, share = Motion.objects.filter(assembly=assembly).order_by("position")
    assert result_of(plain).carried  # type: ignore[union-attr]
    missed = result_of(share)
    assert missed
    assert (missed.valid, missed.carried) == (True, False)
    assert "45" in missed.reasons[0]
    page = page_text(enter("secretary").get(f"/assemblies/{assembly.pk}/notice/"))
    assert str(share.majority.words) in page  # type: ignore[union-attr]


def test_the_result_follows_the_numbers(cast: Cast) -> None:
    assert result_of(first(held(cast))) is None
    assert result_of(counted(cast, (26, 24, 0))).carried  # type: ignore[union-attr]
    missed = result_of(counted(cast, (25, 25, 0)))
    assert missed
    assert (missed.valid, missed.carried) == (True, False)


@pytest.mark.parametrize("page", ["", "sheet/"])
def test_a_result_that_does_not_count_says_why(cast: Cast, enter: Enter, page: str) -> None:
    assembly = held(cast, Attendance(40))
    motion = count(cast, first(assembly), 40, 0, 0)
    (why,) = result_of(motion).reasons  # type: ignore[union-attr]
    text = page_text(enter("secretary").get(f"/assemblies/{assembly.pk}/{page}"))
    assert why in text
    assert "44" in why


def test_before_the_votes_the_page_says_that_too_few_came(cast: Cast, enter: Enter) -> None:
    assembly = held(cast, Attendance(40))
    page = enter("secretary").get(f"/assemblies/{assembly.pk}/questions/1/")
    assert page.context["has_quorum"] is False
    assert page.status_code == 200
