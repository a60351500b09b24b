"""What people do in production: hold a talk, ask for a job."""

import io
import re
from typing import Any
from uuid import uuid4

from PIL import Image

from .site import HAMLET, wait_until
from .visitor import HIDDEN, Answer, Visitor

TALK: dict[str, Any] = {
    "held_on": "2026-11-20", "another": "2026-11-20", "venue": "晒谷场", "topic": "村湾道路",
    "head_count": "23", "host": "罗测兰", "recorder": "罗测兰",
    "said-TOTAL_FORMS": "1", "said-INITIAL_FORMS": "0", "said-MIN_NUM_FORMS": "0",
    "said-MAX_NUM_FORMS": "40", "said-0-text": "晒谷场边的路灯坏了",
    "said-0-response": "taken_up", "said-0-tier": "common",
}  # fmt: skip
RECORD = f"/talks/at/{HAMLET}/new/?another=1"


def picture() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((600, 400), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def record_talk(who: Visitor, *, photo: bool = False, **changes: Any) -> Answer:
    """Open the page, fill it in, send it."""
    page = who.get(RECORD)
    assert page.status == 200, page.text
    values = TALK | {"client_id": str(uuid4())} | changes
    files = {"photos": ("a.jpg", picture())} if photo else {}
    return who.post(RECORD, files, **values)


def bring_register(who: Visitor, rows: int) -> str:
    """Upload a register of so many households, match its columns; the address of the import."""
    lines = ["户主姓名,电话,人口数"]
    names = (chr(0x4E00 + n % 5000) + chr(0x5200 + n // 5000) for n in range(rows))
    lines += [f"罗{name},,{n % 7 + 1}" for n, name in enumerate(names)]
    who.get(f"/imports/new/?kind=households&place={HAMLET}")
    sent = {**who.hidden(), "kind": "households", "place": HAMLET}
    made = who.post("/imports/new/", {"file": ("a.csv", "\n".join(lines).encode())}, **sent)
    assert made.status == 302, made.text
    address = made.headers["location"]
    who.get(address)
    matched = who.post(f"{address}match/", **chosen(who.page))
    assert matched.status == 302, matched.text
    return address


def chosen(page: str) -> dict[str, str]:
    """What the form of the page sends as it stands: hidden fields and chosen options."""
    form = page[page.index('/match/"') :]
    values = {name: value for name, value in HIDDEN.findall(form) if name != "csrfmiddlewaretoken"}
    for name, options in re.findall(r'<select name="(column-\d+)"[^>]*>(.*?)</select>', form, re.S):
        picked = re.search(r'<option value="([^"]*)" selected', options)
        values[name] = picked.group(1) if picked else ""
    return values


def take_in(who: Visitor, address: str) -> None:
    """When it has been checked, take it in."""
    wait_until(lambda: "/take-in/" in who.get(address).text, 60, lambda: who.page[-3000:])
    assert who.post(f"{address}take-in/", **who.hidden()).status == 302
