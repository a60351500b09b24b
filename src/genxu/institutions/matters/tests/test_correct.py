"""The words of a matter are put right: by who may sort it, with a reason; what stood before is kept
for those who deal with it."""

import pytest

from genxu.core.errors import Conflict, Invalid
from genxu.institutions.matters import actions, rules
from genxu.institutions.matters.models import Matter, Suggestion
from genxu.people import household_actions
from genxu.people.history_actions import take_back
from genxu.regions.codes import Level
from tests.cast import Cast, Enter
from tests.doing import climb, fresh, page_text, raise_matter, who_may


def correct(cast: Cast, matter: Matter, title: str = "修好塘边的路灯", text: str = "") -> Matter:
    return actions.correct_matter(
        actor=cast.actor("secretary"), matter=matter, title=title, text=text, words="是塘边"
    )


def without_talk(matter: Matter) -> Suggestion:
    """What is behind it, as if it had been written down outside a talk."""
    said = matter.suggestions.get()
    said.raised.delete()  # type: ignore[attr-defined]
    return said


@pytest.mark.parametrize("state", ["registered", "under_way", "done", "closed"])
def test_what_stood_before_is_shown_to_those_who_deal_with_it_alone(
    cast: Cast, enter: Enter, state: str
) -> None:
    matter = raise_matter(cast, state, text="罗家晒谷场的灯坏了")
    corrected = correct(cast, matter)
    assert (corrected.title, corrected.state) == ("修好塘边的路灯", state)
    assert corrected.done_on == matter.done_on
    path = f"/matters/{matter.pk}/"
    inside = page_text(enter("secretary").get(path))
    assert "罗家晒谷场的灯坏了" in inside
    assert "是塘边" in inside
    if state != "registered":
        assert "罗家晒谷场" not in page_text(enter("county_staff").get(path))


def test_who_may_sort_it_may_correct_it(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", "specialist")
    assert who_may(cast, rules.correct_matter, matter=matter) == {"secretary"}
    above = climb(cast, matter, Level.VILLAGE)
    assert who_may(cast, rules.correct_matter, matter=above) == set()


def test_a_public_title_is_not_corrected_into_a_name(cast: Cast) -> None:
    with pytest.raises(Invalid):
        correct(cast, raise_matter(cast, "triaged"), title="罗测三家的灯")


def test_what_was_said_outside_a_talk_is_corrected_with_it_and_taken_back(cast: Cast) -> None:
    matter = raise_matter(cast, "triaged")
    said = without_talk(matter)
    corrected = correct(cast, matter, title=matter.title, text="塘边的路灯坏了")
    said.refresh_from_db()
    assert said.text == "塘边的路灯坏了"
    take_back(actor=cast.actor("secretary"), row=corrected, since=corrected.version - 1)
    said.refresh_from_db()
    assert said.text == "晒谷场边的路灯坏了"


def test_what_was_said_at_a_talk_is_corrected_there(cast: Cast) -> None:
    matter = raise_matter(cast, "triaged")
    correct(cast, matter, text="塘边的路灯坏了")
    assert matter.suggestions.get().text == "晒谷场边的路灯坏了"


def test_a_correction_changes_something(cast: Cast) -> None:
    matter = raise_matter(cast, "triaged")
    with pytest.raises(Invalid):
        correct(cast, matter, title=matter.title)


def test_of_a_withdrawn_matter_nothing_is_corrected(cast: Cast) -> None:
    with pytest.raises(Conflict):
        correct(cast, raise_matter(cast, "withdrawn"))


def test_an_erased_name_is_gone_from_what_stood_before(cast: Cast) -> None:
    household = cast.households()[0]
    matter = raise_matter(cast, "triaged", "personal", text="罗测一家漏雨", household=True)
    corrected = correct(cast, matter, title="屋顶漏雨")
    household_actions.erase_household(actor=cast.actor("secretary"), household=household)
    step = fresh(corrected).steps.get(step="correct")
    assert "罗测一" not in str(step.replaced)
    assert step.before
