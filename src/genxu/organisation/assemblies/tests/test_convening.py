"""Convening, changing, calling off: who may, what is refused, and what a change does."""

import json
from datetime import timedelta
from typing import Any

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.organisation.assemblies import rules
from genxu.organisation.assemblies.actions import (
    announce_assembly,
    cancel_assembly,
    change_assembly,
    convene_assembly,
)
from genxu.organisation.assemblies.bodies import BODIES, Kind
from genxu.organisation.assemblies.models import Assembly
from genxu.organisation.assemblies.proposing import proposals
from tests.cast import FAR, HOME, VILLAGE, Cast, Enter, later
from tests.doing import hold_talk, page_text, who_may

from .examples import notice_data
from .factories import begun, call, convene, held, in_days, notice

URL = f"/assemblies/at/{HOME}/new/"
STEERING = [
    rules.announce_assembly, rules.change_assembly, rules.cancel_assembly,
    rules.record_attendance, rules.tally_motion, rules.ask_correction,
]  # fmt: skip


def test_the_secretary_and_the_village_convene(cast: Cast) -> None:
    assert who_may(cast, rules.convene_assembly, hamlet=cast.home) == {"secretary", "village_staff"}
    assert not who_may(cast, rules.convene_assembly, hamlet=cast.hamlet(VILLAGE))


@pytest.mark.parametrize("permission", STEERING, ids=lambda p: p.name)
def test_the_same_lead_it(cast: Cast, permission: Any) -> None:
    assert who_may(cast, permission, assembly=convene(cast)) == {"secretary", "village_staff"}


def test_nobody_further_up_convenes_through_the_action(cast: Cast) -> None:
    with pytest.raises(Denied):
        convene_assembly(actor=cast.actor("township_staff"), hamlet=cast.home, call=call())


def test_it_is_announced_with_its_questions(cast: Cast, enter: Enter) -> None:
    answer = enter("secretary").post(
        URL, notice_data("修路", "", "  每户出工三天  ", ("", "plain"))
    )
    assert answer.status_code == 302
    assembly = Assembly.objects.get()
    assert answer["Location"] == f"/assemblies/{assembly.pk}/"
    assert list(assembly.motions.values_list("position", "text")) == [
        (1, "修路"),
        (2, "每户出工三天"),
    ]
    assert (assembly.state, assembly.due, assembly.convened_by) == ("convened", 65, cast.secretary)
    assert [one.step for one in assembly.steps.order_by("pk")] == ["convene", "announce"]
    assert (assembly.announced_by, assembly.announced_ways) == ("罗测春", ["posted", "wechat"])
    assert (
        JournalEntry.objects.filter(action="assemblies.convene_assembly", place=HOME).count() == 1
    )


def test_sent_twice_it_is_one_assembly(cast: Cast, enter: Enter) -> None:
    data = notice_data()
    client = enter("secretary")
    assert client.post(URL, data)["Location"] == client.post(URL, data)["Location"]
    assert Assembly.objects.count() == 1


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no body": ({"body": "parliament"}, "body"),
    "no questions": ({"questions": ("  ", "")}, "questions"),
    "too many questions": ({"questions": ["要不要修路"] * 21}, "questions"),
    "an endless question": ({"questions": ["修路", "长" * 201]}, "question-1-text"),
    "no title": ({"title": " "}, "title"),
    "an endless title": ({"title": "长" * 61}, "title"),
    "no venue": ({"venue": ""}, "venue"),
    "nobody due": ({"due": 0}, "due"),
    "a crowd due": ({"due": 100_001}, "due"),
    "a basis of nobody": ({"basis": "persons"}, "basis"),
    "a person is named": ({"questions": ["罢免罗测一"]}, "question-0-text"),
    "a person is in the title": ({"title": "罗测二家的事"}, "title"),
    "a phone number": ({"venue": "打13912345678"}, "venue"),
    "a notice by nobody": ({"given": (" ", "posted")}, "announced_by"),
    "a notice in no way": ({"given": ("罗测春", "drum")}, "announced_ways"),
    "long met without a notice": (
        {"body": "villagers_meeting", "meets_at": -1, "announced_on": None},
        "announced_on",
    ),
    "twenty delegates": ({"body": "collective_delegates", "due": 20}, "due"),
    "delegates without a woman": ({"body": "collective_delegates", "women": 0}, "women"),
    "more women than delegates": ({"body": "collective_delegates", "women": 31}, "women"),
    "delegates of nobody": ({"body": "collective_delegates", "households": None}, "households"),
    "a notice of tomorrow": ({"announced_on": 1}, "announced_on"),
    "before its notice": ({"meets_at": -1}, "meets_on"),
    "in two years": ({"meets_at": 700}, "meets_on"),
    "long ago": ({"meets_at": -2000, "announced_on": -2001}, "meets_on"),
}


