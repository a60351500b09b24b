"""The verdict: only the resident's word closes a matter, a bad one reopens it."""

import pytest

from genxu.core.errors import Conflict, Denied, Invalid
from genxu.institutions.matters import actions, rules, verdict_actions
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
    who_may,
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


def test_who_may_record_a_word_given_by_mouth(cast: Cast) -> None:
    for assignee, allowed in (
        ("", {"secretary"}),
        ("centre_household", {"secretary", "centre_household"}),
    ):
        matter = raise_matter(cast, "done", assignee=assignee, household=True)
        suggestion = matter.suggestions.get()
        who = who_may(cast, rules.give_verdict, matter=matter, suggestion=suggestion)
        assert who == allowed


def test_by_voice_it_is_marked_and_by_receipt_it_is_not(cast: Cast) -> None:
    by_receipt = raise_matter(cast, "done")
    by_voice = raise_matter(cast, "done", assignee="centre_household", household=True)
    verdict(by_receipt, "satisfied")
    verdict_actions.give_verdict(
        actor=cast.actor("centre_household"),
        matter=by_voice,
        suggestion=by_voice.suggestions.get(),
        answer="satisfied",
    )
    first, second = Verdict.objects.order_by("pk")
    assert (first.by_voice, first.by) == (False, None)
    assert (second.by_voice, second.by) == (True, cast.centre_household)


def test_of_whom_nobody_was_named_only_the_receipt_can_say(cast: Cast) -> None:
    matter = raise_matter(cast, "done")
    with pytest.raises(Denied):
        verdict_actions.give_verdict(
            actor=cast.actor("secretary"),
            matter=matter,
            suggestion=matter.suggestions.get(),
            answer="very_satisfied",
        )
    assert fresh(verdict(matter, "satisfied")).state == "closed"


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


def test_recorded_on_the_page_by_the_secretary(cast: Cast, enter: Enter) -> None:
    matter = raise_matter(cast, "done", household=True)
    suggestion = matter.suggestions.get()
    url = f"/matters/{matter.pk}/verdict/{suggestion.pk}/"
    answer = enter("secretary").post(url, {"answer": "very_satisfied", "words": "亮得很"})
    assert answer.status_code == 302
    assert fresh(matter).state == "closed"
    assert Verdict.objects.get().words == "亮得很"


@pytest.mark.parametrize("answer", ["", "delighted"])
def test_an_answer_that_is_none_of_the_five_changes_nothing(
    cast: Cast, enter: Enter, answer: str
) -> None:
    matter = raise_matter(cast, "done")
    suggestion = matter.suggestions.get()
    enter("secretary").post(f"/matters/{matter.pk}/verdict/{suggestion.pk}/", {"answer": answer})
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


@pytest.mark.parametrize("part", ["village_staff", "township_staff", "county_staff", "auditor"])
def test_nobody_above_gives_the_resident_s_word(cast: Cast, enter: Enter, part: str) -> None:
    matter = raise_matter(cast, "done")
    url = f"/matters/{matter.pk}/verdict/{matter.suggestions.get().pk}/"
    assert enter(part).post(url, {"answer": "satisfied"}).status_code == 403
    assert fresh(matter).state == "done"


def test_words_of_the_verdict_may_not_be_endless(cast: Cast) -> None:
    matter = raise_matter(cast, "done")
    with pytest.raises(Invalid):
        verdict_actions.give_verdict(
            actor=holder_of(matter.suggestions.get()), matter=matter,
            suggestion=matter.suggestions.get(), answer="satisfied", words="好" * 1001,
        )  # fmt: skip
