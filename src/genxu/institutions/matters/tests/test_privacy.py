"""Personal matters: above the handling level one sees that they exist, not what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genxu.core.models import JournalEntry
from genxu.institutions.matters import actions, queries
from genxu.institutions.matters.models import Matter, readable_by
from genxu.institutions.matters.rules import may_read
from genxu.people.privacy import named_person
from genxu.people.rows import HouseholdRow
from genxu.regions.models import Region
from tests.cast import HOME, Cast, Enter, enter_households
from tests.doing import hold_talk, page_text, raise_matter, taken_up

SECRET = "低保证明丢失要补办"
ABOVE = ["village_staff", "township_staff", "county_staff", "city_staff"]


def personal(cast: Cast, state: str = "under_way", assignee: str = "") -> Matter:
    return raise_matter(cast, state, "personal", text=SECRET, assignee=assignee, household=True)


@pytest.mark.parametrize("part", ABOVE)
def test_above_it_is_in_the_list_without_its_title(cast: Cast, enter: Enter, part: str) -> None:
    matter = personal(cast)
    client = enter(part)
    answer = client.get("/matters/")
    assert [m.pk for m in answer.context["page"].object_list] == [matter.pk]
    assert SECRET not in page_text(answer)
    assert SECRET not in page_text(client.get("/home/"))
    by_api = client.get("/api/v1/matters").json()["items"]
    assert [item["id"] for item in by_api] == [matter.pk]
    assert SECRET not in str(by_api)


@pytest.mark.parametrize("part", ABOVE)
def test_above_it_cannot_be_opened(cast: Cast, enter: Enter, part: str) -> None:
    matter = personal(cast)
    client = enter(part)
    for url in (f"/matters/{matter.pk}/", f"/api/v1/matters/{matter.pk}"):
        answer = client.get(url)
        assert answer.status_code == 403
        assert SECRET not in page_text(answer)


@pytest.mark.parametrize("part", ABOVE)
@pytest.mark.parametrize("words", [SECRET, "低保", "证明"])
def test_above_it_is_not_found_by_searching(
    cast: Cast, enter: Enter, part: str, words: str
) -> None:
    personal(cast)
    answer = enter(part).get("/matters/", {"words": words})
    assert list(answer.context["page"].object_list) == []


def test_the_hamlet_finds_and_reads_it(cast: Cast, enter: Enter) -> None:
    matter = personal(cast)
    client = enter("secretary")
    answer = client.get("/matters/", {"words": "低保"})
    assert [m.pk for m in answer.context["page"].object_list] == [matter.pk]
    assert SECRET in page_text(client.get(f"/matters/{matter.pk}/"))
    assert client.get(f"/api/v1/matters/{matter.pk}").json()["title"] == SECRET


def test_a_number_finds_the_matter_but_does_not_tell_what_it_says(cast: Cast, enter: Enter) -> None:
    matter = personal(cast)
    answer = enter("city_staff").get("/matters/", {"words": str(matter.pk)})
    assert [m.pk for m in answer.context["page"].object_list] == [matter.pk]
    assert SECRET not in page_text(answer)


@pytest.mark.parametrize("part", ABOVE)
def test_one_not_yet_sorted_is_kept_as_private(cast: Cast, enter: Enter, part: str) -> None:
    raise_matter(cast, "registered", text=SECRET)
    client = enter(part)
    assert SECRET not in page_text(client.get("/matters/"))
    assert SECRET not in client.get("/api/v1/matters").content.decode()


def test_each_reading_is_written_down(cast: Cast, enter: Enter) -> None:
    matter = personal(cast)
    before = JournalEntry.objects.filter(action="matters.read_matter").count()
    client = enter("secretary")
    client.get(f"/matters/{matter.pk}/")
    client.get(f"/matters/{matter.pk}/")
    entries = JournalEntry.objects.filter(action="matters.read_matter")
    assert entries.count() == before + 2
    last = entries.latest("pk")
    assert (last.actor, last.place, last.subject_id) == (
        cast.actor("secretary").label, HOME, str(matter.pk),
    )  # fmt: skip


def test_reading_by_the_api_is_written_down_too(cast: Cast, enter: Enter) -> None:
    matter = personal(cast)
    enter("secretary").get(f"/api/v1/matters/{matter.pk}")
    assert JournalEntry.objects.filter(action="matters.read_matter").count() == 1


def test_reading_a_common_matter_is_not_written_down(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "under_way", "common")
    enter("secretary").get(f"/matters/{matter.pk}/")
    assert not JournalEntry.objects.filter(action="matters.read_matter").exists()


def test_the_journal_keeps_no_words_of_residents(cast: Cast) -> None:
    personal(cast, "closed")
    text = str(list(JournalEntry.objects.values_list("detail", flat=True)))
    assert SECRET not in text
    assert "罗测" not in text


def test_a_centre_household_sees_only_the_personal_matter_given_to_it(
    cast: Cast, enter: Enter
) -> None:
    given_to_her, other = personal(cast, assignee="centre_household"), personal(cast)
    client = enter("centre_household")
    listed = [m.pk for m in client.get("/matters/").context["page"].object_list]
    assert listed == [given_to_her.pk]
    assert client.get(f"/matters/{given_to_her.pk}/").status_code == 200
    assert client.get(f"/matters/{other.pk}/").status_code == 404
    assert enter("other_centre_household").get(f"/matters/{given_to_her.pk}/").status_code == 404


@pytest.mark.parametrize("tier", ["personal", "specialist", ""])
def test_the_public_page_shows_common_matters_only(cast: Cast, client, tier: str) -> None:  # type: ignore[no-untyped-def]
    state = "under_way" if tier else "registered"
    raise_matter(cast, state, tier or "common", text=SECRET)
    shown = raise_matter(cast, "under_way", "common", text="晒谷场路灯")
    answer = client.get(f"/places/{HOME}/")
    assert [m.pk for m in answer.context["page"].object_list] == [shown.pk]
    assert "晒谷场路灯" in page_text(answer)
    assert SECRET not in page_text(answer)


def test_the_public_page_names_nobody(cast: Cast, client) -> None:  # type: ignore[no-untyped-def]
    matter = raise_matter(cast, "under_way", "common", household=True, assignee="centre_household")
    hold_talk(cast, taken_up("路也要修", name="罗测九", tier="common"))
    text = page_text(client.get(f"/places/{HOME}/"))
    names = ["罗测一", "罗测二", "罗测九", "罗测兰", "罗测春"]
    assert [name for name in names if name in text] == []
    assert matter.assignee


@pytest.mark.parametrize("part", [*ABOVE, "centre_household"])
def test_who_raised_it_stays_in_the_hamlet(cast: Cast, enter: Enter, part: str) -> None:
    matter = raise_matter(cast, "under_way", "common", household=True)
    answer = enter(part).get(f"/matters/{matter.pk}/")
    assert answer.status_code == 200
    assert "罗测一" not in page_text(answer)


@pytest.mark.parametrize("part", [*ABOVE, "centre_household"])
def test_the_talk_s_page_above_the_hamlet_names_nobody(cast: Cast, enter: Enter, part: str) -> None:
    talk = hold_talk(cast, taken_up(SECRET, name="罗测九", tier="personal"))
    text = page_text(enter(part).get(f"/talks/{talk.pk}/"))
    assert SECRET not in text
    assert "罗测九" not in text


def test_deciding_on_more_time_does_not_open_a_personal_matter(cast: Cast, enter: Enter) -> None:
    """The village decides on the time without reading what the matter says."""
    matter = personal(cast)
    actions.note_progress(actor=cast.actor("secretary"), matter=matter, words="送去了肿瘤医院")
    actions.ask_extension(actor=cast.actor("secretary"), matter=matter, days=5, words="等医院盖章")
    answer = enter("village_staff").get(f"/matters/{matter.pk}/decide-extension/")
    assert answer.status_code == 200
    text = page_text(answer)
    assert SECRET not in text
    assert "送去了肿瘤医院" not in text


def test_the_list_and_the_rule_agree_on_what_is_readable(cast: Cast) -> None:
    """``readable_by`` (a query) and ``may_read`` (a rule) say the same for everybody."""
    from tests.doing import climb

    for state in ("registered", "under_way", "closed"):
        for tier in ("personal", "common", "specialist"):
            raise_matter(cast, state, tier, assignee="centre_household")
            raise_matter(cast, state, tier)
    climb(cast, raise_matter(cast, "under_way", "specialist"), "township")
    for part in cast.accounts:
        actor = cast.actor(part)
        visible = list(Matter.objects.visible_to(actor))
        by_query = set(Matter.objects.visible_to(actor).filter(readable_by(actor)))
        assert by_query == {m for m in visible if may_read(actor, m)}, part
        assert by_query == {m for m in visible if m.readable}, part


def test_a_matter_passes_on_no_secret_through_its_string(cast: Cast) -> None:
    assert SECRET not in str(personal(cast))


@given(st.text(max_size=60))
def test_a_phone_number_is_found_anywhere(text: str) -> None:
    assert named_person(f"{text}13912345678{text}", Region(code=HOME))


@pytest.mark.parametrize(
    ("text", "found"),
    [("罗测一家的灯", "罗测一"), ("灯，罗测二说的", "罗测二"), ("罗测", ""), ("罗 测 一", "罗测一"),
     ("路灯", ""), ("100%的灯_", ""), ("", ""), ("卢测甲", "")],
)  # fmt: skip
def test_a_head_of_a_household_of_the_hamlet_is_found(cast: Cast, text: str, found: str) -> None:
    assert named_person(text, cast.home) == found


def test_a_name_of_one_character_or_with_a_sign_finds_only_itself(cast: Cast) -> None:
    heads = ("灯", "%%", "a_c", "𠮷测")
    enter_households(HOME, *(HouseholdRow(HOME, None, head, "", 1) for head in heads))
    assert named_person("灯坏了，abc", cast.home) == ""
    assert named_person("𠮷测的灯", cast.home) == "𠮷测"


def test_waiting_queues_hide_what_may_not_be_read(cast: Cast) -> None:
    matter = personal(cast)
    actions.ask_extension(actor=cast.actor("secretary"), matter=matter, days=5, words="等盖章")
    (queue,) = queries.waiting_for(cast.actor("village_staff"))
    assert [m.pk for m in queue.matters] == [matter.pk]
    assert queue.matters[0].shown_title != SECRET
