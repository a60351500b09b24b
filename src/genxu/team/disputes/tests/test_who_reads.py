"""Who reads a dispute: its peacemaker and the secretary, in every state; nobody else, nowhere."""

import json

import pytest
from django.test import Client

from genxu.core.models import JournalEntry
from genxu.people.models import Household
from genxu.people.tests.factories import with_code
from genxu.team.disputes import rules
from genxu.team.disputes.models import Dispute, sides_of
from genxu.team.disputes.workflow import State
from tests.cast import HOME, PARTS, Cast, Enter
from tests.doing import hold, page_text

from . import factories
from .factories import TERMS, agreed_long_ago, asked, begun, drafted, in_state, met

READERS = {"secretary", "member"}
STORY = "田埂挪了两尺"


@pytest.mark.parametrize("state", State)
def test_in_every_state_only_its_peacemaker_and_the_secretary(cast: Cast, state: str) -> None:
    dispute = in_state(cast, state)
    seen = {part for part in PARTS
            if Dispute.objects.visible_to(cast.actor(part)).exists()}  # fmt: skip
    assert seen == READERS
    read = {part for part in PARTS if rules.handles(cast.actor(part), dispute)}
    assert read == READERS
    allowed = {part for part in PARTS if rules.read_dispute(cast.actor(part), dispute=dispute)}
    assert allowed == READERS


def test_each_reading_and_each_printing_is_logged(cast: Cast, enter: Enter) -> None:
    dispute = drafted(cast, met(cast, begun(cast)))
    client = enter("member")
    page = f"/disputes/{dispute.pk}/"
    for address in ("", "meet/", "paper/", "ways/"):
        assert client.get(f"{page}{address}").status_code == 200
    read = JournalEntry.objects.filter(reading=True, subject_id=str(dispute.pk))
    assert list(read.order_by("pk").values_list("action", flat=True)) == [
        rules.read_dispute.name, rules.read_dispute.name, rules.print_dispute.name,
        rules.print_dispute.name,
    ]  # fmt: skip
    assert read[0].detail == {"office": f"member@{HOME}"}


def test_its_words_stand_nowhere_else(cast: Cast, enter: Enter) -> None:
    dispute = asked(cast, ["holds"])
    assert STORY in page_text(enter("secretary").get(f"/disputes/{dispute.pk}/"))
    words = {STORY, TERMS, "都说让一步", "罗测一"}
    listed = page_text(enter("secretary").get("/disputes/"))
    assert not [one for one in words if one in listed]
    kept = json.dumps(list(JournalEntry.objects.values_list("detail", flat=True)))
    assert not [one for one in words if json.dumps(one)[1:-1] in kept]
    for part in ("village_staff", "township_staff", "centre_household", "auditor"):
        client = enter(part)
        assert client.get(f"/disputes/{dispute.pk}/").status_code in (403, 404)
        assert client.get(f"/disputes/{dispute.pk}/paper/").status_code in (403, 404)


def test_an_unwritten_agreement_is_not_printed(cast: Cast, enter: Enter) -> None:
    dispute = begun(cast)
    answer = enter("member").get(f"/disputes/{dispute.pk}/paper/")
    assert answer.url == f"/disputes/{dispute.pk}/"
    printed = enter("member").get(f"/disputes/{agreed_long_ago(cast).pk}/paper/")
    assert printed["Content-Type"] == "application/pdf"


def test_who_hands_it_over_comes_to_the_list(cast: Cast, enter: Enter) -> None:
    dispute = begun(cast)
    sent = {
        "peacemaker": cast.centre_household.pk,
        "words": "我是他舅舅",
        "version": dispute.version,
    }
    answer = enter("member").post(f"/disputes/{dispute.pk}/name/", sent)
    assert answer.url == "/disputes/"
    assert enter("member").get(f"/disputes/{dispute.pk}/").status_code == 404


def test_begun_on_the_page_by_house_number_and_by_name(cast: Cast, enter: Enter) -> None:
    sent = {"kind": "debt", "story": "欠工钱", "told_on": "2026-05-10", "sides-0-who": "3",
            "sides-1-who": "外村老张", "sides-2-who": "罗测四", "sides-TOTAL_FORMS": "3",
            "sides-INITIAL_FORMS": "0", "peacemaker": cast.member.pk}  # fmt: skip
    answer = enter("secretary").post(f"/disputes/at/{HOME}/new/", sent)
    dispute = Dispute.objects.get()
    assert answer.url == f"/disputes/{dispute.pk}/"
    three, four = cast.households()[2:]
    assert [(one.household, one.name) for one in sides_of(dispute)] == [
        (three, ""), (None, "外村老张"), (four, "")
    ]  # fmt: skip
    wrong = enter("secretary").post(f"/disputes/at/{HOME}/new/", {**sent, "sides-1-who": "罗测四"})
    assert wrong.status_code == 422
    assert "写了两遍" in page_text(wrong)
    assert "欠工钱" in page_text(wrong)


def test_a_member_is_offered_no_register(cast: Cast, enter: Enter) -> None:
    assert "罗测三" not in page_text(enter("member").get(f"/disputes/at/{HOME}/new/"))
    assert "罗测三" in page_text(enter("secretary").get(f"/disputes/at/{HOME}/new/"))


def test_the_number_of_a_side_is_rung_by_whoever_keeps_the_register(
    cast: Cast, enter: Enter
) -> None:
    Household.objects.filter(pk=cast.households()[0].pk).update(phone="13912345678")
    page = f"/disputes/{begun(cast).pk}/"
    assert "13912345678" in page_text(enter("secretary").get(page))
    assert "13912345678" not in page_text(enter("member").get(page))


# --- the household's own page --------------------------------------------------------------------


def own(cast: Cast, number: int = 1) -> tuple[Client, str]:
    code = with_code(number).code
    return hold(Client(), code), f"/my/household/{cast.households()[number - 1].pk}/"


def test_a_side_reads_the_agreement_and_none_of_the_other_words(cast: Cast) -> None:
    agreed_long_ago(cast)
    client, page = own(cast)
    text = page_text(client.get(page))
    assert TERMS in text
    assert "谈好的事，做到了没有" in text
    assert not [one for one in (STORY, "都说让一步", "罗测二") if one in text]
    other, page = own(cast, 3)
    assert TERMS not in page_text(other.get(page))


def test_its_word_is_one_tap_and_counts_once(cast: Cast) -> None:
    dispute = agreed_long_ago(cast)
    client, page = own(cast)
    side = sides_of(dispute)[0]
    for _n in range(2):
        client.post(f"{page}disputes/{side.pk}/word/", {"answer": "holds"})
    side.refresh_from_db()
    assert (side.answer, side.is_own_word) == ("holds", True)
    foreign = sides_of(dispute)[1]
    assert client.post(f"{page}disputes/{foreign.pk}/word/", {"answer": "holds"}).status_code == 404


def test_who_is_signed_in_behind_a_code_reads_none_of_it(cast: Cast, enter: Enter) -> None:
    agreed_long_ago(cast)
    client = hold(enter("village_staff"), with_code(1).code)
    assert TERMS not in page_text(client.get(f"/my/household/{cast.households()[0].pk}/"))


def test_what_was_written_by_mistake_is_no_part_of_it(cast: Cast) -> None:
    factories.in_state(cast, State.WITHDRAWN)
    client, page = own(cast)
    assert "坐下来谈的事" not in page_text(client.get(page))
