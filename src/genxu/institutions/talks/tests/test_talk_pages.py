"""The pages of a talk: its minutes and receipts for the hamlet, itself for those in charge."""

import pytest

from genxu.institutions.matters.models import Suggestion
from genxu.institutions.talks import rules
from genxu.institutions.talks.actions import Said
from tests.cast import FAR, HOME, NEIGHBOUR, VILLAGE, Cast, Enter
from tests.doing import hold_talk, page_text, suggestions_of, taken_up, who_may


def talk(cast: Cast, hamlet: str = HOME):  # type: ignore[no-untyped-def]
    return hold_talk(
        cast,
        taken_up("路灯坏了", tier="common", household=cast.households(hamlet)[0]),
        taken_up("低保证明丢了", name="罗测九", tier="personal"),
        Said(text="想盖三层楼", response="declined", reply="超过了高度"),
        hamlet=hamlet,
    )


def test_the_minutes_stay_in_the_hamlet(cast: Cast) -> None:
    assert who_may(cast, rules.read_minutes, talk=talk(cast)) == {"secretary"}


def test_the_minutes_are_complete(cast: Cast, enter: Enter) -> None:
    made = talk(cast)
    text = page_text(enter("secretary").get(f"/talks/{made.pk}/minutes/"))
    frame = ("晒谷场", "村湾道路", "23", "罗家洲", "港东村")
    said = ("路灯坏了", "低保证明丢了", "想盖三层楼", "超过了高度", "罗测一", "罗测九")
    for words in (*frame, *said):
        assert words in text, words


def test_each_suggestion_has_its_receipt_slip_with_a_qr(cast: Cast, enter: Enter) -> None:
    made = talk(cast)
    client, path = enter("secretary"), f"/talks/{made.pk}/receipts/"
    listed = page_text(client.get(path))
    printed = page_text(client.post(path, {"why": "hand_out"}))
    for suggestion in suggestions_of(made):
        assert suggestion.code_grouped in printed
        assert suggestion.code_grouped not in listed
    assert printed.count("<svg") >= 3


@pytest.mark.parametrize("why", ["", "read_out", "curiosity"])
def test_receipts_are_not_printed_without_a_reason(cast: Cast, enter: Enter, why: str) -> None:
    made = talk(cast)
    answer = enter("secretary").post(f"/talks/{made.pk}/receipts/", {"why": why})
    assert answer.status_code == 422
    assert not Suggestion.objects.filter(printed_at__isnull=False).exists()


def test_the_page_of_a_talk_shows_who_said_what_to_the_hamlet(cast: Cast, enter: Enter) -> None:
    made = talk(cast)
    answer = enter("secretary").get(f"/talks/{made.pk}/")
    assert answer.context["inside"]
    assert "低保证明丢了" in page_text(answer)


@pytest.mark.parametrize("part", ["village_staff", "county_staff", "city_staff"])
def test_above_the_matters_are_seen_and_the_words_are_not(
    cast: Cast, enter: Enter, part: str
) -> None:
    made = talk(cast)
    answer = enter(part).get(f"/talks/{made.pk}/")
    assert not answer.context["inside"]
    text = page_text(answer)
    assert "路灯坏了" in text
    for hidden in ("低保证明丢了", "罗测一", "罗测九", "想盖三层楼"):
        assert hidden not in text


def test_the_list_is_cut_to_the_charge_and_narrowed_by_place_and_words(
    cast: Cast, enter: Enter
) -> None:
    home, neighbour, far = (talk(cast, code) for code in (HOME, NEIGHBOUR, FAR))
    extra = hold_talk(cast, topic="防溺水")

    def listed(part: str, **query: str) -> set[int]:
        return {t.pk for t in enter(part).get("/talks/", query).context["page"].object_list}

    assert listed("secretary") == {home.pk, extra.pk}
    assert listed("village_staff") == {home.pk, neighbour.pk, extra.pk}
    assert listed("city_staff") == {home.pk, neighbour.pk, far.pk, extra.pk}
    assert listed("city_staff", place=VILLAGE) == {home.pk, neighbour.pk, extra.pk}
    assert listed("city_staff", words="溺水") == {extra.pk}
    assert enter("secretary").get("/talks/", {"place": FAR}).status_code == 422


@pytest.mark.parametrize(
    "query",
    [{"place": "1" * 5000}, {"place": "abc"}, {"words": "\x00"}, {"words": "𠮷"}, {"page": "x"}],
    ids=range(5),
)
def test_a_search_that_makes_no_sense_breaks_nothing(
    cast: Cast, enter: Enter, query: dict[str, str]
) -> None:
    talk(cast)
    status = 422 if "place" in query else 200
    assert enter("secretary").get("/talks/", query).status_code == status


def test_the_list_counts_what_was_said(cast: Cast, enter: Enter) -> None:
    talk(cast)
    (row,) = enter("secretary").get("/talks/").context["page"].object_list
    assert row.said == 3


def test_the_page_of_a_suggestion_is_for_the_hamlet(cast: Cast, enter: Enter) -> None:
    (first, *_rest) = suggestions_of(talk(cast))
    assert isinstance(first, Suggestion)
    assert enter("secretary").get(f"/suggestions/{first.pk}/").status_code == 200
    assert enter("village_staff").get(f"/suggestions/{first.pk}/").status_code == 403
    assert enter("neighbour_secretary").get(f"/suggestions/{first.pk}/").status_code == 404
