"""How the pages of campaigns are opened: rows of the matrix; what the laws want to know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from genxu.core import clock
from genxu.team.campaigns import campaign_actions
from genxu.team.campaigns.models import Campaign, Part
from genxu.team.campaigns.passing import let_days_pass
from tests.addresses import Example, Make, role_of
from tests.cast import COUNTY, HOME, PARTS, TOWNSHIP, Cast, later

from . import factories


@dataclass(frozen=True)
class OfCampaign(Example):
    """A campaign of a county reaches all places below it; a draft is the county's alone."""

    draft: bool = False

    def sees(self, part: str) -> bool:
        role, own = role_of(part), PARTS[part][2]
        if role is None or (self.draft and role != "county_staff"):
            return False
        return role in Campaign.seen_by and (own.startswith(COUNTY) or COUNTY.startswith(own))


def _sent(**told: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), **told}


def form_of(**changes: Any) -> dict[str, Any]:
    """A complete form of a campaign, as the page would send it."""
    until = clock.today() + timedelta(days=30)
    facts = {"fact_1": "有没有活人墓", "kind_1": "yes_no", "kind_2": "yes_no", "kind_3": "yes_no"}
    told = {"name": "“活人墓”专项治理", "why": "还绿", "until": until.isoformat(),
            "question": "households"}  # fmt: skip
    return _sent(**told, **facts, **changes)


def _prepare(code: str) -> Make:
    return lambda cast: Example({"code": code}, code, {"hamlet": cast.hamlet(code)}, sent=form_of())


def _plain(**values: Any) -> Make:
    return lambda cast: Example(**values)


def _draft(sends: Callable[[], dict[str, Any]] | None = None) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.prepared(cast)
        sent = {**sends(), "version": one.version} if sends else None
        return OfCampaign({"pk": one.pk}, COUNTY, {"campaign": one}, sent=sent, draft=True)

    return make


def _open(sends: dict[str, Any] | None = None, **query: str) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.opened(cast)
        factories.nothing(cast, factories.part(one))
        sent = None if sends is None else _sent(version=one.version, **sends)
        return OfCampaign({"pk": one.pk}, COUNTY, {"campaign": one}, sent=sent, query=query)

    return make


def _move(cast: Cast) -> Example:
    until = (clock.today() + timedelta(days=90)).isoformat()
    return _open({"until": until, "words": "还有人在外地"})(cast)


def _take_back_move(cast: Cast) -> Example:
    one = factories.opened(cast)
    since, until = one.version, clock.today() + timedelta(days=90)
    one = campaign_actions.move_campaign(
        actor=cast.actor("county_staff"), campaign=one, until=until, words="人在外地"
    )
    sent = _sent(version=one.version, since=since)
    return OfCampaign({"pk": one.pk}, COUNTY, {"row": one}, get=False, sent=sent)


def _part(sends: Callable[[Part], dict[str, Any]] | None = None, say: Any = None,
          make_one: Any = factories.opened) -> Make:  # fmt: skip
    def make(cast: Cast) -> Example:
        one = factories.part(make_one(cast))
        if say:
            one = say(cast, one)
        sent = None if sends is None else _sent(version=one.version, **sends(one))
        return Example({"pk": one.pk}, HOME, {"part": one}, sent=sent)

    return make


def _all_answered(cast: Cast, one: Part) -> Part:
    return factories.answered(cast, one, 0, 1, 0, 0)


def _fact_of(one: Part) -> dict[str, Any]:
    return {f"fact_{one.campaign.asked[0].pk}": "3"}


def _facts_of(one: Part) -> dict[str, Any]:
    fact, (first, *_more) = one.campaign.asked[0].pk, _households(one)
    return {f"fact_{fact}_{first}": "1"}


def _households(one: Part) -> list[int]:
    from genxu.team.campaigns.queries import households_of

    return list(households_of(one).values_list("pk", flat=True))


def _take_back(cast: Cast) -> Example:
    one = factories.part(factories.opened(cast))
    since = one.version
    one = factories.nothing(cast, one)
    sent = _sent(version=one.version, since=since)
    return Example({"pk": one.pk}, HOME, {"row": one}, get=False, sent=sent)


@dataclass(frozen=True)
class OfSample(Example):
    """Its own office, and the county above it."""


def _sample(sends: dict[str, Any] | None = None) -> Make:
    def make(cast: Cast) -> Example:
        one = factories.sample(cast)
        sent = None if sends is None else _sent(version=one.version, **sends)
        return OfSample({"pk": one.pk}, one.checker_id, {"sample": one}, sent=sent)

    return make


EXAMPLES: dict[str, list[Make]] = {
    "campaigns": [_plain(), _plain(query={"place": HOME, "state": "open", "words": "墓"})],
    "prepare_campaign": [_prepare(COUNTY), lambda cast: Example({"code": TOWNSHIP}, TOWNSHIP, {
        "hamlet": cast.hamlet(TOWNSHIP)
    })],
    "campaign": [_draft(), _open()],
    "campaign_sheet": [_open()],
    "campaign_open": [_draft(_sent)],
    "campaign_change": [_draft(form_of)],
    "campaign_withdraw": [_draft(_sent)],
    "campaign_draw": [_open({})],
    "campaign_move": [_move],
    "campaign_end": [_open({"words": "汛期到了"})],
    "campaign_take_back": [_take_back_move],
    "part": [_part(), _part(say=factories.nothing), _part(make_one=factories.of_places),
             _part(make_one=factories.of_matters)],
    "part_answer": [_part(_fact_of, make_one=factories.of_places)],
    "part_answer_households": [_part(_facts_of)],
    "part_nothing": [_part(lambda one: {})],
    "part_done": [_part(lambda one: {}, say=_all_answered)],
    "part_unsay": [_part(lambda one: {"words": "记错了"}, say=factories.nothing)],
    "part_take_back": [_take_back],
    "samples": [_plain(), _plain(query={"group": "", "words": "墓"})],
    "sample": [_sample()],
    "sample_agree": [_sample({})],
    "sample_send_back": [_sample({"words": "山坳里还有一座"})],
}  # fmt: skip
PLAIN = {
    *(f"campaigns.{action}.{name}" for action in ("prepare_campaign", "change_campaign")
      for name in ("name", "why", "until", "question", "since", "looks_for", "facts")),
    "campaigns.answer_part.fact", "campaigns.answer_part.household",
}  # fmt: skip
SENSITIVE = {"campaigns.answer_part.value": "ticks"}


def populate(cast: Cast) -> None:
    """Something in each of its tables."""
    factories.answered(cast, factories.part(factories.opened(cast, name="还绿")), 1)
    factories.sample(cast)


COUNTED = [
    ("county_staff", "/campaigns/", 6), ("secretary", "/campaigns/", 6), ("secretary", "/home/", 5),
    ("next_township_staff", "/campaigns/samples/", 5), ("next_township_staff", "/home/", 12),
]  # fmt: skip


def more(cast: Cast, count: int) -> None:
    """So many more campaigns: half of them with something for another township to look at."""
    for n in range(count):
        name = f"第{count}批{n}"
        if n % 2:
            factories.sample(cast, name=name)
        else:
            factories.opened(cast, name=name)


def take_batches(cast: Cast) -> None:
    """What no address does: a campaign ends, and what is left becomes matters."""
    campaign = factories.opened(cast)
    with later(days=61):
        let_days_pass()
    assert campaign.parts.exclude(matter=None).exists()
