"""What it costs in taps, counted where each is made: a talk with three suggestions, from the
secretary's home until it is saved; and a matter from signing in until who raised it has closed it.

A tap is a click or a touch. Typing is free in the field that has the focus; to get to another one
is a tap, and a choice in a list is two.
"""

import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

import pytest

from .doing import matter_of, saved_talk, state_of
from .house import House
from .looking import look
from .visitor import Visitor

VILLAGE = "421221104202"
PASSWORD = "genxu-demo"
HAS_FOCUS = "field => field === document.activeElement"


@dataclass
class Taps:
    """Every tap of a story, by whomever, with what it was for."""

    made: list[str] = field(default_factory=list)

    def on(self, one: Visitor, target: Any, what: str) -> None:
        self.made.append(what)
        one.press(target)

    def write(self, one: Visitor, target: Any, text: str, what: str) -> None:
        """In the field that has the focus at once; into another one by a tap."""
        if not target.evaluate(HAS_FOCUS):
            self.on(one, target, what)
        assert target.evaluate(HAS_FOCUS), f"{what}: the field has no focus"
        one.page.keyboard.insert_text(text)

    def choose(self, one: Visitor, form: Any, name: str, value: str, what: str) -> None:
        self.made.append(what)
        one.choose(form, name, value)

    def __str__(self) -> str:
        return f"{len(self.made)} taps: {', '.join(self.made)}"

    def __len__(self) -> int:
        return len(self.made)


QUIET = """
import django; django.setup()
from datetime import timedelta
from genxu.core import clock
from genxu.core.access import system
from genxu.institutions.talks.actions import Gathering, record_talk
from genxu.people.actions import grant_role, open_account
from genxu.people.household_intake import register_households
from genxu.people.roles import Role
from genxu.people.rows import HouseholdRow
from genxu.regions.actions import add_hamlet
from genxu.regions.queries import place_of

operator = system("operator")
for n in (1, 2):
    place = add_hamlet(actor=operator, village=place_of(VILLAGE), name=f"数点湾{n}")
    rows = [HouseholdRow(place.code, None, "罗数点", "", 4)]
    register_households(actor=operator, place=place, rows=rows, count=1, hamlets=[place.code])
    phone, name = f"1541000000{n}", "罗点数"
    account = open_account(actor=operator, phone=phone, name=name, password=PASSWORD)
    grant_role(actor=operator, account=account, role=Role.SECRETARY, place=place)
    earlier = Gathering(clock.today() - timedelta(days=15), "晒谷场", "栽树", 31, name, name)
    record_talk(actor=account.actor(), hamlet=place, gathering=earlier, said=[])
    print(place.code, phone)
"""


