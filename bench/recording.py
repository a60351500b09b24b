"""Recording talks through the action, from inside the program."""

from itertools import cycle
from uuid import uuid4

from genxu.core import clock
from genxu.institutions.talks.actions import Gathering, Said, record_talk
from genxu.people.models import Account, Household
from genxu.regions.models import Region

from .evening import HEADS, HOST, RECORDER, SAID, TOPIC, VENUE


class Recorder:
    """An account that records one talk after the other, each in the next hamlet."""

    def __init__(self, account: int, hamlets: list[str]) -> None:
        self.actor = Account.objects.get(pk=account).actor()
        regions = Region.objects.filter(code__in=hamlets).order_by("code")
        heads = Household.objects.filter(hamlet__in=hamlets, number=1)
        household = {row.hamlet_id: row for row in heads}
        self.turns = cycle([(region, household[region.code]) for region in regions])

    def record(self) -> None:
        hamlet, household = next(self.turns)
        said = [
            Said(
                text=text,
                response="taken_up",
                household=household if who == "household" else None,
                name="" if who == "household" else who,
                tier=tier,
            )
            for text, who, tier in SAID
        ]
        gathering = Gathering(clock.today(), VENUE, TOPIC, HEADS, HOST, RECORDER)
        record_talk.once(
            uuid4(), actor=self.actor, hamlet=hamlet, gathering=gathering, said=said, another=True
        )
