"""How the pages of services are opened: rows of the matrix; what the laws want to know."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from genxu.organisation.centre_households.tests.drawing import settle
from genxu.people.numbers import NumberIs, answer_on
from genxu.people.tests.factories import with_code
from genxu.regions.batches import hamlets_of
from genxu.team.services import actions
from genxu.team.services.link_intake import LinkRow, record_links
from genxu.team.services.posting_intake import PostingRow, record_postings
from genxu.team.services.rules import SERVING
from genxu.team.services.workflow import State
from tests.addresses import Example, Make, role_of
from tests.cast import COUNTY, FAR, HOME, OPERATOR, PARTS, TOWNSHIP, VILLAGE, Cast

from . import factories


@dataclass(frozen=True)
class OfItem(Example):
    """An item of a county holds in all places below it."""

    def sees(self, part: str) -> bool:
        own = PARTS[part][2]
        return role_of(part) is not None and (own.startswith(COUNTY) or COUNTY.startswith(own))


@dataclass(frozen=True)
class OfErrand(Example):
    """An errand is nobody's but those who keep the register, and its steward's."""

    def sees(self, part: str) -> bool:
        return role_of(part) in SERVING and super().sees(part)


def _sent(**told: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), **told}


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


ITEM = {"name": "医保缴费", "bring": "身份证", "channel": "chushuitong", "takes": "当天"}


def _add_item(code: str) -> Make:
    def make(cast: Cast) -> Example:
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=_sent(**ITEM))

    return make


def _item(sends: dict[str, Any] | None = None) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.item(cast)
        sent = None if sends is None else _sent(version=one.version, **sends)
        return OfItem({"pk": one.pk}, COUNTY, {"item": one}, sent=sent)

    return make


STEWARD = {"institution": "县财政局", "name": "新测来", "phone": "13700000077",
           "since": "2026-05-01"}  # fmt: skip


def _post(code: str) -> Make:
    def make(cast: Cast) -> Example:
        return Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=_sent(**STEWARD))

    return make


def _posting(sends: dict[str, Any] | None = None) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.linked(cast)
        sent = None if sends is None else _sent(version=one.version, **sends)
        return Example({"pk": one.pk}, HOME, {"posting": one}, sent=sent)

    return make


def _correct_posting(cast: Cast) -> Example:
    """Her name is written otherwise: somebody says that it is the same person."""
    one = factories.linked(cast)
    same = answer_on(cast.steward.pk, NumberIs.SAME)
    told = {**STEWARD, "name": "罗测邦", "phone": one.phone, "number_is": same}
    sent = _sent(version=one.version, **told)
    return Example({"pk": one.pk}, HOME, {"posting": one}, sent=sent)


def _link(cast: Cast) -> Example:
    one = factories.linked(cast)
    sent = {"households": [cast.households()[2].pk], "heard_by": "罗测春",
            "heard_on": "2026-05-13"}  # fmt: skip
    return Example({"pk": one.pk}, HOME, {"posting": one}, sent=_sent(version=one.version, **sent))


def _end_link(cast: Cast) -> Example:
    link = factories.linked(cast).links.first()
    return Example({"pk": link.pk}, HOME, {"link": link}, get=False, sent={})


def _note_certification(cast: Cast) -> Example:
    factories.linked(cast)
    sent = _sent(household="lcy", whom="婆婆", month="2026-03")
    return Example({"code": HOME}, HOME, {"hamlet": cast.home}, sent=sent)


def _certification(sends: dict[str, Any] | None = None) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.certification(cast)
        sent = None if sends is None else _sent(version=one.version, **sends)
        return Example({"pk": one.pk}, HOME, {"certification": one}, sent=sent)

    return make


def _ask(cast: Cast) -> Example:
    factories.linked(cast)
    one = factories.item(cast)
    sent = _sent(household="lcy", item=one.pk, whom="公公")
    return Example({"code": HOME}, HOME, {"hamlet": cast.home}, sent=sent)


def _nowhere(code: str) -> Make:
    return lambda cast: Example({"code": code}, code, {"hamlet": cast.hamlet(code)})


def _ask_due(cast: Cast) -> Example:
    one = factories.certification(cast)
    factories.item(cast)
    kwargs = {"code": HOME, "household_pk": one.household_id}
    return Example(kwargs, HOME, {"hamlet": cast.home}, get=False, sent={})


def _errand(state: str) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.in_state(cast, state)
        return Example({"pk": one.pk}, HOME, {"errand": one})

    return make


def _step(state: str, **told: Any) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.in_state(cast, state)
        sent = _sent(version=one.version, **told)
        return Example({"pk": one.pk}, HOME, {"errand": one}, sent=sent)

    return make


def _take_back(cast: Cast) -> Example:
    one = factories.in_state(cast, State.UNDER_WAY)
    sent = _sent(version=one.version, since=one.version - 1)
    return OfErrand({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


def _own(state: str = "", sent: dict[str, Any] | None = None, get: bool = False) -> Make:
    """On the page of the first household, by its code."""

    def make(cast: Cast) -> Example:
        code = with_code(1).code
        factories.linked(cast)
        kwargs = {"pk": cast.households()[0].pk}
        if state:
            kwargs["errand"] = factories.in_state(cast, state).pk
        return Example(kwargs, get=get, sent=sent or {}, codes=(code,))

    return make


def _own_ask(cast: Cast) -> Example:
    code = with_code(1).code
    factories.linked(cast)
    sent = _sent(item=factories.item(cast).pk, whom="我")
    return Example({"pk": cast.households()[0].pk}, sent=sent, codes=(code,))


TODAY = "2026-05-13"


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    done = factories.finished(cast, factories.agreed(cast, factories.asked(cast)))
    factories.said(done)


EXAMPLES: dict[str, list[Make]] = {
    "items": [_plain(), _plain(query={"words": "养老"})],
    "add_item": [_add_item(COUNTY), _add_item(TOWNSHIP), _nowhere(VILLAGE)],
    "item": [_item()],
    "item_change": [_item(ITEM)],
    "item_end": [_item({})],
    "stewards": [_plain(), _plain(query={"place": HOME, "words": "罗"})],
    "export_stewards": [_plain()],
    "post_steward": [_post(HOME), _post(FAR)],
    "posting": [_posting()],
    "posting_link": [_link],
    "posting_change": [_correct_posting],
    "posting_end": [_posting({})],
    "steward_links": [_plain(), _plain(query={"group": "without", "words": "罗"})],
    "export_steward_links": [_plain()],
    "end_link": [_end_link],
    "certifications": [_plain(), _plain(query={"group": "due", "place": HOME})],
    "note_certification": [_note_certification, _nowhere(FAR)],
    "certification": [_certification()],
    "certification_change": [_certification({"whom": "公公", "month": "2026-02"})],
    "certification_end": [_certification({})],
    "errands": [_plain(), _plain(query={"group": "running", "place": HOME, "words": "养老"})],
    "ask_errand": [_ask, _nowhere(FAR)],
    "errand": [_errand(State.ASKED), _errand(State.CLOSED), _errand(State.RAISED)],
    "errand_authorise": [_step(State.ASKED, heard_how="slip", heard_by="罗测春", heard_on=TODAY)],
    "errand_start": [_step(State.AUTHORISED)],
    "errand_finish": [_step(State.AUTHORISED, done_on=TODAY, receipt="A1")],
    "errand_give_up": [_step(State.AUTHORISED, words="人脸认不出来")],
    "errand_correct": [_step(State.DONE, done_on=TODAY, receipt="A2")],
    "errand_note_word": [_step(State.DONE, answer="satisfied", heard_by="罗测春", words="好")],
    "errand_withdraw": [_step(State.AUTHORISED)],
    "errand_take_back": [_take_back],
    "service_day": [_plain()],
    "ask_due": [_ask_due],
    "own_errand_ask": [_own_ask],
    "own_steward_refuse": [_own()],
    "own_errand_yes": [_own(State.ASKED)],
    "own_errand_withdraw": [_own(State.AUTHORISED)],
    "own_errand_word": [_own(State.DONE, sent={"answer": "satisfied", "words": "好"})],
}

PLAIN = {
    *(f"services.{action}.{name}" for action in ("add_item", "change_item")
      for name in ("name", "bring", "channel", "takes", "certifies", "is_example")),
    *(f"services.{action}.institution"
      for action in ("post_steward", "change_posting", "record_postings")),
    "services.finish_errand.handed_over", "services.correct_errand.handed_over",
    "services.record_postings.since", "services.record_links.heard_on",
    "services.record_links.phone",  # it finds the steward
}  # fmt: skip
CODES = {"services.post_steward.number_is", "services.change_posting.number_is"}
SAID_OF = {
    "whom": ("note_certification", "change_certification", "ask_errand", "ask_own_errand"),
    "receipt": ("finish_errand", "correct_errand"),
    "beside": ("start_errand", "finish_errand"),
    "heard_by": ("link_households", "authorise_errand", "note_word", "record_links"),
}
SENSITIVE = {
    f"services.{action}.{name}": "names" for name, told in SAID_OF.items() for action in told
}


COUNTED = [
    ("steward", "/services/day/", 9), ("steward", "/errands/", 9),
    ("steward", "/certifications/", 9), ("steward", "/services/", 8), ("steward", "/home/", 12),
    ("secretary", "/stewards/", 9), ("secretary", "/stewards/links/", 9),
    ("secretary", "/errands/", 9), ("secretary", "/home/", 17),
]  # fmt: skip


def more(cast: Cast, count: int) -> None:
    """So many more households linked to the steward, an errand each, two certifications a door."""
    for home in settle(cast, count):
        errand = factories.asked(cast, home, whom="")
        if home.number % 2:
            factories.finished(cast, factories.agreed(cast, errand))
        factories.certified(cast, home, "父亲")
        factories.certified(cast, home, "母亲")


def take_batches(cast: Cast) -> None:
    """What no address does: rows of sheets, and what happens as days pass."""
    posting = factories.posted(cast)
    rows = [PostingRow(HOME, "新测一", "13700000066", "县医保局")]
    record_postings(actor=OPERATOR, place=cast.home, rows=rows, count=1, hamlets=hamlets_of(rows))
    links = [LinkRow(HOME, 3, posting.phone, "罗测春", factories.SINCE)]
    record_links(actor=OPERATOR, place=cast.home, rows=links, count=1, hamlets=hamlets_of(links))
    factories.said(factories.in_state(cast, State.DONE), "dissatisfied")
    actor = cast.actor("steward")
    errand = factories.agreed(cast, factories.asked(cast))
    errand = actions.start_errand(actor=actor, errand=errand, beside="罗测兰")
    errand = factories.finished(cast, errand, beside="罗测兰")
    actions.correct_errand(
        actor=actor, errand=errand, done_on=factories.NOW_DAY, receipt="B2", handed_over=False
    )
