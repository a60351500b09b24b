"""Every address of the program with an example of how it is opened: the rows of the matrix.

A new address fails ``test_access`` until it has an example, here or in the ``tests/examples.py``
of its app.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from genxu.core import clock
from genxu.core.access import Permission
from genxu.core.declared import declared
from genxu.core.heartbeats import beat
from genxu.core.keyring import TOLD
from genxu.core.models import Pending
from genxu.institutions.matters import actions, ending_actions
from genxu.institutions.matters.models import Matter
from genxu.institutions.talks.models import Talk
from genxu.portal.health import BACKGROUND
from genxu.regions.codes import Level
from genxu.regions.placed import Placed

from .cast import CITY, FAR, HOME, PARTS, VILLAGE, Cast
from .doing import climb, hold_talk, noted, raise_matter, suggestions_of, taken_up


@dataclass(frozen=True)
class Address:
    """An address of the URLconf."""

    name: str
    view: Callable[..., Any]
    route: str

    @property
    def permission(self) -> Permission:
        return self.view.permission


def all_addresses() -> list[Address]:
    """Every address, the ones that libraries bring included."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], route: str, prefix: str) -> Iterator[Address]:
    for one in patterns:
        path = route + str(one.pattern)
        if isinstance(one, URLResolver):
            space = f"{prefix}{one.namespace}:" if one.namespace else prefix
            yield from _walk(one.url_patterns, path, space)
        else:
            assert isinstance(one, URLPattern)
            yield Address(f"{prefix}{one.name}", one.callback, path)


def role_of(part: str) -> str | None:
    """The role that a part plays; whoever plays none is nobody, though she had signed in."""
    return None if part == "nobody" else PARTS[part][1]


@dataclass(frozen=True)
class Example:
    """How an address is opened: ``place`` is where its thing lies (none: it has no place).

    The first of the ``targets`` is that thing, if it is a row.
    ``ok`` is the status for those who may, ``sent`` what a POST sends and ``sent_ok`` its status.
    """

    kwargs: dict[str, Any] = field(default_factory=dict)
    place: str | None = None
    targets: dict[str, Any] = field(default_factory=dict)
    get: bool = True
    ok: int = 200
    sent: dict[str, Any] | None = None
    sent_ok: int = 302
    query: dict[str, str] = field(default_factory=dict)
    as_json: bool = False
    signed_in_ok: int | None = None
    auditor_ok: int | None = None
    codes: tuple[str, ...] = ()
    """What the browser holds: the codes of slips that were opened in it. Whoever is signed in only
    looks at what they open."""
    own: str = ""
    """The part whose own it is: she sees it, whatever her role sees."""
    by_code: bool | None = None
    """Whether the code is its power; None: if the browser must hold one."""

    def url(self, name: str) -> str:
        return reverse(name, kwargs=self.kwargs)

    def status(self, part: str, method: str) -> int:
        """What someone who may open it gets."""
        by_code = bool(self.codes) if self.by_code is None else self.by_code
        if method == "POST":
            if by_code and role_of(part):
                return 403
            return self.sent_ok
        if part.endswith("auditor") and self.auditor_ok:
            return self.auditor_ok
        if role_of(part) and self.signed_in_ok:
            return self.signed_in_ok
        return self.ok

    def sees(self, part: str) -> bool:
        """Whether the thing exists for this part: it lies under its place, its role sees such
        rows, and it is not private."""
        if self.place is None or (self.own and part == self.own):
            return True
        _name, role, place = PARTS[part]
        if role is None or not self.place.startswith(place):
            return False
        thing = next(iter(self.targets.values()), None)
        if isinstance(thing, Placed) and thing.seen_by and role not in thing.seen_by:
            return False
        matter = self.targets.get("matter")
        if matter and part.endswith("centre_household"):
            given = matter.assignee and matter.assignee.name == _name
            return matter.tier in ("common", "specialist") or given
        return True


