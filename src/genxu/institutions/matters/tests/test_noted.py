"""Whose word it is: what was noted down for somebody, and her own word above it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.insight.counting import count_on
from genxu.institutions.matters import actions, ending_actions, rules, verdict_actions
from genxu.institutions.matters.confirming import confirm_noted
from genxu.institutions.matters.models import Matter, Suggestion, Verdict
from genxu.institutions.matters.receipt_views import holder_of
from genxu.institutions.matters.receipts import Told, told_by_receipt
from genxu.organisation.centre_households.tests.drawing import draw, serving_as
from tests.cast import HOME, Cast, Enter, later
from tests.doing import (
    fresh,
    hold,
    hold_talk,
    noted,
    page_text,
    raise_matter,
    suggestions_of,
    taken_up,
    verdict,
    who_may,
)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def done(cast: Cast, tier: str = "common", assignee: str = "") -> Matter:
    return raise_matter(cast, "done", tier, household=True, assignee=assignee)


def told(matter: Matter) -> Told:
    """What her receipt says of it."""
    return next(
        one
        for one in told_by_receipt(matter.suggestions.order_by("pk")[0])
        if one.matter.pk == matter.pk
    )


def counted(answer: str, **shift: Any) -> int:
    """How often the figures count an answer at the end of a day."""
    day = clock.today() + timedelta(**shift)
    return count_on(HOME, day)[f"institutions.verdicts.{answer}"]


def own(matter: Matter) -> dict[str, Any]:
    suggestion = matter.suggestions.order_by("pk")[0]
    return {"actor": holder_of(suggestion), "matter": fresh(matter), "suggestion": suggestion}


def disown(matter: Matter, one: Verdict | None = None) -> Matter:
    one = one or matter.verdicts.live().get(by_voice=True)
    return verdict_actions.disown_verdict(**own(matter), verdict=one)


def take_back(matter: Matter) -> Matter:
    return verdict_actions.take_back_verdict(**own(matter))


def work_again(cast: Cast, matter: Matter) -> Matter:
    return actions.finish_matter(
        actor=cast.actor("secretary"), matter=fresh(matter), words="又修了"
    )


# --- who notes it down ---------------------------------------------------------------------------


def test_never_the_one_who_did_the_work(cast: Cast) -> None:
    """The secretary reported it done: another of the hamlet or the village hears it."""
    for assignee, tier, allowed in (
        ("", "common", {"village_staff"}),
        ("centre_household", "common", {"village_staff"}),
        ("", "personal", set()),
    ):
        matter = done(cast, tier, assignee)
        suggestion = matter.suggestions.get()
        who = who_may(cast, rules.note_verdict, matter=matter, suggestion=suggestion)
        assert who == allowed, (assignee, tier)


def test_the_secretary_hears_of_what_the_centre_household_did(cast: Cast) -> None:
    matter = raise_matter(cast, "assigned", "personal", assignee="centre_household", household=True)
    helper = cast.actor("centre_household")
    matter = actions.start_matter(actor=helper, matter=matter)
    matter = actions.finish_matter(actor=helper, matter=matter, words="药买回来了")
    suggestion = matter.suggestions.get()
    who = who_may(cast, rules.note_verdict, matter=matter, suggestion=suggestion)
    assert who == {"secretary"}


def test_the_centre_household_that_looks_after_her_hears_what_the_secretary_did(
    cast: Cast, enter: Enter
) -> None:
    one, two, *_others = cast.households()
    draw(cast, [(one, serving_as(cast, "other_centre_household", two))])
    matter = done(cast)
    suggestion = matter.suggestions.get()
    who = who_may(cast, rules.note_verdict, matter=matter, suggestion=suggestion)
    assert who == {"village_staff", "other_centre_household"}
    for part, hears in (("other_centre_household", True), ("centre_household", False)):
        voices = enter(part).get(f"/matters/{matter.pk}/").context["voices"]
        assert [voice.suggestion for voice in voices] == [suggestion] * hears


def test_the_work_of_an_earlier_round_is_no_bar(cast: Cast) -> None:
    """Who did the first round and not the second may hear of the second."""
    matter = raise_matter(cast, "assigned", assignee="centre_household", household=True)
    helper, secretary = cast.actor("centre_household"), cast.actor("secretary")
    matter = actions.start_matter(actor=helper, matter=matter)
    matter = actions.finish_matter(actor=helper, matter=matter, words="换了")
    matter = fresh(verdict(matter, "dissatisfied"))
    matter = actions.pass_on_matter(
        actor=secretary, matter=matter, assignee_name="供水站", words="他们有梯子"
    )
    matter = actions.start_matter(actor=secretary, matter=matter)
    matter = actions.finish_matter(actor=secretary, matter=matter, words="再换")
    assert fresh(matter).workers == {cast.secretary.pk}


def test_the_handler_s_name_is_not_among_those_who_heard_it(cast: Cast) -> None:
    matter = done(cast, assignee="centre_household")
    for name in (cast.secretary.name, cast.centre_household.name):
        with pytest.raises(Invalid) as refused:
            noted(cast, matter, "satisfied", heard_by=name)
        assert "heard_by" in refused.value.fields


def test_of_whom_nobody_was_named_only_the_receipt_can_say(cast: Cast) -> None:
    matter = raise_matter(cast, "done")
    with pytest.raises(Denied):
        noted(cast, matter, "satisfied")


@pytest.mark.parametrize("wrong", [{"heard_how": "dreamt"}, {"heard_on": "tomorrow"},
                                   {"heard_on": "before"}])  # fmt: skip
def test_who_heard_it_when_and_how_are_kept_and_looked_at(cast: Cast, wrong: Any) -> None:
    matter = done(cast)
    days = {"tomorrow": clock.today() + DAY, "before": clock.today() - DAY}
    said = {name: days.get(value, value) for name, value in wrong.items()}
    with pytest.raises(Invalid):
        noted(cast, matter, "satisfied", **said)
    noted(cast, matter, "satisfied", heard_by="陈测河", heard_how="by_phone")
    one = Verdict.objects.get()
    assert (one.heard_by, one.heard_on, one.heard_how) == ("陈测河", clock.today(), "by_phone")
    assert (one.by_voice, one.by) == (True, cast.village_staff)


def test_it_is_noted_on_the_page_of_the_matter(cast: Cast, enter: Enter) -> None:
    matter = done(cast)
    client = enter("village_staff")
    assert 'name="heard_by"' in page_text(client.get(f"/matters/{matter.pk}/"))
    url = reverse("matter_verdict", args=[matter.pk, matter.suggestions.get().pk])
    sent = {"answer": "very_satisfied", "words": "亮得很", "heard_how": "at_talk"}
    assert client.post(url, sent).status_code == 302
    assert Verdict.objects.get().words == "亮得很"
    assert "亮得很" in page_text(client.get(f"/matters/{matter.pk}/"))
    assert enter("secretary").post(url, sent).status_code == 403


# --- pending -------------------------------------------------------------------------------------


def test_a_good_word_noted_waits_seven_days_and_counts_nothing_until_then(cast: Cast) -> None:
    matter = noted(cast, done(cast), "satisfied")
    assert fresh(matter).state == "done"
    assert counted("satisfied") == 0
    assert told(matter).stands_on
    with later(days=6):
        assert confirm_noted() == 0
    with later(days=7):
        assert confirm_noted() == 1
        assert confirm_noted() == 0
        assert fresh(matter).state == "closed"
        assert counted("satisfied") == 1
        assert counted("satisfied", days=-1) == 0, "as of a day is what it was on that day"
        entry = JournalEntry.objects.filter(action="matters.confirm_verdict").get()
        assert entry.actor == "system:clock"


def test_an_answer_that_waits_is_none_when_it_is_closed_as_unconfirmed(cast: Cast) -> None:
    matter = noted(cast, done(cast), "satisfied")
    secretary = cast.actor("secretary")
    for day in (1, 2, 3):
        with later(days=day):
            matter = ending_actions.ask_back_matter(actor=secretary, matter=matter)
    with later(days=3):
        matter = ending_actions.close_unconfirmed_matter(actor=secretary, matter=matter)
        assert matter.state == "unconfirmed"
    with later(days=7):
        confirm_noted()
        assert fresh(matter).state == "closed", "a late good word closes it"


def test_of_several_it_closes_when_all_have_answered(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", household=True)
    (second,) = suggestions_of(hold_talk(cast, taken_up("我家门口也没有灯", joins=matter)))
    matter = work_again(cast, matter)
    noted(cast, matter, "satisfied")
    verdict(fresh(matter), "satisfied", second)
    assert fresh(matter).state == "done"
    with later(days=7):
        confirm_noted()
    assert fresh(matter).state == "closed"


def test_one_of_an_earlier_round_only_counts(cast: Cast) -> None:
    matter = raise_matter(cast, "under_way", household=True)
    (second,) = suggestions_of(hold_talk(cast, taken_up("我家门口也没有灯", joins=matter)))
    matter = work_again(cast, matter)
    noted(cast, matter, "satisfied")
    verdict(fresh(matter), "dissatisfied", second)
    with later(days=7):
        confirm_noted()
        assert counted("satisfied") == 1
    assert (fresh(matter).state, fresh(matter).round) == ("under_way", 2)


def test_a_bad_word_noted_takes_effect_at_once(cast: Cast) -> None:
    matter = noted(cast, done(cast), "dissatisfied", words="还是黑的")
    assert (matter.state, matter.round) == ("under_way", 2)
    assert counted("dissatisfied") == 1


def test_a_second_note_in_the_same_round_changes_nothing(cast: Cast) -> None:
    matter = noted(cast, done(cast), "satisfied")
    with pytest.raises(Conflict):
        noted(cast, matter, "dissatisfied")
    again = Verdict.objects.get()
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


# --- 这不是我说的 ---------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [0, 8])
def test_what_she_never_said_is_withdrawn_and_she_is_asked_anew(cast: Cast, after: int) -> None:
    matter = noted(cast, done(cast), "very_satisfied")
    with later(days=after):
        confirm_noted()
        before = counted("very_satisfied")
        matter = disown(matter)
        assert (matter.state, before) == ("asked_back", int(after > 7))
        assert counted("very_satisfied") == 0
        assert counted("very_satisfied", days=-1) == 0
        assert told(matter).asks
        assert [one.status for one in told(matter).earlier] == ["disowned"]
        with pytest.raises(Conflict):
            disown(matter, Verdict.objects.get())
    assert Verdict.objects.get().answer == "very_satisfied", "it stays readable"


def test_a_bad_word_that_she_never_said_is_undone_with_its_round_and_deadline(cast: Cast) -> None:
    first = done(cast)
    with later(days=5):
        matter = noted(cast, first, "very_dissatisfied")
        assert matter.due_at > first.due_at
    with later(days=6):
        matter = disown(matter)
    assert (matter.state, matter.round) == ("asked_back", 1)
    assert (matter.due_at, matter.done_on) == (first.due_at, first.done_on)
    with later(days=5):
        assert counted("very_dissatisfied") == 1, "on that day it stood"
    with later(days=6):
        assert counted("very_dissatisfied") == 0


def test_three_tries_are_needed_anew_after_she_said_that_it_was_not_her_word(cast: Cast) -> None:
    secretary = cast.actor("secretary")
    matter = done(cast)
    for day in (0, 1, 2):
        with later(days=day):
            matter = ending_actions.ask_back_matter(actor=secretary, matter=matter)
    with later(days=3):
        noted(cast, matter, "satisfied")
        matter = disown(matter)
        with pytest.raises(Conflict):
            ending_actions.close_unconfirmed_matter(actor=secretary, matter=matter)


def test_the_receipt_shows_who_heard_it_and_takes_the_tap(cast: Cast, client: Client) -> None:
    matter = noted(cast, done(cast), "satisfied", words="亮了", heard_by="陈测河")
    suggestion = matter.suggestions.get()
    page = page_text(hold(client, suggestion.code).get(reverse("receipt", args=[suggestion.pk])))
    assert "这不是我说的" in page
    assert "陈测河" in page
    assert "亮了" in page
    tap = reverse("receipt_disown", args=[suggestion.pk, matter.pk, Verdict.objects.get().pk])
    assert client.post(tap).status_code == 302
    assert Verdict.objects.get().status == "disowned"


# --- her own word --------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [0, 8])
@pytest.mark.parametrize("answer", ["satisfied", "dissatisfied"])
def test_her_own_word_overrules_what_was_noted_then_or_later(
    cast: Cast, answer: str, after: int
) -> None:
    matter = noted(cast, done(cast), "very_satisfied")
    with later(days=after):
        confirm_noted()
        matter = verdict(fresh(matter), answer)
        assert matter.state == ("closed" if answer == "satisfied" else "under_way")
        assert (counted(answer), counted("very_satisfied")) == (1, 0)
        shown = told(matter).verdict
        assert shown
        assert (shown.answer, shown.by_voice) == (answer, False)
    assert Verdict.objects.count() == 2, "every version is kept"


def test_her_own_good_word_undoes_a_bad_one_that_was_noted(cast: Cast) -> None:
    """Also when work has gone on, at whatever level."""
    matter = raise_matter(cast, "done", "specialist", household=True)
    matter = noted(cast, matter, "dissatisfied")
    matter = actions.pass_up_matter(actor=cast.actor("secretary"), matter=matter, words="办不了")
    matter = verdict(matter, "satisfied")
    assert (matter.state, matter.round, matter.place_id) == ("closed", 1, matter.hamlet_id)
    assert (counted("satisfied"), counted("dissatisfied")) == (1, 0)


def test_her_own_word_is_not_overruled_by_a_note(cast: Cast) -> None:
    matter = verdict(done(cast), "fairly_satisfied")
    with pytest.raises(Conflict):
        noted(cast, matter, "very_satisfied")


@pytest.mark.parametrize("answer", ["satisfied", "dissatisfied"])
def test_for_ten_minutes_she_may_take_her_answer_back(cast: Cast, answer: str) -> None:
    first = done(cast)
    with later(minutes=30):
        matter = verdict(first, answer)
        assert told(matter).until
    with later(minutes=39):
        matter = take_back(matter)
    kept = ("state", "round", "due_at", "remind_at", "done_on", "extension")
    assert [getattr(fresh(matter), name) for name in kept] == [
        getattr(first, name) for name in kept
    ]
    assert counted(answer) == 0
    assert told(matter).asks
    assert verdict(fresh(matter), "satisfied").state == "closed"


def test_after_ten_minutes_it_stands(cast: Cast) -> None:
    matter = verdict(done(cast), "satisfied")
    with later(minutes=10), pytest.raises(Conflict):
        take_back(matter)
    with later(minutes=11):
        assert told(matter).until is None


def test_what_somebody_has_begun_meanwhile_is_not_taken_from_under_him(cast: Cast) -> None:
    matter = verdict(done(cast), "dissatisfied")
    actions.note_progress(actor=cast.actor("secretary"), matter=fresh(matter), words="已去看")
    with pytest.raises(Conflict):
        take_back(matter)


def test_what_her_answer_had_overruled_counts_again_when_she_takes_it_back(cast: Cast) -> None:
    matter = noted(cast, done(cast), "very_satisfied")
    with later(days=8):
        confirm_noted()
        verdict(fresh(matter), "dissatisfied")
        matter = take_back(matter)
        assert matter.state == "closed"
        assert (counted("very_satisfied"), counted("dissatisfied")) == (1, 0)
        assert told(matter).noted, "and she may still say that it is not her word"
        assert Verdict.objects.count() == 3


def test_the_receipt_keeps_the_button_for_ten_minutes_only(cast: Cast, client: Client) -> None:
    matter = verdict(done(cast), "satisfied")
    suggestion = matter.suggestions.get()
    tap = reverse("receipt_take_back", args=[suggestion.pk, matter.pk])
    path = reverse("receipt", args=[suggestion.pk])
    hold(client, suggestion.code)
    assert tap in page_text(client.get(path))
    with later(minutes=11):
        assert tap not in page_text(client.get(path))
    client.post(tap)
    assert fresh(matter).state == "done"


def test_what_is_kept_of_a_household_names_whose_word_it_was(cast: Cast) -> None:
    from genxu.institutions.matters.kept import words_of

    matter = noted(cast, done(cast), "satisfied", heard_by="陈测河")
    suggestion = Suggestion.objects.get(matters=matter)
    assert suggestion.household
    (kept,) = words_of(suggestion.household)
    assert "陈测河" in kept.value
