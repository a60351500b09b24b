"""Corrections have two names: one asks, another confirms; until then the old numbers stand."""

from typing import Any

import pytest

from genxu.core.errors import Conflict, Denied, Invalid, Missing
from genxu.core.models import JournalEntry
from genxu.organisation.assemblies import rules
from genxu.organisation.assemblies.correction_actions import (
    confirm_correction,
    correct_tally,
    decline_correction,
)
from genxu.organisation.assemblies.models import Assembly, AssemblyStep, Motion
from genxu.organisation.assemblies.notices import notices
from genxu.organisation.assemblies.queries import result_of
from genxu.organisation.assemblies.tally_actions import Attendance, Tally
from tests.cast import HOME, Cast, Enter, later
from tests.doing import page_text, who_may

from .factories import asked, asked_of_who_came, counted, first, held

VOTES = (40, 6, 4)


def confirm(cast: Cast, correction: AssemblyStep, part: str = "village_staff") -> Assembly:
    return confirm_correction(
        actor=cast.actor(part), assembly=correction.assembly, correction=correction
    )


def decline(cast: Cast, correction: AssemblyStep, part: str = "village_staff") -> Assembly:
    return decline_correction(
        actor=cast.actor(part), assembly=correction.assembly, correction=correction,
        words="第一回没数错",
    )  # fmt: skip


def again(motion: Motion) -> Motion:
    return Motion.objects.get(pk=motion.pk)


@pytest.mark.parametrize("days", [0, 1, 40])
def test_the_old_numbers_stand_until_a_second_person_confirms(cast: Cast, days: int) -> None:
    """On the day, after a recount the next day, and later."""
    motion = counted(cast, VOTES)
    with later(days=days):
        correction = asked(cast, motion, (20, 26, 4))
        assert again(motion).votes == VOTES
        assert result_of(again(motion)).carried  # type: ignore[union-attr]
        confirm(cast, correction)
    changed = again(motion)
    assert changed.votes == (20, 26, 4)
    assert not result_of(changed).carried  # type: ignore[union-attr]
    step = changed.steps.get(step="correct")
    assert step.replaced == {"in_favour": 40, "against": 6, "abstained": 4}
    assert (step.by, step.answers.by) == (cast.village_staff, cast.secretary)  # type: ignore[union-attr]
    found = JournalEntry.objects.filter(action="assemblies.confirm_correction", place=HOME)
    assert found.exists()


def test_nobody_confirms_what_he_asked_for_himself(cast: Cast, enter: Enter) -> None:
    motion = counted(cast, VOTES)
    correction = asked(cast, motion, (20, 26, 4))
    with pytest.raises(Denied):
        confirm(cast, correction, "secretary")
    url = f"/assemblies/{motion.assembly_id}/corrections/{correction.pk}/confirm/"
    assert enter("secretary").get(url).status_code == 403
    assert enter("secretary").post(url, {"version": "9"}).status_code == 403
    assert again(motion).votes == VOTES


@pytest.mark.parametrize("part", ["village_staff", "township_staff"])
def test_the_village_or_the_township_is_the_second_person(cast: Cast, part: str) -> None:
    correction = asked(cast, counted(cast), (20, 26, 4))
    confirmers = who_may(
        cast, rules.confirm_correction, assembly=correction.assembly, correction=correction
    )
    assert confirmers == {"village_staff", "township_staff"}
    assert confirm(cast, correction, part).steps.filter(step="correct").exists()


def test_declined_or_taken_back_the_numbers_stay(cast: Cast) -> None:
    motion = counted(cast, VOTES)
    for part in ("village_staff", "secretary"):
        correction = asked(cast, motion, (20, 26, 4))
        decline(cast, correction, part)
        with pytest.raises(Conflict):
            confirm(cast, correction)
    assert again(motion).votes == VOTES
    assert again(motion).corrected_on is None


def test_a_correction_is_answered_once(cast: Cast) -> None:
    correction = asked(cast, counted(cast), (20, 26, 4))
    confirm(cast, correction)
    for answer in (confirm, decline):
        with pytest.raises(Conflict):
            answer(cast, correction, "township_staff")


def test_two_corrections_of_the_same_do_not_wait_together(cast: Cast) -> None:
    motion = counted(cast)
    asked(cast, motion, (20, 26, 4))
    with pytest.raises(Conflict):
        asked(cast, motion, (21, 25, 4), "village_staff")
    assert asked_of_who_came(cast, motion.assembly, Attendance(52))