Make = Callable[[Cast], Example]


def picture(size: tuple[int, int] = (40, 30), kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind, **options)
    return out.getvalue()


def talk_at_home(cast: Cast, **changes: Any) -> Talk:
    return hold_talk(cast, taken_up(), **changes)


def _talk(cast: Cast) -> Example:
    talk = talk_at_home(cast)
    return Example({"pk": talk.pk}, HOME, {"talk": talk})


def _photo(cast: Cast) -> Example:
    talk = talk_at_home(cast, photos=(ContentFile(picture(), name="a.jpg"),))
    return Example({"pk": talk.photos.get().pk}, HOME, {"talk": talk})


def _record(code: str) -> Make:
    def make(cast: Cast) -> Example:
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)})

    return make


def matter_ready_for(cast: Cast, step: str) -> Matter:
    """A matter at home in a state from which the step may be taken."""
    if step == "decide_extension":
        matter = raise_matter(cast, "assigned")
        secretary = cast.actor("secretary")
        return actions.ask_extension(actor=secretary, matter=matter, days=5, words="连下四天雨")
    if step == "answer":
        return climb(cast, raise_matter(cast, "under_way", "specialist"), Level.VILLAGE)
    if step in ("recall", "urge"):
        specialist = raise_matter(cast, "under_way", "specialist")
        return climb(cast, specialist, Level.VILLAGE)
    if step == "pass_up":
        return raise_matter(cast, "under_way", "specialist")
    if step == "close_unconfirmed":
        return tried(cast, raise_matter(cast, "asked_back"), 2)
    if step == "return":
        return raise_matter(cast, "assigned", assignee="centre_household")
    if step in ("judge_again", "no_agreement"):
        return raise_matter(cast, "referred")
    states = {"triage": "registered", "assign": "triaged", "take_on": "triaged",
              "start": "assigned", "ask_back": "done", "reopen": "closed",
              "give_verdict": "done"}  # fmt: skip
    return raise_matter(cast, states.get(step, "under_way"))


def tried(cast: Cast, matter: Matter, more: int) -> Matter:
    """So many more tries to ask back, each on another day."""
    for day in range(1, more + 1):
        with clock.at(clock.now() + timedelta(days=day)):
            matter = ending_actions.ask_back_matter(actor=cast.actor("secretary"), matter=matter)
    return matter


SENT: dict[str, dict[str, Any]] = {
    "triage": {"tier": "common", "urgency": "ordinary", "title": "修好晒谷场的路灯"},
    "assign": {"assignee_name": "村湾理事会"},
    "pass_on": {"assignee_name": "供水站", "words": "他们有梯子"},
    "decide_extension": {"approved": "yes"},
    "ask_extension": {"days": "5", "words": "连下四天雨"},
    "close_unconfirmed": {},
    "correct": {"title": "修好晒谷场西边的路灯", "words": "是西边的"},
    "explain": {"words": "要占基本农田", "basis": "《土地管理法》第三十五条"},
    "take_on": {},
    "recall": {},
}
"""What the form of each step sends; the others need words only."""


def step_data(step: str, matter: Matter, **changes: Any) -> dict[str, Any]:
    """A complete form of a step, as the page would send it."""
    told = SENT.get(step, {"words": "说两句"})
    return {**told, "version": matter.version, "client_id": str(uuid4()), **changes}


def _step(step: str) -> Make:
    def make(cast: Cast) -> Example:
        matter = matter_ready_for(cast, step)
        sent = step_data(step, matter)
        return Example({"pk": matter.pk}, HOME, {"matter": matter}, sent=sent)

    return make


def _matter(state: str, tier: str, assignee: str = "") -> Make:
    def make(cast: Cast) -> Example:
        matter = raise_matter(cast, state, tier, assignee=assignee)
        return Example({"pk": matter.pk}, HOME, {"matter": matter})

    return make


