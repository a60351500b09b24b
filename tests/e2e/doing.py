"""What people do again and again on the pages: recording a talk, taking a step of a matter."""

import io
import re
from datetime import datetime
from typing import Any

from django.test import override_settings
from PIL import Image

from genxu.config.settings import demo
from genxu.core.codes import PURPOSE
from genxu.core.keys import unseal
from tests.cast import CST

from .visitor import Visitor

LUO = "421221104202001"
DAI = "421222106208001"
LIANG = "421221102210001"
ZHU = "421202101225001"
SIX = "421221107204001"
LU = "421223106211001"
FACTS = {"topic": "路灯和水沟", "head_count": "23", "venue": "晒谷场"}


def picture(name: str = "night.png") -> dict[str, Any]:
    """A small true picture, ready for a file field."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "#335544").save(out, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": out.getvalue()}


def fill(visitor: Visitor, form: Any, **values: str) -> None:
    """Fill fields by their names, whatever sort they are; ``__`` in a name stands for ``-``."""
    for key, value in values.items():
        name = key.replace("__", "-")
        field = form.locator(f'[name="{name}"]').first
        if field.get_attribute("type") == "radio":
            visitor.choose(form, name, value)
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def new_talk(hamlet: str) -> str:
    """The screen on which a talk is recorded, whether or not one of the house's own day, which is
    not that of the tests, stands already."""
    return f"/talks/at/{hamlet}/new/?another={datetime.now(CST).date()}"


def record_form(visitor: Visitor) -> Any:
    return visitor.page.locator("form[data-draft-key]")


def add_suggestion(visitor: Visitor, n: int) -> None:
    """Another card; the first one is there already."""
    if n:
        visitor.press(visitor.page.locator("[data-repeat-add]"))
        visitor.page.locator(f'[name="said-{n}-text"]').wait_for()


def save(visitor: Visitor) -> None:
    visitor.press(visitor.page.locator(".save-bar button"))


def record(visitor: Visitor, hamlet: str, *said: dict[str, str], **facts: str) -> int:
    """Record a talk on its screen; its number in the records."""
    visitor.go(new_talk(hamlet))
    form = record_form(visitor)
    fill(visitor, form, **(FACTS | facts))
    for n, one in enumerate(said):
        add_suggestion(visitor, n)
        fill(visitor, form, **{f"said-{n}-{name}": value for name, value in one.items()})
    save(visitor)
    return saved_talk(visitor)


def saved_talk(visitor: Visitor) -> int:
    """The number of the talk on whose page she is now."""
    visitor.at(r"/talks/\d+/")
    found = re.search(r"/talks/(\d+)/", visitor.page.url)
    assert found
    return int(found[1])


def matter_of(visitor: Visitor, talk: int, position: int = 1) -> int:
    """The matter that came of the suggestion in this position."""
    return int(visitor.house.records.one(
        "SELECT v.matter_id FROM matters_voice v JOIN talks_raised r USING (suggestion_id)"
        " WHERE r.talk_id = ? AND r.position = ?", talk, position,
    ))  # fmt: skip


def code_in(sealed: str) -> str:
    """The code of a slip, out of its row; with the key of the demonstration."""
    with override_settings(SECRET_KEY=demo.SECRET_KEY):
        return unseal(PURPOSE, sealed)


def receipt_of(visitor: Visitor, matter: int) -> str:
    """The code of the first receipt behind a matter."""
    (sealed,) = visitor.house.records.rows(
        "SELECT s.code_sealed FROM matters_suggestion s"
        " JOIN matters_voice v ON v.suggestion_id = s.id"
        " WHERE v.matter_id = ? ORDER BY s.id", matter,
    )[0]  # fmt: skip
    return code_in(sealed)


def print_receipts(visitor: Visitor, talk: int) -> None:
    """With one tap on the page of the talk."""
    visitor.go(f"/talks/{talk}/")
    visitor.press(visitor.page.locator(f'form[action="/talks/{talk}/receipts/"] button'))
    visitor.page.locator("article.slip").first.wait_for()


def state_of(visitor: Visitor, matter: int) -> str:
    return str(visitor.house.records.one("SELECT state FROM matters_matter WHERE id = ?", matter))


def raise_matter(visitor: Visitor, hamlet: str, text: str, tier: str = "", who: str = "") -> int:
    """A talk with one suggestion taken up; its matter."""
    said = {"text": text, "who": who}
    talk = record(visitor, hamlet, said | ({"tier": tier} if tier else {}))
    return matter_of(visitor, talk)


def step_form(visitor: Visitor, matter: int, step: str) -> Any:
    """The form of a step: on the matter's page if it comes next, else behind its link."""
    address = f"/matters/{matter}/{step}/"
    if not re.search(rf"/matters/{matter}/$", visitor.page.url):
        visitor.go(f"/matters/{matter}/")
    form = visitor.page.locator(f'form[action="{address}"]')
    if form.count() == 0:
        visitor.press(visitor.page.locator(f'a[href="{address}"]'))
        visitor.at(address)
    return form


def take(visitor: Visitor, matter: int, step: str, **values: str) -> None:
    """Take a step on the pages and wait until the matter, or home, is shown again."""
    form = step_form(visitor, matter, step)
    fill(visitor, form, **values)
    visitor.press(form.locator(".form-acts button"))
    visitor.page.locator(".notice-good").wait_for()


def bring_to_done(visitor: Visitor, matter: int, tier: str = "common") -> None:
    """From registered to done, all by the secretary; the way there is told elsewhere."""
    if state_of(visitor, matter) == "registered":
        take(visitor, matter, "triage", tier=tier)
    take(visitor, matter, "assign", assignee_name="村湾理事会")
    take(visitor, matter, "start")
    take(visitor, matter, "finish", words="换了两盏灯，试亮了三晚")