def dated(changes: dict[str, Any]) -> dict[str, Any]:
    """Days given as numbers from today on; a notice of today by its giver and its ways."""
    made = dict(changes)
    if "given" in made:
        made["announcement"] = notice(None, *made.pop("given"))
    if made.get("announced_on") is not None:
        made["announced_on"] = clock.today() + timedelta(days=made["announced_on"])
    if "meets_at" in made:
        made["meets_at"] = in_days(made["meets_at"])
    return made


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_is_named_at_its_field(cast: Cast, kind: str) -> None:
    changes, field = WRONG[kind]
    with pytest.raises(Invalid) as refused:
        convene(cast, **dated(changes))
    assert set(refused.value.fields) == {field}
    assert not Assembly.objects.exists()


@pytest.mark.parametrize("body", ["villagers_meeting", "collective_members"])
def test_too_short_a_notice_is_refused_and_the_earliest_day_named(cast: Cast, body: str) -> None:
    with pytest.raises(Invalid) as refused:
        convene(cast, body=body, basis="adults", meets_at=in_days(9))
    assert set(refused.value.fields) == {"meets_on"}
    assert "5月23日" in str(refused.value.message) or "23" in str(refused.value.message)
    assert convene(cast, body=body, basis="adults", meets_at=in_days(10)).notice_days == 10


@pytest.mark.parametrize("body", ["group_meeting", "representatives", "party_members"])
def test_where_the_rule_names_no_time_it_may_meet_on_the_same_day(cast: Cast, body: str) -> None:
    assert convene(cast, body=body, meets_at=in_days(0, 20)).notice_days == 0


@pytest.mark.parametrize(
    "body", ["representatives", "collective_members", "collective_board", "party_members"]
)
def test_where_the_law_leaves_no_choice_persons_are_counted(cast: Cast, body: str) -> None:
    assert convene(cast, body=body, basis="households").basis == "persons"


def test_a_wrong_form_keeps_all_that_was_typed(cast: Cast, enter: Enter) -> None:
    answer = enter("secretary").post(URL, notice_data("第一条", due="0", title="写了半天"))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"due"}
    assert "写了半天" in page_text(answer)
    assert "第一条" in page_text(answer)


@pytest.mark.parametrize("code", [FAR, VILLAGE, "421221104202777", "abc"])
def test_only_hamlets_in_ones_charge(cast: Cast, enter: Enter, code: str) -> None:
    answer = enter("secretary").post(f"/assemblies/at/{code}/new/", notice_data())
    assert answer.status_code == 404
    assert enter("village_staff").get(f"/assemblies/at/{VILLAGE}/new/").status_code == 403


# --- changing and calling off ------------------------------------------------------------------


def change(cast: Cast, assembly: Assembly, **changes: Any) -> Assembly:
    names = ("body", "title", "venue", "meets_at", "basis", "due", "households", "women")
    old: dict[str, Any] = {name: getattr(assembly, name) for name in names}
    old["questions"] = tuple(assembly.motions.order_by("position").values_list("text", flat=True))
    old["announced_on"] = None
    return change_assembly(
        actor=cast.actor("secretary"), assembly=assembly, call=call(**old | changes)
    )