def _verdict(cast: Cast) -> Example:
    matter = raise_matter(cast, "done", household=True)
    suggestion = matter.suggestions.get()
    return Example(
        {"pk": matter.pk, "suggestion_pk": suggestion.pk}, HOME,
        {"matter": matter, "suggestion": suggestion}, get=False, sent={"answer": "satisfied"},
    )  # fmt: skip


def _suggestion(cast: Cast) -> Example:
    (suggestion,) = suggestions_of(talk_at_home(cast))
    return Example({"pk": suggestion.pk}, HOME, {"suggestion": suggestion})


def _open_matter(cast: Cast) -> Example:
    (suggestion,) = suggestions_of(talk_at_home(cast))
    sent = {"title": "再装一盏灯"}
    return Example({"pk": suggestion.pk}, HOME, {"suggestion": suggestion}, get=False, sent=sent)


def _join_matter(cast: Cast) -> Example:
    earlier = raise_matter(cast, "under_way")
    (suggestion,) = suggestions_of(talk_at_home(cast))
    return Example(
        {"pk": suggestion.pk}, HOME, {"matter": earlier}, get=False, sent={"matter": earlier.pk}
    )


def _receipt(cast: Cast) -> Example:
    suggestion = raise_matter(cast, "done").suggestions.get()
    return Example({"pk": suggestion.pk}, codes=(suggestion.code,))


def _close_receipt(cast: Cast) -> Example:
    """To forget a code is nothing that is done with it."""
    return replace(_receipt(cast), get=False, sent={}, by_code=False)


def _receipt_verdict(cast: Cast) -> Example:
    matter = raise_matter(cast, "done")
    suggestion = matter.suggestions.get()
    kwargs = {"pk": suggestion.pk, "matter": matter.pk}
    return Example(kwargs, get=False, sent={"answer": "satisfied"}, codes=(suggestion.code,))


def _receipt_disown(cast: Cast) -> Example:
    matter = raise_matter(cast, "done", household=True)
    suggestion = matter.suggestions.get()
    noted(cast, matter, "satisfied")
    kwargs = {"pk": suggestion.pk, "matter": matter.pk, "verdict": matter.verdicts.get().pk}
    return Example(kwargs, get=False, sent={}, codes=(suggestion.code,))


def _receipt_take_back(cast: Cast) -> Example:
    matter = raise_matter(cast, "closed")
    suggestion = matter.suggestions.get()
    kwargs = {"pk": suggestion.pk, "matter": matter.pk}
    return Example(kwargs, get=False, sent={}, codes=(suggestion.code,))


def _receipts(cast: Cast) -> Example:
    return replace(_talk(cast), sent={"why": "hand_out"}, sent_ok=200)


def _print_receipt(cast: Cast) -> Example:
    return replace(_suggestion(cast), get=False, sent={"why": "read_out"}, sent_ok=200)


def _replace_receipt(cast: Cast) -> Example:
    return replace(_suggestion(cast), get=False, sent={})


def _place(code: str) -> Make:
    return lambda cast: Example({"code": code})


def _dashboard(code: str) -> Make:
    return lambda cast: Example({"code": code}, code)


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _talk_by_api(cast: Cast) -> Example:
    body = {
        "client_id": str(uuid4()), "hamlet": HOME, "held_on": clock.today().isoformat(),
        "venue": "晒谷场", "topic": "路灯", "head_count": 12, "host": "罗", "recorder": "罗",
        "said": [{"text": "路灯坏了", "response": "taken_up"}],
    }  # fmt: skip
    return Example(place=HOME, get=False, sent=body, sent_ok=200, as_json=True)


def _api_matter(state: str, tier: str) -> Make:
    return _matter(state, tier)


def _well(cast: Cast) -> Example:
    """Nothing lags and everybody is heard of."""
    Pending.objects.all().delete()
    for name in BACKGROUND:
        beat(name)
    return Example()


