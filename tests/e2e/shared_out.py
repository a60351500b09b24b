"""What lies behind the story of a distribution, run beside the program in its own surroundings: a
collective whose year is closed, and fifteen days that pass while a plan is open to all."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from .house import House

LU = "421223106211001"
"""As the stories call it (``doing``, which cannot be read before Django is ready)."""
SINCE, DAYS = date(2024, 1, 1), 15
ROOT = Path(__file__).parents[2]


def do(house: House, what: str) -> None:
    """Prepare the collective, or let the days pass."""
    environment = house.environment | {
        "DJANGO_SETTINGS_MODULE": "genxu.config.settings.demo", "PYTHONPATH": str(ROOT)
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.e2e.shared_out", what]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def prepare() -> None:
    """By the real actions: two members' shares for every third household, one for the others."""
    from genxu.core import clock
    from genxu.people.models import Grant, Household
    from genxu.people.roles import Role
    from genxu.places.collectives.actions import Choices, found_collective
    from genxu.places.collectives.models import ShareKind
    from genxu.places.collectives.roll import Entry
    from genxu.places.collectives.roll_actions import enter_member
    from genxu.places.collectives.share_actions import give_shares
    from genxu.places.ledger import actions as ledger
    from genxu.places.ledger import chart
    from genxu.places.ledger.posting import Leg
    from genxu.regions.models import Region

    def actor_of(role: str, place: str) -> object:
        return Grant.objects.filter(role=role, place=place).order_by("pk")[0].account.actor()

    secretary, keeper = actor_of(Role.SECRETARY, LU), actor_of(Role.BOOKKEEPER, LU[:12])
    hamlet, year = Region.objects.get(code=LU), clock.today().year - 1
    made = found_collective(
        actor=secretary, hamlet=hamlet, name="卢家大屋经济合作社", since=SINCE,
        choices=Choices(100, kinds=(ShareKind.LAND,)),
    )  # fmt: skip
    rows = Household.objects.living_here().filter(hamlet=LU).order_by("number")
    for n, household in enumerate(rows):
        entry = Entry(household.head_name, 1960, SINCE, apart=True)
        enter_member(actor=secretary, collective=made, household=household, entry=entry)
        give_shares(
            actor=secretary, collective=made, household=household, kind=ShareKind.LAND,
            quantity=100 if n % 3 else 200, day=SINCE, area=100,
        )  # fmt: skip
    book = ledger.open_book(
        actor=keeper, hamlet=hamlet, kind="collective", name="合作社账", opened_on=date(year, 1, 1)
    )
    ledger.post_entry(
        actor=keeper, book=book, day=date(year, 6, 1), text="收到鱼塘租金",
        legs=[Leg(chart.BANK, debit=5_000_001), Leg(chart.OPERATING, credit=5_000_001)],
    )  # fmt: skip
    ledger.close_year(actor=keeper, book=book, year=year)


def pass_days() -> None:
    """As if the plan had been opened fifteen days earlier."""
    from genxu.places.distributions.models import Distribution

    for one in Distribution.objects.filter(state="open"):
        assert one.published_on
        assert one.meets_on
        one.published_on -= timedelta(days=DAYS)
        one.meets_on -= timedelta(days=DAYS)
        one.save()


if __name__ == "__main__":
    import django

    django.setup()
    {"prepare": prepare, "pass": pass_days}[sys.argv[1]]()
