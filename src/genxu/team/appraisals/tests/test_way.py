"""The way of an appraisal: own word, each other's, a poll on paper, the opinion, an appeal."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.team.appraisals import actions, queries
from genxu.team.appraisals.grading import most_excellent, poll_fits, too_many_excellent
from genxu.team.appraisals.models import Appraisal, Entry
from genxu.team.appraisals.workflow import Grade, State
from tests.cast import HOME, Cast, Enter, later
from tests.doing import form_errors, page_text

from .examples import opinion_form
from .factories import (
    appealed,
    begun,
    branch,
    brought_to,
    graded,
    grades_of,
    judged,
    mine,
    polls_of,
    secretary,
    spoken,
)


def _entry(one: Appraisal, name: str) -> Entry:
    return Entry.objects.get(appraisal=one, member__name=name)


def test_it_begins_once_a_year_with_all_on_the_roll(cast: Cast, enter: Enter) -> None:
    one = branch(cast)
    client, address = enter("secretary"), reverse("begin_appraisal", args=[HOME])
    sent = {"year": str(clock.today().year)}
    assert client.post(address, sent).status_code == 302
    assert Entry.objects.count() == one.members.present().count()
    assert client.post(address, sent).status_code == 409
    assert client.post(address, {"year": "1999"}).status_code == 422


def test_withdrawn_it_can_begin_anew(cast: Cast) -> None:
    gone = brought_to(cast, State.WITHDRAWN)
    assert begun(cast, gone.organisation).pk != gone.pk


def test_nobody_reads_anothers_before_he_has_given_his_own(cast: Cast, enter: Enter) -> None:
    one = brought_to(cast, State.MUTUAL)
    first, second, me = _entry(one, "罗测甲"), _entry(one, "罗测乙"), mine(one)
    spoken(cast, one, "罗测甲")
    actions.say_of_member(
        actor=secretary(cast), entry=_entry(one, "罗测甲"), of=second, words="手脚勤快"
    )
    client, address = enter("member"), reverse("entry", args=[me.pk])
    assert "手脚勤快" not in page_text(client.get(address))
    client.post(reverse("entry_say", args=[me.pk]),
                {"of": second.pk, "words": "话不多", "version": me.version})  # fmt: skip
    assert "手脚勤快" in page_text(client.get(address))
    assert queries.said_of(second) == []  # he himself reads them once all have spoken
    assert first.pk


def test_before_his_own_word_he_says_nothing_of_others(cast: Cast) -> None:
    one = brought_to(cast, State.MUTUAL)
    silent, other = _entry(one, "罗测丙"), mine(one)
    with pytest.raises(Conflict):
        actions.say_of_member(actor=secretary(cast), entry=silent, of=other, words="热心")
    with pytest.raises(Invalid):
        actions.say_of_member(actor=cast.actor("member"), entry=other, of=other, words="我自己")


def test_his_own_word_is_his(cast: Cast) -> None:
    one = begun(cast)
    assert spoken(cast, one).own_noted_by is None
    assert spoken(cast, one, "罗测甲").own_noted_by == cast.secretary
    with pytest.raises(Denied):
        actions.give_own_word(actor=cast.actor("member"), entry=_entry(one, "罗测乙"), own="替他写")


def test_a_poll_has_no_more_marks_than_papers(cast: Cast) -> None:
    one = brought_to(cast, State.MUTUAL)
    with pytest.raises(Invalid) as refused:
        actions.record_poll(actor=secretary(cast), appraisal=one, present=3, polls=polls_of(one))
    assert next(iter(refused.value.fields)).startswith("poll_")


def test_a_probationary_member_has_neither_poll_nor_grade(cast: Cast) -> None:
    one = brought_to(cast, State.MUTUAL)
    newcomer = _entry(one, "罗测新")
    with pytest.raises(Invalid):
        actions.record_poll(
            actor=secretary(cast), appraisal=one, present=5, polls={newcomer.pk: {"excellent": 1}}
        )
    one = actions.record_poll(actor=secretary(cast), appraisal=one, present=5, polls=polls_of(one))
    with pytest.raises(Invalid):
        judged(cast, one, grades=grades_of(one) | {newcomer.pk: "qualified"})


def test_more_than_a_third_excellent_wants_its_reason(cast: Cast, enter: Enter) -> None:
    one = brought_to(cast, State.POLLED)
    entries = graded(one)
    sent = opinion_form(one) | {f"grade_{entry.pk}": "excellent" for entry in entries[:3]}
    client, address = enter("secretary"), reverse("appraisal_judge", args=[one.pk])
    answer = client.post(address, {**sent, "version": one.version})
    assert "more_excellent" in form_errors(answer)
    assert "平时在湾里做事" in page_text(answer)
    sent |= {"more_excellent": "今年防汛人人在堤上", "version": str(one.version)}
    assert client.post(address, sent).status_code == 302


def test_each_grade_has_its_sentence(cast: Cast) -> None:
    one = brought_to(cast, State.POLLED)
    with pytest.raises(Invalid) as refused:
        judged(cast, one, reasons={})
    assert next(iter(refused.value.fields)).startswith("reason_")


def test_a_grade_is_read_by_himself_only_once_it_is_told(cast: Cast, enter: Enter) -> None:
    one = brought_to(cast, State.OPINION)
    client, address = enter("member"), reverse("entry", args=[mine(one).pk])
    assert "有事跑在前面" not in page_text(client.get(address))
    actions.tell_members(actor=secretary(cast), appraisal=one)
    assert "有事跑在前面" in page_text(client.get(address))
    other = _entry(one, "罗测甲")
    assert client.get(reverse("entry", args=[other.pk])).status_code == 404


def test_no_list_is_in_the_order_of_grades(cast: Cast) -> None:
    one = brought_to(cast, State.POLLED)
    judged(cast, one, grades=dict.fromkeys(grades_of(one), "qualified"))
    names = [str(entry) for entry in queries.entries_of(one)]
    assert names == [m.name for m in one.organisation.members.present().order_by("pk")]


def test_an_appeal_is_the_townships_within_ten_working_days(cast: Cast, enter: Enter) -> None:
    appeal = appealed(cast)
    assert "申诉" in page_text(enter("township_staff").get(reverse("home")))
    with pytest.raises(Denied):
        actions.refuse_appeal(actor=secretary(cast), appeal=appeal, words="支部说了算")
    with pytest.raises(Conflict):
        actions.appeal_grade(actor=cast.actor("member"), entry=appeal.entry, why="再来一次")
    actor = cast.actor("township_staff")
    with pytest.raises(Invalid):
        actions.uphold_appeal(actor=actor, appeal=appeal, grade=appeal.entry.grade, words="一样的")
    done = actions.uphold_appeal(actor=actor, appeal=appeal, grade="excellent", words="补上了")
    assert Entry.objects.get(pk=appeal.entry_id).grade == "excellent"
    assert done.history()[-1].replaced == {"grade": "qualified"}


def test_after_ten_working_days_it_is_too_late(cast: Cast) -> None:
    entry = mine(brought_to(cast, State.TOLD))
    last = entry.appraisal.last_day_to_appeal
    assert last is not None
    with clock.at(clock.now() + (last - clock.today())):
        actions.check_appeal(entry)
    with later(days=(last - clock.today()).days + 1), pytest.raises(Conflict):
        actions.appeal_grade(actor=cast.actor("member"), entry=entry, why="晚了一天")
    assert last - clock.today() >= timedelta(days=10)


def test_there_is_no_field_for_hours_votes_or_clicks() -> None:
    names = {field.name for field in Entry._meta.get_fields()}
    assert not {name for name in names if "hour" in name or "score" in name or "point" in name}


GRADES = st.dictionaries(st.integers(1, 60), st.sampled_from(Grade.values), max_size=40)


@given(GRADES)
def test_a_third_is_the_most_without_a_reason(grades: dict[int, str]) -> None:
    excellent = sum(grade == "excellent" for grade in grades.values())
    allowed = excellent <= max(len(grades) / 3, 1)
    assert too_many_excellent(grades) is not (allowed or not grades)
    assert most_excellent(len(grades)) <= len(grades)


@given(st.dictionaries(st.sampled_from(Grade.values), st.integers(0, 9)), st.integers(0, 20))
def test_a_poll_fits_its_papers(poll: dict[str, int], present: int) -> None:
    assert poll_fits(poll, present) == (sum(poll.values()) <= present)
