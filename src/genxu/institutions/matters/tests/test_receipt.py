"""The receipt: open without log-in, cannot be guessed, tells each step, takes the verdict."""

from typing import Any

import pytest
from django.test import Client

from genxu.core.keyring import COOKIE, WRONG_CODES_A_MINUTE
from genxu.institutions.matters.models import Matter, Suggestion, Verdict
from genxu.institutions.matters.workflow import Answer
from tests.cast import Cast
from tests.doing import fresh, hold, page_text, raise_matter, verdict


def said_of(matter: Matter) -> Suggestion:
    return matter.suggestions.order_by("pk")[0]


def look(client: Client, matter: Matter) -> Any:
    """The page of the matter's receipt, in a browser that holds its code."""
    suggestion = said_of(matter)
    return hold(client, suggestion.code).get(f"/my/receipt/{suggestion.pk}/")


def say(client: Client, matter: Matter, answer: str, words: str = "") -> str:
    suggestion = said_of(matter)
    url = f"/my/receipt/{suggestion.pk}/verdict/{matter.pk}/"
    response = hold(client, suggestion.code).post(url, {"answer": answer, "words": words})
    assert response.status_code == 302
    return str(response["Location"])


def test_it_opens_without_log_in_and_tells_what_was_said(cast: Cast, client: Client) -> None:
    matter = raise_matter(cast, "under_way", text="晒谷场边的路灯坏了𠮷💡")
    answer = look(client, matter)
    assert answer.status_code == 200
    assert "晒谷场边的路灯坏了𠮷💡" in page_text(answer)
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex"


def test_it_tells_personal_matters_too_for_they_are_hers(cast: Cast, client: Client) -> None:
    matter = raise_matter(cast, "under_way", "personal", text="低保的事")
    assert "低保的事" in page_text(look(client, matter))


def test_each_step_is_told(cast: Cast, client: Client) -> None:
    matter = raise_matter(cast, "done")
    (told,) = look(client, matter).context["told"]
    assert [s.step for s in told.steps] == ["register", "triage", "assign", "start", "finish"]


@pytest.mark.parametrize(
    ("state", "asks"),
    [("registered", False), ("under_way", False), ("done", True), ("asked_back", True),
     ("closed", False), ("unconfirmed", True), ("explained", True), ("referred", False),
     ("no_agreement", True)],
)  # fmt: skip
def test_her_word_is_asked_for_when_it_counts(
    cast: Cast, client: Client, state: str, asks: bool
) -> None:
    matter = raise_matter(cast, state)
    (told,) = look(client, matter).context["told"]
    assert told.asks is asks


@pytest.mark.parametrize("answer", Answer)
def test_one_tap_gives_each_of_the_five_answers(cast: Cast, client: Client, answer: str) -> None:
    matter = raise_matter(cast, "done")
    page = page_text(look(client, matter))
    assert f'value="{answer}"' in page
    say(client, matter, answer)
    assert Verdict.objects.get(matter=matter).answer == answer


def test_a_second_tap_changes_nothing_and_is_told_kindly(cast: Cast, client: Client) -> None:
    matter = raise_matter(cast, "done")
    say(client, matter, "satisfied")
    place = say(client, matter, "very_dissatisfied")
    assert client.get(place).status_code == 200
    assert Verdict.objects.count() == 1
    assert fresh(matter).state == "closed"


def test_a_tap_that_comes_too_early_changes_nothing(cast: Cast, client: Client) -> None:
    matter = raise_matter(cast, "under_way")
    say(client, matter, "satisfied")
    assert fresh(matter).state == "under_way"
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(("answer", "words"), [("", ""), ("wow", ""), ("satisfied", "好" * 1001)])
def test_a_wrong_answer_changes_nothing(
    cast: Cast, client: Client, answer: str, words: str
) -> None:
    matter = raise_matter(cast, "done")
    say(client, matter, answer, words)
    assert fresh(matter).state == "done"


def test_an_unreadable_character_in_her_words_is_left_out(cast: Cast, client: Client) -> None:
    matter = raise_matter(cast, "done")
    say(client, matter, "satisfied", "好\x00的")
    assert Verdict.objects.get(matter=matter).words == "好的"


def test_a_receipt_opens_only_its_own_matters(cast: Cast, client: Client) -> None:
    matter, other = raise_matter(cast, "done"), raise_matter(cast, "done")
    suggestion = said_of(matter)
    address = f"/my/receipt/{suggestion.pk}/verdict/{other.pk}/"
    answer = hold(client, suggestion.code).post(address, {"answer": "satisfied"})
    assert answer.status_code == 404
    assert fresh(other).state == "done"


def test_after_a_reopening_it_shows_her_word_and_waits(cast: Cast, client: Client) -> None:
    matter = verdict(raise_matter(cast, "done"), "dissatisfied")
    (told,) = look(client, matter).context["told"]
    assert told.verdict
    assert told.verdict.answer == "dissatisfied"
    assert not told.asks
    assert told.steps[-1].step == "give_verdict"


@pytest.mark.parametrize("shape", ["lower", "spaced", "dashed"])
def test_typed_carelessly_it_is_still_found(cast: Cast, client: Client, shape: str) -> None:
    suggestion = said_of(raise_matter(cast, "done"))
    code = suggestion.code
    typed = {"lower": code.lower(), "spaced": f" {code[:5]} {code[5:]} ",
             "dashed": f"{code[:5]}-{code[5:]}"}[shape]  # fmt: skip
    answer = client.post("/r/", {"code": typed})
    assert answer["Location"] == f"/my/receipt/{suggestion.pk}/"
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    "code", ["AAAAAAAAAA", "x", "0" * 500, "罗家洲的收据单号码是", "A" * 9 + "\x00"]
)
def test_a_guessed_code_finds_nothing(cast: Cast, client: Client, code: str) -> None:
    assert client.post("/r/", {"code": code}).status_code == 404


def test_guessing_is_slowed_down(cast: Cast, client: Client) -> None:
    matter = raise_matter(cast, "done")
    for _n in range(WRONG_CODES_A_MINUTE):
        assert client.post("/r/", {"code": "AAAAAAAAAA"}).status_code == 404
    slowed = client.post("/r/", {"code": "AAAAAAAAAA"})
    assert slowed.status_code == 429
    assert slowed.context["message"]
    other = Client(REMOTE_ADDR="10.0.0.7")
    assert other.post("/r/", {"code": "AAAAAAAAAA"}).status_code == 404
    # many share the address of a mobile network: who holds a true code is never stopped
    assert client.post("/r/", {"code": said_of(matter).code}).status_code == 302


def test_right_codes_are_never_slowed_down(cast: Cast, client: Client) -> None:
    code = said_of(raise_matter(cast, "done")).code
    for _n in range(WRONG_CODES_A_MINUTE + 5):
        assert client.post("/r/", {"code": code}, follow=True).status_code == 200


def test_a_code_in_the_query_is_not_taken(cast: Cast, client: Client) -> None:
    code = said_of(raise_matter(cast, "done")).code
    answer = client.get("/r/", {"code": code})
    assert answer.status_code == 200
    assert COOKIE not in client.cookies