RESTED_ON = [
    {"venue": "祠堂"}, {"questions": ("修桥",)}, {"meets_at": 30}, {"due": 70},
    {"basis": "adults"}, {"body": "collective_members"}, {"body": "collective_members",
    "questions": (("修桥", "charter"),)},
]  # fmt: skip


@pytest.mark.parametrize("changes", RESTED_ON, ids=str)
def test_a_change_of_what_a_result_rests_on_is_a_new_notice_still_to_be_given(
    cast: Cast, changes: dict[str, Any]
) -> None:
    """With days of its own, from the day on which a person gives it; the old one stays."""
    assembly = convene(cast, body="villagers_meeting", meets_at=in_days(29))
    with later(days=5):
        changed = change(cast, assembly, **dated(changes))
        assert changed.waits_for_notice
        assert not changed.announced_ways
        with pytest.raises(Invalid) as refused:
            announce(cast, changed, clock.today() - timedelta(days=1))
        assert set(refused.value.fields) == {"announced_on"}
        changed = announce(cast, changed, clock.today())
        assert changed.announced_on == clock.today()
    before = changed.steps.get(step="change").notice_before
    assert (before["venue"], before["due"]) == ("晒谷场", 65)
    assert before["announced_on"] == clock.today()
    assert before["questions"] == [["每户出工三天修路", "plain"]]


def announce(cast: Cast, assembly: Assembly, day: Any, *ways: str) -> Assembly:
    return announce_assembly(
        actor=cast.actor("secretary"), assembly=assembly, announcement=notice(day, "罗测春", *ways)
    )


def test_the_notice_before_stays_to_be_read(cast: Cast, enter: Enter) -> None:
    assembly = change(cast, convene(cast), venue="老祠堂")
    page = page_text(enter("secretary").get(f"/assemblies/{assembly.pk}/"))
    assert "晒谷场" in page
    assert "老祠堂" in page


def test_another_title_is_no_new_notice(cast: Cast) -> None:
    assembly = convene(cast, body="villagers_meeting", meets_at=in_days(10))
    with later(days=5):
        changed = change(cast, assembly, title="修路的事")
    assert (changed.title, changed.notice_days) == ("修路的事", 10)
    assert not changed.steps.get(step="change").replaced


# --- the notice is what a person gave -----------------------------------------------------------


def test_nothing_says_that_notice_was_given_before_a_person_recorded_it(
    cast: Cast, enter: Enter
) -> None:
    client = enter("secretary")
    empty = {"announced_on": "", "announced_ways": []}
    client.post(URL, notice_data(body="villagers_meeting", **empty,
                                 meets_on=in_days(11).date().isoformat()))  # fmt: skip
    assembly = Assembly.objects.get()
    assert assembly.waits_for_notice
    assert assembly.notice_days is None
    assert [one.step for one in assembly.steps.all()] == ["convene"]
    url = f"/assemblies/{assembly.pk}/announced/"
    assert url in page_text(client.get(f"/assemblies/{assembly.pk}/"))
    sent = {"version": "1", "announced_on": clock.today().isoformat(), "announced_by": "罗会计",
            "announced_ways": ["called", "wechat"]}  # fmt: skip
    assert client.post(url, sent).status_code == 302
    assembly.refresh_from_db()
    assert (assembly.announced_by, assembly.notice_days) == ("罗会计", 11)
    page = page_text(client.get(f"/assemblies/{assembly.pk}/"))
    for said in ("罗会计", *map(str, assembly.announced_how)):
        assert said in page


def test_a_notice_too_late_is_refused_while_the_day_can_still_move(cast: Cast) -> None:
    assembly = convene(cast, body="villagers_meeting", meets_at=in_days(10), announced_on=None)
    with later(days=1), pytest.raises(Invalid) as refused:
        announce(cast, assembly, clock.today())
    assert set(refused.value.fields) == {"announced_on"}


