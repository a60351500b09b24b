"""What people do in production: hold a talk, ask for a job."""

import io
from typing import Any
from uuid import uuid4

from PIL import Image

from .site import HAMLET
from .visitor import Answer, Visitor

TALK: dict[str, Any] = {
    "held_on": "2026-11-20", "venue": "晒谷场", "topic": "村湾道路", "head_count": "23",
    "host": "罗测兰", "recorder": "罗测兰",
    "said-TOTAL_FORMS": "1", "said-INITIAL_FORMS": "0", "said-MIN_NUM_FORMS": "0",
    "said-MAX_NUM_FORMS": "40", "said-0-text": "晒谷场边的路灯坏了",
    "said-0-response": "taken_up", "said-0-tier": "common",
}  # fmt: skip
RECORD = f"/talks/at/{HAMLET}/new/"


def picture() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((600, 400), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def record_talk(who: Visitor, *, photo: bool = False, **changes: Any) -> Answer:
    """Open the page, fill it in, send it."""
    page = who.get(RECORD)
    assert page.status == 200, page.text
    values = TALK | {"client_id": str(uuid4())} | changes
    files = {"photos": picture()} if photo else {}
    return who.post(RECORD, files, **values)
