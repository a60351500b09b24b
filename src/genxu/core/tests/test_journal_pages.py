"""The auditor searches the journal of her places and verifies it."""

import pytest

from genxu.core import journal
from genxu.core.models import JournalEntry
from tests.cast import FAR, HOME, Cast, Enter, later
from tests.database import lift_triggers
from tests.doing import page_text, raise_matter


def found(enter: Enter, part: str = "auditor", **query: str) -> list[JournalEntry]:
    answer = enter(part).get("/journal/", query)
    assert answer.status_code == 200
    return list(answer.context["page"].object_list)


def test_the_auditor_sees_the_entries_of_her_places(cast: Cast, enter: Enter) -> None:
    raise_matter(cast)
    raise_matter(cast, hamlet=FAR)
    assert {e.place for e in found(enter)} >= {HOME, FAR}
    assert all(e.place.startswith(FAR[:6]) for e in found(enter, "far_auditor"))
    assert found(enter, "far_auditor", action="talks.")


def test_it_is_searched_by_place_action_person_thing_and_day(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast)
    raise_matter(cast, hamlet=FAR)
    with later(days=3):
        raise_matter(cast, "registered")
    for code in ("421221", "421221000000"):
        assert {e.place for e in found(enter, place=code, action="talks.")} == {HOME}
    assert {e.action for e in found(enter, action="talks.")} == {"talks.record_talk"}
    who = str(cast.far_secretary.pk)
    assert {e.place for e in found(enter, who=who)} == {FAR}
    assert {e.actor for e in found(enter, who=f"account:{who}")} == {f"account:{who}"}
    assert str(matter.pk) in {e.subject_id for e in found(enter, what=str(matter.pk))}
    assert {e.at.day for e in found(enter, since="2026-05-15")} == {16}
    assert 16 not in {e.at.day for e in found(enter, until="2026-05-14")}


def test_the_members_of_a_list_are_read_one_after_the_other(cast: Cast, enter: Enter) -> None:
    answer = enter("auditor").get("/journal/", {"action": "people.register_households"})
    text = page_text(answer)
    assert f"hamlets: {HOME}" in text
    assert "[" not in text.split("<tbody>")[1].split("</tbody>")[0]


@pytest.mark.parametrize(
    "query",
    [{"place": "1" * 5000}, {"place": "9"}, {"place": "abc"}, {"since": "yesterday"},
     {"until": "2026-02-30"}, {"who": "\x00"}, {"action": "\x00"}, {"what": "\x00"},
     {"since": "\x00"}, {"who": "𠮷"}, {"page": "9" * 30}],
    ids=range(11),
)  # fmt: skip
def test_a_search_that_makes_no_sense_breaks_nothing(
    cast: Cast, enter: Enter, query: dict[str, str]
) -> None:
    raise_matter(cast)
    found(enter, **query)


def test_verifying_says_that_all_is_sound(cast: Cast, enter: Enter) -> None:
    raise_matter(cast, "closed")
    journal.seal()
    answer = enter("auditor").post("/journal/verify/")
    assert answer.status_code == 200
    assert answer.context["verdict"].sound


def test_verifying_names_the_altered_row(cast: Cast, enter: Enter) -> None:
    raise_matter(cast, "closed")
    journal.seal()
    lift_triggers()
    row = JournalEntry.objects.latest("pk")
    JournalEntry.objects.filter(pk=row.pk).update(actor="account:1")
    answer = enter("auditor").post("/journal/verify/")
    assert str(row.pk) in page_text(answer)
    assert answer.context["verdict"].entry_id == row.pk


def test_every_action_has_a_name_that_people_read() -> None:
    from genxu.core.actions import ACTIONS
    from genxu.shell.templatetags.genxu import action_label

    asked = ACTIONS["centre_households.ask_for_papers"]
    assert action_label(asked.name) == asked.permission.label
    assert [name for name in ACTIONS if str(action_label(name)) == name] == []
