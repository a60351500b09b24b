"""The verdict: only the resident's word closes a matter, a bad one reopens it."""

import pytest

from genxu.core.errors import Conflict, Denied, Invalid
from genxu.institutions.matters import actions, verdict_actions
from genxu.institutions.matters.models import Matter, Suggestion, Verdict
from genxu.institutions.matters.receipt_views import holder_of
from genxu.institutions.matters.workflow import REOPENING, Answer
from tests.cast import Cast, Enter, later
from tests.doing import (
    fresh,
    hold_talk,
    raise_matter,
    suggestions_of,
    taken_up,
    verdict,
)

GOOD = [answer for answer in Answer if answer not in REOPENING]
BAD = sorted(REOPENING)


def two_voices(cast: Cast) -> tuple[Matter, Suggestion, Suggestion]:
    """A matter done, with two residents behind it."""
    matter = raise_matter(cast, "under_way")
    (second,) = suggestions_of(hold_talk(cast, taken_up("我家门口也没有灯", joins=matter)))
    first = matter.suggestions.order_by("pk")[0]
    matter = actions.finish_matter(actor=cast.actor("secretary"), matter=matter, words="装好了")
    return matter, first, second


@pytest.mark.parametrize("answer", GOOD)
def test_a_good_word_closes(cast: Cast, answer: str) -> None:
    assert verdict(raise_matter(cast, "done"), answer).state == "closed"


@pytest.mark.parametrize("answer", BAD)
def test_a_bad_word_reopens_with_a_new_round_and_a_new_deadline(cast: Cast, answer: str) -> None:
    matter = raise_matter(cast, "done")
    with later(days=20) as moment:
        made = verdict(matter, answer)
    assert (made.state, made.round, made.done_on) == ("under_way", 2, None)
    assert made.due_at > moment
    assert made.remind_at > moment


def test_in_the_new_round_she_is_asked_again(cast: Cast) -> None:
    matter = verdict(raise_matter(cast, "done"), "dissatisfied")
    with pytest.raises(Conflict):
        verdict(matter, "satisfied")
    matter = actions.finish_matter(actor=cast.actor("secretary"), matter=matter, words="又修了")
    assert verdict(matter, "satisfied").state == "closed"
    assert list(Verdict.objects.filter(matter=matter).order_by("round").values_list("answer")) == [
        ("dissatisfied",), ("satisfied",),
    ]  # fmt: skip


def test_a_tap_on_a_page_of_an_earlier_round_does_not_count(cast: Cast) -> None:
    matter = raise_matter(cast, "done")
    verdict(matter, "dissatisfied")
    matter = fresh(matter)
    suggestion = matter.suggestions.get()
    with pytest.raises(Conflict):
        verdict_actions.give_verdict(
            actor=holder_of(suggestion),
            matter=matter,
            suggestion=suggestion,
            answer="satisfied",
            round=1,
        )


@pytest.mark.parametrize("answer", ["", "delighted"])
def test_an_answer_that_is_none_of_the_five_changes_nothing(
    cast: Cast, enter: Enter, answer: str
) -> None:
    matter = raise_matter(cast, "done")
    suggestion = matter.suggestions.get()
    enter("village_staff").post(
        f"/matters/{matter.pk}/verdict/{suggestion.pk}/", {"answer": answer}
    )
    assert fresh(matter).state == "done"
    with pytest.raises(Invalid):
        verdict(matter, answer)


def test_the_receipt_of_another_suggestion_does_not_count(cast: Cast) -> None:
    matter, other = raise_matter(cast, "done"), raise_matter(cast, "done")
    stranger = holder_of(other.suggestions.get())
    with pytest.raises(Denied):
        verdict_actions.give_verdict(
            actor=stranger,
            matter=matter,
            suggestion=matter.suggestions.get(),
            answer="satisfied",
        )
    with pytest.raises(Invalid):
        verdict_actions.give_verdict(
            actor=stranger,
            matter=matter,
            suggestion=other.suggestions.get(),
            answer="satisfied",
        )


def test_a_second_verdict_in_the_same_round_is_told_and_changes_nothing(cast: Cast) -> None:
    matter, first, _second = two_voices(cast)
    matter = verdict(matter, "satisfied", first)
    with pytest.raises(Conflict):
        verdict(matter, "very_dissatisfied", first)
    assert Verdict.objects.filter(matter=matter).count() == 1


def test_several_voices_close_it_when_all_have_spoken_well(cast: Cast) -> None:
    matter, first, second = two_voices(cast)
    assert verdict(matter, "satisfied", first).state == "done"
    assert verdict(fresh(matter), "fairly_satisfied", second).state == "closed"


def test_of_several_voices_one_bad_word_reopens(cast: Cast) -> None:
    matter, first, second = two_voices(cast)
    verdict(matter, "very_satisfied", first)
    made = verdict(fresh(matter), "dissatisfied", second)
    assert (made.state, made.round) == ("under_way", 2)
    done = actions.finish_matter(actor=cast.actor("secretary"), matter=made, words="又修了")
    assert verdict(done, "satisfied", second).state == "done"
    assert verdict(fresh(done), "satisfied", first).state == "closed"


@pytest.mark.parametrize("state", ["registered", "triaged", "assigned", "under_way", "returned"])
def test_no_verdict_on_what_is_not_done(cast: Cast, state: str) -> None:
    matter = raise_matter(cast, state)
    with pytest.raises(Conflict):
        verdict(matter, "satisfied")
    assert not Verdict.objects.exists()


def test_no_second_thoughts_on_what_is_closed_but_the_hamlet_can_reopen(cast: Cast) -> None:
    matter = raise_matter(cast, "closed")
    with pytest.raises(Conflict):
        verdict(matter, "dissatisfied")
    assert fresh(matter).state == "closed"


def test_words_of_the_verdict_may_not_be_endless(cast: Cast) -> None:
    matter = raise_matter(cast, "done")
    with pytest.raises(Invalid):
        verdict_actions.give_verdict(
            actor=holder_of(matter.suggestions.get()), matter=matter,
            suggestion=matter.suggestions.get(), answer="satisfied", words="好" * 1001,
        )  # fmt: skip
