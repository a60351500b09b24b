"""Who came and how they voted: what is refused, what is corrected, what the page says."""

from typing import Any

import pytest

from genxu.core.errors import Conflict, Invalid, Missing
from genxu.core.models import JournalEntry
from genxu.organisation.assemblies.actions import cancel_assembly
from genxu.organisation.assemblies.models import Motion
from genxu.organisation.assemblies.queries import result_of
from genxu.organisation.assemblies.tally_actions import (
    Attendance,
    Tally,
    correct_tally,
    record_attendance,
    tally_motion,
)
from tests.cast import HOME, Cast, Enter, later
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


def correct(cast: Cast, motion: Motion, votes: tuple[int, int, int], reason: str) -> Motion:
    return correct_tally(
        actor=cast.actor("secretary"), assembly=motion.assembly, motion=motion,
        tally=Tally(*votes), reason=reason,
    )  # fmt: skip


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


def test_a_count_is_corrected_with_a_reason_and_the_first_stays(cast: Cast, enter: Enter) -> None:
    motion = counted(cast, (40, 6, 4))
    with pytest.raises(Invalid) as refused:
        correct(cast, motion, (20, 26, 4), "  ")
    assert set(refused.value.fields) == {"reason"}
    changed = correct(cast, motion, (20, 26, 4), "两堆票数反了")
    assert changed.votes == (20, 26, 4)
    step = changed.steps.order_by("-pk")[0]
    assert step.replaced == {"in_favour": 40, "against": 6, "abstained": 4}
    assert JournalEntry.objects.filter(action="assemblies.correct_tally", place=HOME).exists()
    sheet = page_text(enter("city_staff").get(f"/assemblies/{motion.assembly_id}/sheet/"))
    assert "两堆票数反了" in sheet
    assert "40" in sheet


def test_a_count_is_corrected_on_the_same_day_only(cast: Cast) -> None:
    motion = counted(cast)
    with later(days=1):
        with pytest.raises(Conflict):
            correct(cast, motion, (1, 1, 1), "想改一改")
        with pytest.raises(Conflict):
            came(cast, motion.assembly, Attendance(60), reason="想改一改")


def test_a_correction_is_a_count_like_any_other(cast: Cast) -> None:
    with pytest.raises(Invalid):
        correct(cast, counted(cast), (50, 1, 0), "再数一遍")
    with pytest.raises(Conflict):
        correct(cast, first(held(cast)), (1, 0, 0), "还没数过")


def test_who_came_is_corrected_freely_until_votes_are_counted(cast: Cast) -> None:
    assembly = came(cast, held(cast), Attendance(48))
    assert assembly.present == 48
    count(cast, first(assembly), 40, 5, 3)
    with pytest.raises(Invalid) as refused:
        came(cast, assembly, Attendance(49))
    assert set(refused.value.fields) == {"reason"}
    with pytest.raises(Invalid) as refused:
        came(cast, assembly, Attendance(47), reason="数重了")
    assert set(refused.value.fields) == {"in_person"}
    assert came(cast, assembly, Attendance(49), reason="漏了一户").present == 49


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
