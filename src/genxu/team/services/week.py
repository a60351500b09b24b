"""A steward's errands: how many run, and until when the yes to them holds; what falls due."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from genxu.core.access import Actor
from genxu.core.coming import Coming
from genxu.people.roles import Role

from .models import Certification, Errand, Posting
from .workflow import AGREED, RUNNING


def coming(actor: Actor, since: date, until: date) -> Iterator[Coming]:
    """By doors, no names: they stand on the page of the steward's day."""
    if not actor.plays([Role.STEWARD]):
        return
    url = reverse("service_day")
    own = Errand.objects.filter(posting__in=Posting.objects.of_account(actor.account_id))
    rows = list(own.running().values_list("state", "lapses_on", "household"))
    if doors := len({household for _state, _day, household in rows}):
        text = ngettext("Errands at %(n)s door", "Errands at %(n)s doors", doors)
        yield Coming(since, text % {"n": doors}, url)
    lapsing = Counter(day for state, day, _door in rows if state in AGREED and day <= until)
    for day, n in lapsing.items():
        text = ngettext("The yes to %(n)s errand ends", "The yes to %(n)s errands ends", n)
        yield Coming(day, text % {"n": n}, url)
    due = Certification.objects.visible_to(actor).due().exclude(errands__state__in=RUNNING)
    if doors := due.values("household").distinct().count():
        text = ngettext("Pension certifications fall due at %(n)s door",
                        "Pension certifications fall due at %(n)s doors", doors)  # fmt: skip
        yield Coming(since, text % {"n": doors}, url)
