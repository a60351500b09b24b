"""The auditor searches the journal of her places and has it verified."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from genxu.core import clock, journal
from genxu.core.models import JournalEntry
from genxu.institutions.matters.actions import ask_extension, decide_extension
from genxu.jobs.models import Job
from genxu.jobs.tests.factories import finish
from genxu.regions.actions import Row, import_regions, recode_region
from genxu.regions.codes import Level
from tests.cast import FAR, FAR_COUNTY, HOME, NOW, OPERATOR, Cast, Enter, later
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
    assert enter("auditor").get("/journal/", query).status_code in (200, 422)


def test_a_day_begins_and_ends_at_midnight_of_the_place(cast: Cast, enter: Enter) -> None:
    midnight = NOW.replace(hour=0, minute=0) + timedelta(days=5)
    evening = midnight - timedelta(seconds=1)
    for moment in (evening, midnight):
        with clock.at(moment):
            raise_matter(cast, "registered")
    day = midnight.date()
    first, second = str(day - timedelta(days=1)), str(day)
    assert {e.at for e in found(enter, since=second)} == {midnight}
    assert {e.at for e in found(enter, since=first, until=first)} == {
        midnight - timedelta(seconds=1)
    }
    for far in ("0001-01-01", "9999-12-31"):
        assert found(enter, until=far) == [] or found(enter, since=far) == []


def test_a_recode_leaves_an_auditor_what_was_hers(cast: Cast, enter: Enter) -> None:
    raise_matter(cast, hamlet=FAR)
    recode_region(actor=OPERATOR, old=FAR_COUNTY, new="421229")
    assert {e.place for e in found(enter, "far_auditor", action="matters.")} == {FAR}


def test_it_goes_with_the_place_and_to_nobody_else(cast: Cast, enter: Enter) -> None:
    """What lay in another county before is for who audits there now, and for who did."""
    raise_matter(cast)
    recode_region(actor=OPERATOR, old=HOME, new=f"{FAR[:12]}009")
    for part in ("auditor", "far_auditor"):
        assert {e.place for e in found(enter, part, action="matters.")} == {HOME}
    rows = [Row(HOME, "新来的湾", Level.HAMLET, HOME[:12])]
    import_regions(actor=OPERATOR, rows=rows, count=1)
    assert not found(enter, "far_auditor", action="matters."), "another place has that code now"


def verified(enter: Enter) -> Any:
    auditor = enter("auditor")
    asked = auditor.post("/journal/verify/")
    assert asked.status_code == 302
    assert "progress" in page_text(auditor.get(asked["Location"]))
    finish(Job.objects.latest("pk"))
    return auditor.get(asked["Location"])


def test_verifying_says_that_all_is_sound(cast: Cast, enter: Enter) -> None:
    raise_matter(cast, "closed")
    journal.seal()
    answer = verified(enter)
    job = answer.context["job"]
    assert not job.result["fault"]
    assert (job.state, job.percent) == ("done", 100)
    assert "notice-good" in page_text(answer)
    assert job.result["head"] in page_text(answer)


def test_verifying_names_the_altered_row(cast: Cast, enter: Enter) -> None:
    raise_matter(cast, "closed")
    journal.seal()
    lift_triggers()
    row = JournalEntry.objects.latest("pk")
    JournalEntry.objects.filter(pk=row.pk).update(actor="account:1")
    answer = verified(enter)
    assert "notice-bad" in page_text(answer)
    assert str(row.pk) in page_text(answer)
    assert answer.context["job"].result["entry_id"] == row.pk


def test_every_action_has_a_name_that_people_read() -> None:
    from genxu.core.actions import ACTIONS
    from genxu.shell.templatetags.genxu import action_label

    asked = ACTIONS["centre_households.ask_for_papers"]
    assert action_label(asked.name) == asked.permission.label
    assert [name for name in ACTIONS if str(action_label(name)) == name] == []


def test_whoever_asks_again_is_led_to_the_verifying_that_is_under_way(
    cast: Cast, enter: Enter
) -> None:
    auditor = enter("auditor")
    first, second = (auditor.post("/journal/verify/")["Location"] for _time in range(2))
    assert first == second
    finish(Job.objects.get())
    assert auditor.post("/journal/verify/")["Location"] != first


def test_a_no_is_read_as_a_no(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way")
    ask_extension(actor=cast.actor("secretary"), matter=matter, days=5, words="下雨")
    decide_extension(
        actor=cast.actor("village_staff"), matter=matter, approved=False, words="再等等"
    )
    page = page_text(enter("auditor").get("/journal/", {"action": "matters.decide_extension"}))
    assert "approved: 否" in page


def rows_of_table(text: str) -> str:
    return text.split("<tbody>")[1].split("</tbody>")[0]


def test_people_are_called_by_office_and_acts_by_their_names(cast: Cast, enter: Enter) -> None:
    raise_matter(cast)
    shown = rows_of_table(page_text(enter("auditor").get("/journal/", {"action": "talks."})))
    said = re.sub(r"<[^>]*>", "", shown)
    assert "湾支部书记 · 罗家洲" in said
    assert "记一场夜话" in said
    assert "account:" not in said
    assert "talks.record_talk" not in said
    assert cast.secretary.name not in said


def test_it_is_searched_by_words(cast: Cast, enter: Enter) -> None:
    raise_matter(cast)
    raise_matter(cast, hamlet=FAR)
    assert {e.action for e in found(enter, words="记一场夜话")} == {"talks.record_talk"}
    assert {e.place for e in found(enter, words="卢家大屋")} == {FAR}
    assert {e.actor for e in found(enter, words="湾支部书记", place=FAR)} == {
        f"account:{cast.far_secretary.pk}"
    }
    assert not found(enter, words="没有这样的事")


def test_it_goes_out_as_a_spreadsheet_as_it_is_narrowed(cast: Cast, enter: Enter) -> None:
    raise_matter(cast)
    raise_matter(cast, hamlet=FAR)
    answer = enter("auditor").get("/journal/export/", {"words": "卢家大屋"})
    file = BytesIO(b"".join(answer.streaming_content))
    sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert len(sheet) == 1 + len(found(enter, words="卢家大屋"))
    assert "湾支部书记 · 卢家大屋" in {row[2] for row in sheet[1:]}
    labels = [cell for row in sheet for cell in row if re.search(r"account:\d", str(cell))]
    assert labels == [], "people are called by their office, in each column"
