"""A campaign of the cast's county, made and lived through by the real actions."""

from datetime import date, timedelta
from typing import Any

from genxu.core import clock
from genxu.team.campaigns import actions, campaign_actions
from genxu.team.campaigns.actions import Given
from genxu.team.campaigns.models import Campaign, Fact, Part, Sample
from genxu.team.campaigns.plans import Asked, Plan
from tests.cast import COUNTY, HOME, Cast

GRAVES = Asked("有没有活人墓", Fact.Kind.YES_NO)


def plan(**changes: Any) -> Plan:
    values: dict[str, Any] = {
        "name": "“活人墓”专项治理",
        "why": "山上不再添新坟，已有的商量着还绿",
        "until": clock.today() + timedelta(days=60),
        "question": "households",
        "facts": [GRAVES],
    }
    return Plan(**values | changes)


def prepared(cast: Cast, place: str = COUNTY, **changes: Any) -> Campaign:
    return campaign_actions.prepare_campaign(
        actor=cast.actor("county_staff"), hamlet=cast.hamlet(place), plan=plan(**changes)
    )


def opened(cast: Cast, **changes: Any) -> Campaign:
    return campaign_actions.open_campaign(
        actor=cast.actor("county_staff"), campaign=prepared(cast, **changes)
    )


def of_places(cast: Cast, **changes: Any) -> Campaign:
    return opened(
        cast, **{"question": "places", "facts": [Asked("几座", Fact.Kind.NUMBER)], **changes}
    )


def of_matters(cast: Cast, **changes: Any) -> Campaign:
    since = date(2026, 1, 1)
    values = {"question": "matters", "looks_for": ["路灯"], "since": since, "facts": []}
    return opened(cast, **values | changes)


def part(campaign: Campaign, hamlet: str = HOME) -> Part:
    return Part.objects.get(campaign=campaign, hamlet=hamlet)


def answered(cast: Cast, one: Part, *values: int | None, who: str = "secretary") -> Part:
    """The first fact of the households in their order, or of the hamlet."""
    fact = one.campaign.asked[0].pk
    keys: list[int | None] = [None]
    if one.campaign.asks.by_household:
        keys = [household.pk for household in cast.households(one.hamlet_id)]
    given = [Given(fact, key, value) for key, value in zip(keys, values, strict=False)]
    return actions.answer_part(actor=cast.actor(who), part=one, given=given)


def nothing(cast: Cast, one: Part, who: str = "secretary") -> Part:
    return actions.say_nothing(actor=cast.actor(who), part=one)


def done(cast: Cast, one: Part, who: str = "secretary") -> Part:
    return actions.say_done(actor=cast.actor(who), part=one)


def drawn(cast: Cast, campaign: Campaign) -> Campaign:
    campaign.refresh_from_db()
    return campaign_actions.draw_sample(actor=cast.actor("county_staff"), campaign=campaign)


def sample(cast: Cast, **changes: Any) -> Sample:
    """HOME has said that there is nothing; the other township looks."""
    campaign = opened(cast, **changes)
    nothing(cast, part(campaign))
    drawn(cast, campaign)
    return Sample.objects.get(part__campaign=campaign)


def ended(cast: Cast, campaign: Campaign) -> Campaign:
    campaign.refresh_from_db()
    return campaign_actions.end_campaign(
        actor=cast.actor("county_staff"), campaign=campaign, words="汛期到了，先收住"
    )