def test_a_late_notice_recorded_after_the_meeting_is_told_as_it_was(cast: Cast) -> None:
    """It can no longer be mended: it is recorded, and the vote does not count."""
    assembly = convene(cast, body="villagers_meeting", meets_at=in_days(10), announced_on=None)
    with later(days=11):
        late = announce(cast, assembly, clock.today() - timedelta(days=5))
        assert late.notice_days == 4
        with pytest.raises(Conflict):
            announce(cast, late, clock.today() - timedelta(days=9))


def test_no_notice_of_the_day_after_the_meeting(cast: Cast) -> None:
    assembly = convene(cast, meets_at=in_days(1), announced_on=None)
    with later(days=3), pytest.raises(Invalid) as refused:
        announce(cast, assembly, clock.today())
    assert set(refused.value.fields) == {"announced_on"}


def test_the_day_of_a_notice_is_put_right_before_the_meeting(cast: Cast) -> None:
    assembly = convene(cast, meets_at=in_days(5))
    changed = announce(cast, assembly, clock.today() - timedelta(days=2), "loudspeaker")
    assert (changed.notice_days, changed.announced_ways) == (7, ["loudspeaker"])
    replaced = changed.steps.order_by("-pk")[0].replaced
    assert replaced["announced_on"] == clock.today().isoformat()


def test_who_held_a_meeting_without_any_notice_can_say_so(cast: Cast) -> None:
    assert convene(cast, meets_at=in_days(-1), announced_on=None).notice_days is None


# --- who decides what ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.PLAIN}))
def test_delegates_do_not_decide_what_is_for_the_members_meeting(cast: Cast, kind: str) -> None:
    asked = ("修路", ("怎么办", kind))
    with pytest.raises(Invalid) as refused:
        convene(cast, body="collective_delegates", questions=asked)
    assert set(refused.value.fields) == {"question-1-kind"}
    assert str(BODIES["collective_members"].source) in str(refused.value.message)
    assert convene(cast, body="collective_members", questions=asked, due=60).pk


def test_the_form_says_at_the_question_what_delegates_may_not_decide(
    cast: Cast, enter: Enter
) -> None:
    sent = notice_data(
        "修路", ("改章程", "charter"), body="collective_delegates", due="30", households="300",
        women="8", meets_on=in_days(20).date().isoformat(),
    )  # fmt: skip
    answer = enter("secretary").post(URL, sent)
    assert answer.status_code == 422
    assert "kind" in answer.context["form"].questions.forms[1].errors
    assert "改章程" in page_text(answer)


@pytest.mark.parametrize(("households", "usual"), [(149, False), (150, True), (450, True),
                                                   (451, False)])  # fmt: skip
def test_delegates_of_few_or_many_households_are_only_warned_of(
    cast: Cast, enter: Enter, households: int, usual: bool
) -> None:
    assembly = convene(cast, body="collective_delegates", households=households)
    page = enter("secretary").get(f"/assemblies/{assembly.pk}/")
    assert page.context["usual_delegation"] is usual


def test_only_of_delegates_is_kept_who_chose_them(cast: Cast) -> None:
    assembly = convene(cast, households=300, women=9)
    assert (assembly.households, assembly.women) == (None, None)


# --- what a notice begins with ------------------------------------------------------------------


def test_due_and_place_are_proposed(cast: Cast, enter: Enter) -> None:
    from genxu.organisation.branches.tests.factories import founded

    founded(cast, full=5)
    hold_talk(cast, venue="老樟树下")
    form = enter("secretary").get(URL).context["form"]
    assert (form.initial["due"], form.initial["venue"]) == (4, "老樟树下")
    convene(cast, body="representatives", due=31, venue="村部")
    found = proposals(cast.home)
    assert {key: one.due for key, one in found.items()} == {
        ("villagers_meeting", "households"): 6, ("group_meeting", "households"): 4,
        ("representatives", "persons"): 31, ("party_members", "persons"): 5,
    }  # fmt: skip
    page = enter("secretary").get(URL)
    assert page.context["form"].initial["venue"] == "村部"
    assert json.loads(page.context["proposed"])["representatives persons"] == 31


