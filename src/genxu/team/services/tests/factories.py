"""Catalogue, stewards and errands of the cast, made through the real actions."""

from datetime import date
from typing import Any

from genxu.core import clock
from genxu.core.calendar import months_later
from genxu.people.models import Household
from genxu.people.own_access import holder_of
from genxu.team.services import (
    actions,
    catalogue_actions,
    certification_actions,
    posting_actions,
)
from genxu.team.services.models import Certification, Channel, Errand, Item, Posting
from genxu.team.services.workflow import State
from tests.cast import COUNTY, Cast, phone_of

SINCE, NOW_DAY = date(2026, 1, 5), date(2026, 5, 13)


def item(cast: Cast, name: str = "养老资格认证", place: str = COUNTY, **changes: Any) -> Item:
    known = Item.objects.filter(place=place, name=name).first()
    values = {"bring": "本人到场", "channel": Channel.LAOLAI, "certifies": "养老" in name}
    return known or catalogue_actions.add_item(
        actor=cast.actor("county_staff"), hamlet=cast.hamlet(place), name=name, **values | changes
    )


def posted(cast: Cast) -> Posting:
    """The steward of the cast, sent by a unit; once."""
    known = Posting.objects.of_account(cast.steward.pk).first()
    return known or posting_actions.post_steward(
        actor=cast.actor("secretary"), hamlet=cast.home, name=cast.steward.name,
        phone=phone_of("steward"), institution="县税务局", since=SINCE,
    )  # fmt: skip


def linked(cast: Cast, *households: Household) -> Posting:
    """With these households (the first two of the hamlet)."""
    posting = posted(cast)
    wanted = households or tuple(cast.households()[:2])
    taken = set(posting.links.now().values_list("household", flat=True))
    if new := [one for one in wanted if one.pk not in taken]:
        posting = posting_actions.link_households(
            actor=cast.actor("secretary"), posting=posting, households=new, heard_by="罗测春",
            heard_on=SINCE,
        )  # fmt: skip
    return posting


def asked(cast: Cast, household: Household | None = None, part: str = "steward",
          **changes: Any) -> Errand:  # fmt: skip
    home = household or cast.households()[0]
    linked(cast, home)
    values = {"item": item(cast), "whom": "婆婆", **changes}
    return actions.ask_errand(actor=cast.actor(part), hamlet=cast.home, household=home, **values)


def agreed(cast: Cast, errand: Errand, **changes: Any) -> Errand:
    told = {"heard_how": Errand.How.SLIP, "heard_by": cast.steward.name,
            "heard_on": clock.today()}  # fmt: skip
    return actions.authorise_errand(actor=cast.actor("steward"), errand=errand, **told | changes)


def finished(cast: Cast, errand: Errand, **changes: Any) -> Errand:
    told = {"done_on": clock.today(), "receipt": "鄂202605130001", **changes}
    return actions.finish_errand(actor=cast.actor("steward"), errand=errand, **told)


def said(errand: Errand, answer: str = "satisfied", words: str = "") -> Errand:
    """By herself, on her page."""
    household = Household.objects.get(pk=errand.household_id)
    return actions.give_word(actor=holder_of(household), errand=errand, answer=answer, words=words)


def in_state(cast: Cast, state: str, **changes: Any) -> Errand:
    errand = asked(cast, **changes)
    if state == State.WITHDRAWN:
        return actions.withdraw_errand(actor=cast.actor("secretary"), errand=errand)
    if state == State.ASKED:
        return errand
    errand = agreed(cast, errand)
    if state == State.AUTHORISED:
        return errand
    if state == State.UNDER_WAY:
        return actions.start_errand(actor=cast.actor("steward"), errand=errand)
    if state == State.RAISED:
        return actions.give_up_errand(
            actor=cast.actor("steward"), errand=errand, words="人脸认不出来，要到窗口办"
        )
    errand = finished(cast, errand)
    return said(errand) if state == State.CLOSED else errand


def certified(cast: Cast, household: Household, whom: str, months: int = 11) -> Certification:
    return certification_actions.note_certification(
        actor=cast.actor("secretary"), hamlet=cast.home, household=household, whom=whom,
        month=months_later(clock.today(), -months),
    )  # fmt: skip


def certification(cast: Cast, months: int = 11, whom: str = "婆婆", door: int = 0) -> Certification:
    """Last certified so many months ago."""
    home = cast.households()[door]
    linked(cast, home)
    return certified(cast, home, whom, months)
