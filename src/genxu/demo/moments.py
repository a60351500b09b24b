"""What happens when in a story: planned first, lived through in order afterwards."""

from collections.abc import Callable
from datetime import date, datetime, time
from operator import itemgetter

from django.utils import timezone

from genxu.core import clock


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day by the clock of the place."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


class Moments:
    """Collects what happens up to the present; what would be later does not happen."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._planned: list[tuple[datetime, Callable[[], object]]] = []

    def plan(self, at: datetime, run: Callable[[], object]) -> None:
        if at <= self.now:
            self._planned.append((at, run))

    def live(self) -> int:
        """Each at its time, and of one time in the order of planning; how many there were."""
        for at, run in sorted(self._planned, key=itemgetter(0)):
            with clock.at(at):
                run()
        return len(self._planned)