def test_a_change_that_comes_too_late_for_its_notice_is_refused(cast: Cast) -> None:
    assembly = convene(cast, body="villagers_meeting", meets_at=in_days(10))
    with later(days=5), pytest.raises(Invalid) as refused:
        change(cast, assembly, venue="祠堂")
    assert set(refused.value.fields) == {"meets_on"}
    assembly.refresh_from_db()
    assert assembly.venue == "晒谷场"


@pytest.mark.parametrize("changes", [*RESTED_ON, {"title": "别的事"}], ids=str)
def test_nothing_that_a_result_rests_on_changes_once_it_has_begun(
    cast: Cast, changes: dict[str, Any]
) -> None:
    assembly = begun(cast)
    with pytest.raises(Conflict):
        change(cast, assembly, **dated(changes))
    with pytest.raises(Conflict):
        announce(cast, assembly, clock.today() - timedelta(days=30))


def test_it_is_called_off_with_a_reason(cast: Cast, enter: Enter) -> None:
    assembly = convene(cast)
    url = f"/assemblies/{assembly.pk}/cancel/"
    client = enter("secretary")
    assert client.post(url, {"words": " ", "version": "1"}).status_code == 422
    assert client.post(url, {"words": "下大雨", "version": "1"}).status_code == 302
    assembly.refresh_from_db()
    assert assembly.state == "cancelled"
    assert assembly.steps.order_by("-pk")[0].words == "下大雨"


@pytest.mark.parametrize("step", [cancel_assembly, change_assembly], ids=lambda s: s.name)
def test_what_was_held_stays(cast: Cast, step: Any) -> None:
    assembly = held(cast)
    more = {"words": "算了"} if step is cancel_assembly else {"call": call()}
    with pytest.raises(Conflict):
        step(actor=cast.actor("secretary"), assembly=assembly, **more)


def test_two_who_change_it_at_once_do_not_overwrite_each_other(cast: Cast, enter: Enter) -> None:
    """What was typed stays; sent again it rests on what is there now."""
    assembly = convene(cast)
    change(cast, assembly, due=70)
    assert assembly.version == 1
    url = f"/assemblies/{assembly.pk}/cancel/"
    client = enter("village_staff")
    answer = client.post(url, {"words": "下大雨不开了", "version": "1"})
    assert answer.status_code == 409
    assert "下大雨不开了" in page_text(answer)
    assembly.refresh_from_db()
    assert assembly.state == "convened"
    again = {name: answer.context["form"][name].value() for name in ("words", "version")}
    assert client.post(url, again).status_code == 302


def test_the_page_of_a_step_that_does_not_fit_leads_back(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    for assembly, pages in (
        (held(cast), ("change/", "cancel/", "questions/1/correct/")),
        (convene(cast), ("questions/1/",)),
    ):
        for page in pages:
            answer = client.get(f"/assemblies/{assembly.pk}/{page}")
            assert answer.status_code == 302, page
            assert answer["Location"] == f"/assemblies/{assembly.pk}/"


def test_one_more_question_without_javascript_loses_nothing(cast: Cast, enter: Enter) -> None:
    client = enter("secretary")
    assembly = convene(cast)
    changed = {"version": str(assembly.version)}
    for url, more in ((URL, {}), (f"/assemblies/{assembly.pk}/change/", changed)):
        sent = notice_data("修路", title="", one_more="question", **more)
        page = client.post(url, sent)
        assert page.status_code == 200
        assert len(page.context["form"].questions.forms) == 2
        text = page.content.decode()
        assert "修路" in text
        assert "field-error" not in text, "nobody has said yet that it is finished"
        assert 'name="one_more" value="question"' in text
    assert Assembly.objects.get() == assembly
