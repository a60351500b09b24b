"""An appraisal from the first own word to the township's answer: each gives his own before he reads
another's, papers are counted, the branch gives its reasons, and who does not agree appeals."""

from typing import Any

from playwright.sync_api import expect

from .doing import LUO, SIX, fill
from .looking import look
from .roots import send
from .visitor import Visitor

TOWNSHIP = LUO[:9]
NUMBER = "13900000555"


def on_roll(one: Visitor) -> list[tuple[int, int, str]]:
    """The members of the branch in the order of the roll: key, organisation, name."""
    return one.house.records.rows(  # type: ignore[return-value]
        "SELECT id, organisation_id, name FROM branches_member"
        " WHERE hamlet_id = ? AND left_on IS NULL ORDER BY id", LUO,
    )  # fmt: skip


def part_of(one: Visitor, name: str) -> int:
    """The part of somebody in the latest appraisal."""
    return int(one.house.records.one(
        "SELECT MAX(e.id) FROM appraisals_entry e JOIN branches_member m ON m.id = e.member_id"
        " WHERE m.name = ?", name,
    ))  # fmt: skip


def sign_in_as(one: Visitor, name: str) -> None:
    account = one.house.records.one("SELECT id FROM people_account WHERE name = ?", name)
    one.context.request.get("/sign-in/")
    one.post("/demo/enter/", account=account)
    one.role = "member"


def give_number(one: Visitor, member: int, organisation: int) -> None:
    """From now on this member signs in himself."""
    one.go(f"/organisations/{organisation}/members/{member}/")
    form = one.page.locator("main form").first
    fill(one, form, phone=NUMBER)
    one.press(form.locator("label.check"))
    send(one, form)


def write(one: Visitor, entry: int, step: str, **values: str) -> None:
    """A step of somebody's part: what comes next stands on the page itself."""
    one.go(f"/appraised/{entry}/")
    form = one.page.locator(f'form[action="/appraised/{entry}/{step}/"]')
    fill(one, form, **values)
    look(one)
    send(one, form)


def go_on(one: Visitor, appraisal: int, step: str) -> None:
    one.go(f"/appraisals/{appraisal}/")
    look(one)
    send(one, one.page.locator(f'form[action="/appraisals/{appraisal}/{step}/"]'))


def count_papers(one: Visitor, appraisal: int, names: list[str]) -> None:
    """More marks than papers are refused at the member, and nothing typed is lost."""
    one.go(f"/appraisals/{appraisal}/")
    one.press(one.page.locator(".page-act .btn-act"))
    one.at(f"/appraisals/{appraisal}/poll/")
    look(one)
    form = one.page.locator("main form")
    fill(one, form, present="5")
    for name in names:
        fill(one, form, **{f"poll_{part_of(one, name)}_qualified": "6"})
    one.press(form.locator(".btn-act"))
    expect(one.page.locator(".field-error").first).to_contain_text(names[0])
    form = one.page.locator("main form")
    for name in names:
        field = f"poll_{part_of(one, name)}_qualified"
        assert form.locator(f"[name={field}]").input_value() == "6"
        fill(one, form, **{field: "4"})
    send(one, form)


def give_opinion(one: Visitor, appraisal: int, names: list[str]) -> None:
    one.go(f"/appraisals/{appraisal}/judge/")
    look(one)
    form = one.page.locator("main form")
    for name in names:
        key = part_of(one, name)
        fill(one, form, **{f"grade_{key}": "qualified", f"reason_{key}": "湾里的事肯出力"})
    send(one, form)


def test_from_own_words_to_the_answer_of_the_township(invite: Any) -> None:
    secretary = invite("phone", "secretary", LUO)
    (_head, organisation, head), (_first, _o, first), (key, _o2, second) = on_roll(secretary)[:3]
    give_number(secretary, key, organisation)
    secretary.go(f"/appraisals/at/{LUO}/new/")
    look(secretary)
    secretary.press(secretary.page.locator("main form .btn-act"))
    secretary.at(r"/appraisals/\d+/")
    appraisal = int(secretary.page.url.rstrip("/").rpartition("/")[2])

    member, other = invite("phone", "member", LUO), invite("phone")
    sign_in_as(other, second)
    member.go("/home/")
    member.press(member.page.locator("main a[href^='/appraised/']").first)
    member.at(r"/appraised/\d+/")
    assert member.page.locator("nav.crumbs a[href='/appraisals/']").count() == 0  # not his list
    write(member, part_of(member, first), "own", own="修了三盏路灯，学习少了些")
    write(other, part_of(other, second), "own", own="帮六户代办了认证，脾气急")
    assert member.go(f"/appraised/{part_of(member, second)}/").status == 404
    go_on(secretary, appraisal, "go-on")

    write(other, part_of(other, second), "say",
          of=str(part_of(other, head)), words="事事跑在前面")  # fmt: skip
    member.go(f"/appraised/{part_of(member, first)}/")
    assert "事事跑在前面" not in member.page.content()
    write(member, part_of(member, first), "say",
          of=str(part_of(member, head)), words="说话算数")  # fmt: skip
    member.go(f"/appraised/{part_of(member, first)}/")
    assert "事事跑在前面" in member.page.content()

    names = [name for _key, _organisation, name in on_roll(secretary)]
    count_papers(secretary, appraisal, names)
    give_opinion(secretary, appraisal, names)
    go_on(secretary, appraisal, "tell")
    secretary.go(f"/appraisals/{appraisal}/")
    look(secretary)
    he_appeals(member, part_of(member, first))
    the_township_answers(invite, appraisal)
    member.go("/my/appraisals/")
    look(member)
    member.press(member.page.locator("main a.row-item").first)
    expect(member.page.locator("#grade-title")).to_have_text("优秀")


def he_appeals(member: Visitor, entry: int) -> None:
    member.go(f"/appraised/{entry}/")
    expect(member.page.locator("#grade-title")).to_have_text("合格")
    look(member)
    member.press(member.page.locator(f'a[href="/appraised/{entry}/appeal/"]'))
    member.at(f"/appraised/{entry}/appeal/")
    look(member)
    form = member.page.locator("main form")
    fill(member, form, why="六个晚上守堤没有算进去")
    send(member, form)


def the_township_answers(invite: Any, appraisal: int) -> None:
    township = invite("desk", "township_staff", TOWNSHIP)
    township.go("/home/")
    township.press(township.page.locator("main a[href^='/appeals/']").first)
    township.at(r"/appeals/\d+/")
    look(township)
    form = township.page.locator("main form").first
    assert form.locator("input[name=grade]:checked").count() == 0  # nothing is chosen for her
    assert form.locator("input[name=grade][value=qualified]").count() == 0
    fill(township, form, grade="excellent", words="守堤六夜，补记")
    send(township, form)
    township.go(f"/appraisals/{appraisal}/")
    look(township)


def test_papers_are_counted_without_a_script(invite: Any) -> None:
    """The pages with fields for each member need none."""
    one = invite("phone", "secretary", SIX, java_script_enabled=False)
    one.go(f"/appraisals/at/{SIX}/new/")
    one.press(one.page.locator("main form .btn-act"))
    one.at(r"/appraisals/\d+/")
    address = one.page.url.removeprefix(one.house.base)
    send(one, one.page.locator(f'form[action="{address}go-on/"]'))
    one.go(f"{address}poll/")
    form = one.page.locator("main form")
    fill(one, form, present="3")
    send(one, form)
    assert "纸票数过了" in one.page.content()