@pytest.mark.parametrize(
    ("votes", "reason", "field"),
    [((50, 1, 0), "再数一遍", "in_favour"), ((20, 26, 4), "  ", "reason"),
     (VOTES, "再数一遍", "in_favour")],
)  # fmt: skip
def test_a_correction_is_a_count_like_any_other(
    cast: Cast, votes: tuple[int, int, int], reason: str, field: str
) -> None:
    motion = counted(cast, VOTES)
    with pytest.raises(Invalid) as refused:
        correct_tally(actor=cast.actor("secretary"), assembly=motion.assembly, motion=motion,
                      tally=Tally(*votes), reason=reason)  # fmt: skip
    assert set(refused.value.fields) == {field}


def test_what_was_never_counted_is_not_corrected(cast: Cast) -> None:
    with pytest.raises(Conflict):
        asked(cast, first(held(cast)), (1, 0, 0))
    with pytest.raises(Conflict):
        asked_of_who_came(cast, held(cast), Attendance(49))


def test_the_correction_of_another_meeting_is_missing(cast: Cast, enter: Enter) -> None:
    correction, other = asked(cast, counted(cast), (20, 26, 4)), counted(cast).assembly
    with pytest.raises(Missing):
        confirm_correction(actor=cast.actor("village_staff"), assembly=other, correction=correction)
    url = f"/assemblies/{other.pk}/corrections/{correction.pk}/confirm/"
    assert enter("village_staff").get(url).status_code == 404


def test_who_came_and_who_was_due_are_corrected_like_the_votes(cast: Cast) -> None:
    motion = counted(cast, VOTES)
    correction = asked_of_who_came(cast, motion.assembly, Attendance(52), due=79)
    assert again(motion).assembly.present == 50
    confirm(cast, correction)
    after = again(motion).assembly
    assert (after.present, after.due, after.before["in_person"]) == (52, 79, 50)
    assert not result_of(again(motion)).valid  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("attendance", "due", "field"),
    [(Attendance(49), 65, "in_person"), (Attendance(66), 65, "in_person"),
     (Attendance(50, proxies=1), 65, "proxies"), (Attendance(51), 0, "due"),
     (Attendance(50), 65, "in_person")],
)  # fmt: skip
def test_impossible_corrections_are_refused(
    cast: Cast, attendance: Attendance, due: int, field: str
) -> None:
    motion = counted(cast, VOTES)
    with pytest.raises(Invalid) as refused:
        asked_of_who_came(cast, motion.assembly, attendance, due)
    assert set(refused.value.fields) == {field}


def test_what_no_longer_fits_is_not_confirmed(cast: Cast) -> None:
    """More votes were recounted meanwhile than the other correction says came."""
    motion = counted(cast, (40, 4, 0))
    fewer = asked_of_who_came(cast, motion.assembly, Attendance(45))
    confirm(cast, asked(cast, motion, (40, 6, 2)))
    with pytest.raises(Invalid):
        confirm(cast, fewer)


def test_old_and_new_stand_side_by_side_wherever_the_result_is_told(
    cast: Cast, enter: Enter
) -> None:
    motion = counted(cast, (41, 6, 3))
    confirm(cast, asked(cast, motion, (23, 24, 3)))
    confirm(cast, asked_of_who_came(cast, again(motion).assembly, Attendance(52)))
    url = f"/assemblies/{motion.assembly_id}/"
    for page in (url, f"{url}sheet/"):
        text = page_text(enter("secretary").get(page))
        for said in ("41", "23", "念错了一张票", cast.secretary.name, cast.village_staff.name):
            assert said in text
    public = page_text(enter("nobody").get(f"/places/{HOME}/"))
    for said in ("更正", "41", "23", "52"):
        assert said in public
    for kept in ("念错了一张票", "漏了两户", cast.village_staff.name):
        assert kept not in public


def test_the_page_shows_what_waits_and_offers_it_to_a_second_person(
    cast: Cast, enter: Enter
) -> None:
    correction = asked(cast, counted(cast), (20, 26, 4))
    url = f"/assemblies/{correction.assembly_id}/"
    own, other = (
        f"{url}corrections/{correction.pk}/decline/",
        f"{url}corrections/{correction.pk}/confirm/",
    )
    mine = page_text(enter("secretary").get(url))
    assert own in mine
    assert other not in mine
    village = enter("village_staff")
    assert other in page_text(village.get(url))
    page: Any = village.get(other)
    sent = {name: str(page.context["form"][name].value()) for name in ("client_id", "version")}
    assert village.post(other, sent).status_code == 302
    assert own not in page_text(enter("secretary").get(url))


def test_a_correction_waits_at_the_home_of_the_second_person(cast: Cast) -> None:
    correction = asked(cast, counted(cast), (20, 26, 4))
    assert notices(cast.actor("secretary")) == []
    for part in ("village_staff", "township_staff"):
        (one,) = notices(cast.actor(part))
        assert one.url == f"/assemblies/{correction.assembly_id}/"
    confirm(cast, correction)
    assert notices(cast.actor("village_staff")) == []
