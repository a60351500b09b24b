"""Convening, changing, calling off: who may, what is refused, and what a change does."""

from datetime import timedelta
from typing import Any

import pytest

from genxu.core import clock
from genxu.core.errors import Conflict, Denied, Invalid
from genxu.core.models import JournalEntry
from genxu.organisation.assemblies import rules
from genxu.organisation.assemblies.actions import (
    cancel_assembly,
    change_assembly,
    convene_assembly,
)
from genxu.organisation.assemblies.models import Assembly
from tests.cast import FAR, HOME, VILLAGE, Cast, Enter, later
from tests.doing import page_text, who_may

from .examples import notice_data
from .factories import begun, call, convene, held, in_days

URL = f"/assemblies/at/{HOME}/new/"
STEERING = [
    rules.change_assembly, rules.cancel_assembly, rules.record_attendance, rules.tally_motion,
    rules.correct_tally,
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
    answer = enter("secretary").post(URL, notice_data(questions="修路\n\n  每户出工三天  \n"))
    assert answer.status_code == 302
    assembly = Assembly.objects.get()
    assert answer["Location"] == f"/assemblies/{assembly.pk}/"
    assert list(assembly.motions.values_list("position", "text")) == [
        (1, "修路"),
        (2, "每户出工三天"),
    ]
    assert (assembly.state, assembly.due, assembly.convened_by) == ("convened", 65, cast.secretary)
    assert assembly.steps.get().step == "convene"
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
    "an endless question": ({"questions": ["长" * 201]}, "questions"),
    "no title": ({"title": " "}, "title"),
    "an endless title": ({"title": "长" * 61}, "title"),
    "no venue": ({"venue": ""}, "venue"),
    "nobody due": ({"due": 0}, "due"),
    "a crowd due": ({"due": 100_001}, "due"),
    "a basis of nobody": ({"basis": "persons"}, "basis"),
    "a person is named": ({"questions": ["罢免罗测一"]}, "questions"),
    "a person is in the title": ({"title": "罗测二家的事"}, "title"),
    "a phone number": ({"venue": "打13912345678"}, "venue"),
    "a notice of tomorrow": ({"announced_on": 1}, "announced_on"),
    "before its notice": ({"meets_at": -1}, "meets_on"),
    "in two years": ({"meets_at": 700}, "meets_on"),
    "long ago": ({"meets_at": -2000, "announced_on": -2001}, "meets_on"),
}


def dated(changes: dict[str, Any]) -> dict[str, Any]:
    """Days given as numbers from today on."""
    made = dict(changes)
    if "announced_on" in made:
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
    answer = enter("secretary").post(
        URL, notice_data(due="0", title="写了半天", questions="第一条")
    )
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
    old = {name: getattr(assembly, name) for name in ("body", "title", "venue", "meets_at",
           "announced_on", "basis", "due")}  # fmt: skip
    old["questions"] = tuple(assembly.motions.order_by("position").values_list("text", flat=True))
    return change_assembly(
        actor=cast.actor("secretary"), assembly=assembly, call=call(**old | changes)
    )


@pytest.mark.parametrize(
    "changes", [{"venue": "祠堂"}, {"questions": ("修桥",)}, {"meets_at": 30}], ids=str
)
def test_what_was_announced_is_announced_anew(cast: Cast, changes: dict[str, Any]) -> None:
    assembly = convene(cast, body="villagers_meeting", meets_at=in_days(29))
    with later(days=5):
        changed = change(cast, assembly, **dated(changes))
        assert changed.announced_on == clock.today()
    assert [m.text for m in changed.motions.all()] == list(
        changes.get("questions", ["每户出工三天修路"])
    )


def test_another_number_due_is_no_new_notice(cast: Cast) -> None:
    assembly = convene(cast, body="villagers_meeting", meets_at=in_days(10))
    with later(days=5):
        changed = change(cast, assembly, due=70, title="修路的事")
    assert (changed.due, changed.title, changed.notice_days) == (70, "修路的事", 10)


def test_a_change_that_comes_too_late_for_its_notice_is_refused(cast: Cast) -> None:
    assembly = convene(cast, body="villagers_meeting", meets_at=in_days(10))
    with later(days=5), pytest.raises(Invalid) as refused:
        change(cast, assembly, venue="祠堂")
    assert set(refused.value.fields) == {"meets_on"}
    assembly.refresh_from_db()
    assert assembly.venue == "晒谷场"


def test_the_questions_do_not_change_once_it_has_begun(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        change(cast, begun(cast), questions=("分掉集体的钱",))
    assert set(refused.value.fields) == {"questions"}


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