STEPS = (
    "triage", "assign", "start", "answer", "finish", "decide_extension", "ask_back",
    "note_progress", "pass_up", "pass_on", "return", "ask_extension", "close_unconfirmed", "reopen",
    "correct", "explain", "judge_again", "no_agreement", "take_on", "recall", "urge",
)  # fmt: skip

EXAMPLES: dict[str, list[Make]] = {
    "welcome": [_plain(signed_in_ok=302)],
    "home": [_plain(auditor_ok=302)],
    "places": [_plain(), _plain(query={"words": "罗家"})],
    "place": [_place(HOME), _place(VILLAGE), _place(CITY)],
    "text_size": [_plain(get=False, sent={"next": "/places/"})],
    "healthz": [_well],
    "security_txt": [_plain(ok=404)],
    "export_talks": [_plain(), _plain(query={"place": HOME, "since": "2026-05-01"})],
    "talks": [_plain(), _plain(query={"place": HOME, "words": "路"})],
    "record_talk": [_record(HOME), _record(VILLAGE), _record(FAR)],
    "talk": [_talk],
    "minutes": [_talk],
    "receipts": [_receipts],
    "talk_photo": [_photo],
    "export_matters": [_plain(), _plain(query={"place": HOME, "until": "2026-05-13"})],
    "matters": [_plain(), _plain(query={"group": "overdue", "tier": "common", "words": "灯"})],
    "matter": [
        _matter("registered", ""),
        _matter("under_way", "common"),
        _matter("under_way", "personal"),
        _matter("under_way", "personal", "centre_household"),
        _matter("closed", "specialist"),
    ],
    **{f"matter_{step}": [_step(step)] for step in STEPS},
    "matter_verdict": [_verdict],
    "suggestion": [_suggestion],
    "open_matter": [_open_matter],
    "join_matter": [_join_matter],
    "print_receipt": [_print_receipt],
    "replace_receipt": [_replace_receipt],
    "find_receipt": [
        _plain(sent={"code": "ABCDEFGHJK"}, sent_ok=404),
        *(_plain(query={"told": told}, ok=TOLD[told][0]) for told in TOLD),
    ],
    "close_receipt": [_close_receipt],
    "receipt": [_receipt],
    "receipt_verdict": [_receipt_verdict],
    "receipt_disown": [_receipt_disown],
    "receipt_take_back": [_receipt_take_back],
    "dashboard": [_dashboard(HOME), _dashboard(VILLAGE), _dashboard(CITY), _dashboard(FAR)],
    "export_journal": [_plain()],
    "journal": [_plain(), _plain(query={"place": HOME, "action": "talks."})],
    "journal_verify": [_plain(get=False, sent={}, sent_ok=302)],
    "demo_enter": [_plain(get=False, sent={"account": "1"}, sent_ok=403)],
    "account_login": [_plain(signed_in_ok=302)],
    "sign_in_by_code": [_plain(signed_in_ok=302)],
    "confirm_code": [_plain(ok=302)],
    "account_logout": [_plain(ok=302, signed_in_ok=200)],
    "set_language": [_plain(get=False, sent={"language": "en", "next": "/"})],
    "api-1:openapi-json": [_plain()],
    "api-1:api-root": [_plain(ok=404)],
    "api-1:matters": [_plain()],
    "api-1:matter": [
        _api_matter("under_way", "common"),
        _api_matter("under_way", "personal"),
        _api_matter("registered", ""),
    ],
    "api-1:talks": [_talk_by_api],
    "api-1:figures": [_dashboard(HOME), _dashboard(VILLAGE), _dashboard(CITY), _dashboard(FAR)],
}


def every_example() -> dict[str, list[Make]]:
    """The examples above and those that the apps keep beside their own tests."""
    found = dict(EXAMPLES)
    for examples in declared("tests.examples", "EXAMPLES"):
        found |= examples
    return found
