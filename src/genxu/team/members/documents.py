"""The plate and card of a member (亮身份): a snapshot → PDF. Chinese, whoever prints it."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from genxu.core.codes import CODE_LENGTH
from genxu.core.errors import Conflict
from genxu.core.qr import Addresses
from genxu.core.typesetting import Document, missing_glyphs, typeset

from .models import Profile

TEMPLATE = Path(__file__).parent / "typst" / "plate.typ"
PLACEHOLDER = "0" * CODE_LENGTH
MOST = 200
"""So many plates are set while one waits."""


def plates(profiles: Sequence[Profile], site: str) -> bytes:
    """One page a member; ``Conflict`` names the characters that no font here can print."""
    before, after = reverse("member_card", args=[PLACEHOLDER]).split(PLACEHOLDER)
    addresses = Addresses(f"{site}{before}", CODE_LENGTH, after)
    rows = [_row(one, addresses) for one in profiles]
    texts = {text for row in rows for text in (row["name"], row["hamlet"], row["above"])}
    if missing := missing_glyphs(texts):
        told = "、".join(f"{text}: {lacking}" for text, lacking in sorted(missing.items()))
        raise Conflict(_("These cannot be printed, no font here has the characters: %s") % told)
    days = [one.shown_since for one in profiles if one.shown_since]
    moment = int(datetime.combine(max(days), time(), UTC).timestamp())
    return typeset(TEMPLATE, Document({"plates": rows}, texts=tuple(texts)), made_at=moment)


def _row(profile: Profile, addresses: Addresses) -> dict[str, Any]:
    side, outline = addresses.outline(profile.card)
    village = profile.hamlet.parent
    assert village is not None
    assert village.parent is not None
    return {
        "name": profile.member.name,
        "hamlet": str(profile.hamlet),
        "above": f"{village.parent}{village}",
        "side": side,
        "outline": outline,
    }