@pytest.fixture(scope="module")
def hamlets(house: House) -> list[list[str]]:
    """Hamlets that held a talk two weeks ago and none today, each with a household, and the number
    of its secretary: what the other stories record today costs no tap here."""
    settings = {"DJANGO_SETTINGS_MODULE": "genxu.config.settings.demo"}
    given = f"{VILLAGE=}\n{PASSWORD=}\n".replace("'", '"')
    made = subprocess.run(
        [sys.executable, "-c", given + QUIET], env=house.environment | settings,
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [line.split() for line in made.stdout.splitlines()]


def at_the_form(one: Visitor, code: str, taps: Taps) -> Any:
    """From home to the screen on which a talk is recorded."""
    taps.on(one, one.page.locator(f'main a[href="/talks/at/{code}/new/"]').first, "记一场夜话")
    one.at(f"/talks/at/{code}/new/")
    return one.page.locator("form[data-draft-key]")


def one_more(one: Visitor, taps: Taps) -> None:
    taps.on(one, one.page.locator("[data-repeat-add]"), "再加一条")


def save(one: Visitor, taps: Taps) -> int:
    taps.on(one, one.page.locator(".save-bar button"), "保存")
    return saved_talk(one)


def withdraw(one: Visitor, talk: int) -> None:
    """So that another one of the same evening can be counted; no part of what is counted."""
    one.go(f"/talks/{talk}/withdraw/")
    one.page.locator("main form [name=words]").fill("重新数一遍")
    one.press(one.page.locator("main form .form-acts button"))
    one.page.locator(".notice-good").wait_for()


def test_a_talk_with_three_suggestions_in_few_taps(invite: Any, hamlets: list[list[str]]) -> None:
    code, _phone = hamlets[0]
    one = invite("phone", "secretary", code)
    one.go("/home/")
    bare = Taps()
    form = at_the_form(one, code, bare)
    for n, text in enumerate(("晒谷场的路灯坏了", "水沟堵了", "想学修剪果树")):
        if n:
            one_more(one, bare)
        bare.write(one, form.locator(f"[name=said-{n}-text]"), text, f"第{n + 1}条")
    talk = save(one, bare)
    assert one.page.locator("article.said").count() == 3
    assert len(bare) <= 7, bare

    withdraw(one, talk)
    one.go("/home/")
    whole = Taps()
    form = at_the_form(one, code, whole)
    whole.write(one, form.locator("[name=topic]"), "路灯、水沟和果树", "议题")
    whole.write(one, form.locator("[name=head_count]"), "23", "人数")
    said = [("晒谷场的路灯坏了", "1号", "common"), ("屋后的水沟堵了", "罗三婶", "personal"),
            ("想学修剪果树", "罗老满", "")]  # fmt: skip
    for n, (text, who, tier) in enumerate(said):
        if n:
            one_more(one, whole)
        whole.write(one, form.locator(f"[name=said-{n}-text]"), text, f"第{n + 1}条")
        whole.write(one, form.locator(f"[name=said-{n}-who]"), who, "谁提的")
        if tier:
            whole.choose(one, form, f"said-{n}-tier", tier, "归谁办")
        else:
            whole.choose(one, form, f"said-{n}-response", "answered", "当场答复")
            reply = form.locator(f"[name=said-{n}-reply]")
            whole.write(one, reply, "农技站周五来湾里教", "答复")
    look(one)  # all that the form can show is open
    talk = save(one, whole)
    look(one)
    told = one.page.locator("main").inner_text()
    assert "罗数点" in told, "the household was not found by its number"
    assert "农技站周五来湾里教" in told
    assert state_of(one, matter_of(one, talk, 2)) == "triaged"
    assert len(whole) <= 15, whole


def sign_in(one: Visitor, phone: str, taps: Taps) -> None:
    one.go("/sign-in/")
    form = one.page.locator("form:has(input[name=password])")
    taps.write(one, form.locator("[name=login]"), phone, "号码")
    taps.write(one, form.locator("[name=password]"), PASSWORD, "密码")
    taps.on(one, form.locator("button"), "登录")
    one.at("/home/")


def test_from_signing_in_to_closed_in_few_taps(invite: Any, hamlets: list[list[str]]) -> None:
    code, phone = hamlets[1]
    taps = Taps()
    one = invite("phone")
    sign_in(one, phone, taps)
    form = at_the_form(one, code, taps)
    taps.write(one, form.locator("[name=said-0-text]"), "晒谷场的路灯坏了", "第1条")
    taps.choose(one, form, "said-0-tier", "common", "归谁办")
    talk = save(one, taps)
    matter = matter_of(one, talk)
    taps.on(one, one.page.locator(f'form[action="/talks/{talk}/receipts/"] button'), "印回执")
    slip = one.page.locator("article.slip .code-big").first.inner_text()
    look(one)
    taps.on(one, one.page.locator(f'main a[href="/talks/{talk}/"]').first, "回到夜话")
    taps.on(one, one.page.locator(f'main a[href="/matters/{matter}/"]').first, "这件事")
    one.at(f"/matters/{matter}/")
    page = one.page
    look(one)
    taps.on(one, page.locator(f'form[action="/matters/{matter}/take-on/"] button'), "我来办")
    page.locator(".notice-good").wait_for()
    form = page.locator(f'form[action="/matters/{matter}/finish/"]')
    taps.write(one, form.locator("[name=words]"), "换了两盏灯，试亮了三晚", "怎么办的")
    taps.on(one, form.locator(".form-acts button"), "报办结")
    page.locator(".notice-good").wait_for()

    resident = invite("phone")
    resident.go("/")
    form = resident.page.locator('form[action="/r/"]')
    taps.write(resident, form.locator("[name=code]"), slip, "编号")
    taps.on(resident, form.locator("button"), "看回执")
    resident.at(r"/my/receipt/\d+/")
    look(resident)
    good = resident.page.locator("button[name=answer][value=satisfied]")
    taps.on(resident, good, "满意")
    resident.page.locator(".shell-messages .notice").wait_for()
    look(resident)
    assert state_of(one, matter) == "closed"
    assert len(taps) <= 16, taps
    assert re.search("满意$", str(taps)), "her own tap is the last"
