"""What is sent up says where, takes its words along, comes back until opened, and is urged."""

import pytest
from django.test import Client

from genxu.core.errors import Conflict
from genxu.core.models import JournalEntry
from genxu.institutions.matters import actions, rules, sending_actions
from genxu.institutions.matters.models import Matter
from genxu.institutions.matters.workflow import State
from genxu.regions.codes import Level
from tests.cast import HOME, TOWNSHIP, VILLAGE, Cast, Enter, later
from tests.doing import climb, fresh, page_text, raise_matter, take, who_may


def at_village(cast: Cast) -> Matter:
    return climb(cast, raise_matter(cast, "under_way", "specialist"), Level.VILLAGE)


def look(client: Client, matter: Matter) -> str:
    return page_text(client.get(f"/matters/{matter.pk}/"))


def test_the_sender_reads_where_it_goes(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way", "specialist")
    client = enter("secretary")
    assert "港东村" in next(
        str(step.label)
        for step in client.get(f"/matters/{matter.pk}/").context["steps"]
        if step.name == "pass_up"
    )
    page = client.get(f"/matters/{matter.pk}/pass-up/")
    assert "港东村" in str(page.context["step"].label)


def test_the_words_go_along_and_nothing_is_typed_twice(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way", "specialist", text="变压器一到晚上就跳闸，全湾都黑")
    client = enter("secretary")
    assert "变压器一到晚上就跳闸，全湾都黑" in page_text(
        client.get(f"/matters/{matter.pk}/pass-up/")
    )
    assert take(client, "pass_up", matter).status_code == 302
    assert "变压器一到晚上就跳闸，全湾都黑" in look(enter("village_staff"), matter)


def test_it_comes_back_until_it_is_opened(cast: Cast, enter: Enter) -> None:
    matter = at_village(cast)
    assert who_may(cast, rules.recall_matter, matter=matter) == {"secretary"}
    assert take(enter("secretary"), "recall", matter).status_code == 302
    made = fresh(matter)
    assert (made.place_id, made.state, made.assignee_name) == (HOME, State.TRIAGED, "")


@pytest.mark.parametrize("part", ["secretary", "township_staff", "centre_household"])
def test_who_reads_it_elsewhere_has_not_opened_it(cast: Cast, enter: Enter, part: str) -> None:
    matter = at_village(cast)
    look(enter(part), matter)
    sending_actions.recall_matter(actor=cast.actor("secretary"), matter=matter)


def test_once_opened_there_it_stays(cast: Cast, enter: Enter) -> None:
    """The reading is noted once; that is how the sender knows."""
    matter = at_village(cast)
    for _time in range(2):
        look(enter("village_staff"), matter)
    assert JournalEntry.objects.filter(reading=True, subject_id=str(matter.pk)).count() == 1
    assert take(enter("secretary"), "recall", matter).status_code == 409
    steps = {
        step.name for step in enter("secretary").get(f"/matters/{matter.pk}/").context["steps"]
    }
    assert "recall" not in steps
    assert "urge" in steps


def test_a_step_taken_there_opens_it_too(cast: Cast) -> None:
    matter = actions.take_on_matter(actor=cast.actor("village_staff"), matter=at_village(cast))
    with pytest.raises(Conflict):
        sending_actions.recall_matter(actor=cast.actor("secretary"), matter=matter)


def test_one_level_comes_back_at_a_time(cast: Cast) -> None:
    matter = climb(cast, raise_matter(cast, "under_way", "specialist"), Level.TOWNSHIP)
    assert matter.place_id == TOWNSHIP
    assert who_may(cast, rules.recall_matter, matter=matter) == {"village_staff"}
    made = sending_actions.recall_matter(actor=cast.actor("village_staff"), matter=matter)
    assert made.place_id == VILLAGE


def test_urging_stands_on_top_there_until_something_is_done(cast: Cast, enter: Enter) -> None:
    matter = at_village(cast)
    at_village(cast)
    assert who_may(cast, rules.urge_matter, matter=matter) == {"secretary"}
    with later(days=1):
        made = sending_actions.urge_matter(
            actor=cast.actor("secretary"), matter=matter, words="老人等着用电"
        )
        queues = enter("village_staff").get("/home/").context["queues"]
        assert (queues[0].key, [m.pk for m in queues[0].matters]) == ("urged", [matter.pk])
        shown = [m.pk for queue in queues for m in queue.matters]
        assert len(shown) == len(set(shown))
        actions.take_on_matter(actor=cast.actor("village_staff"), matter=made)
        assert "urged" not in {
            q.key for q in enter("village_staff").get("/home/").context["queues"]
        }


def test_it_is_urged_at_most_once_a_day(cast: Cast, enter: Enter) -> None:
    matter = at_village(cast)
    assert take(enter("secretary"), "urge", matter).status_code == 302
    assert take(enter("secretary"), "urge", fresh(matter)).status_code == 409
    with later(days=1):
        assert take(enter("secretary"), "urge", fresh(matter)).status_code == 302


def test_in_the_hamlet_nobody_is_urged(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", "specialist")
    assert who_may(cast, rules.urge_matter, matter=matter) == set()
