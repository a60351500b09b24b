"""The register (户册) of some hamlets as rows find it: by number, or by name and phone; and when
what is said of a known household is said of another one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, TextChoices
from django.utils.translation import gettext, gettext_lazy

from .models import Household
from .rows import HouseholdRow


class Who(TextChoices):
    """The answer where a correction would make another household of one."""

    SAME = "same", gettext_lazy("The same household; its head has changed")
    ANOTHER = "another", gettext_lazy("Another household lives here now")


def is_another(was: tuple[str, str], now: tuple[str, str], *, is_known: bool) -> bool:
    """Whether what is said now, head's name and phone, is said of another household than was known.

    The name alone may change (a slip of the pen, a son becomes head): then the phone vouches for
    it. With the phone too, or where there is none, only the number of the door would; and nobody's
    name becomes that of another household of the hamlet (``is_known``) unasked. One rule for the
    form and for the rows of a sheet.
    """
    (name_was, phone_was), (name, phone) = was, now
    return name != name_was and (is_known or not phone or phone != phone_was)


def is_another_now(household: Household, row: HouseholdRow) -> bool:
    """The same for one household as a form corrects it."""
    others = Household.objects.living_here().filter(hamlet=household.hamlet_id)
    is_known = others.filter(head_name=row.head_name).exclude(pk=household.pk).exists()
    was = household.head_name, household.phone
    return is_another(was, (row.head_name, row.phone), is_known=is_known)


def asked_who(household: Household) -> str:
    text = gettext("Number %(number)s was %(name)s until now: is it the same household?")
    return text % {"number": household.number, "name": household.head_name}


def free_number(household: Household) -> int:
    """Its own number, or the next one behind the hamlet's last if somebody else has it by now; the
    hamlet is held."""
    here = Household.objects.filter(hamlet=household.hamlet_id).exclude(pk=household.pk)
    if not here.living_here().filter(number=household.number).exists():
        return household.number
    last: int = here.aggregate(last=Max("number"))["last"]
    return max(last, household.number) + 1


@dataclass(slots=True)
class Known:
    """A household as it stands, or as an earlier row will have it; ``pk`` is 0 while it is new."""

    pk: int
    number: int | None
    head_name: str
    phone: str
    head_count: int
    version: int = 0
    lives_here: bool = True
    in_batch: bool = False
    outdated: bool = False


class Register:
    """One query; ``last`` is the last number of each hamlet."""

    def __init__(self, hamlets: Iterable[str]) -> None:
        self.by_number: dict[tuple[str, int], Known] = {}
        self.by_name: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self.last = dict.fromkeys(hamlets, 0)
        rows = Household.objects.filter(hamlet__in=self.last).order_by("hamlet", "number")
        for hamlet, pk, number, name, phone, heads, version, left, merged in rows.values_list(
            "hamlet_id", "pk", "number", "head_name", "phone", "head_count", "version",
            "left_on", "merged_into_id",
        ):  # fmt: skip
            here = left is None and merged is None
            self._add(hamlet, Known(pk, number, name, phone, heads, version, here))

    def _add(self, hamlet: str, one: Known) -> None:
        if one.number is not None:
            # Of several behind one door the one that lives there counts.
            if one.lives_here or (hamlet, one.number) not in self.by_number:
                self.by_number[hamlet, one.number] = one
            if one.number > self.last[hamlet]:
                self.last[hamlet] = one.number
        self.by_name[hamlet, one.head_name].append(one)

    def enter(self, row: HouseholdRow, known: Known | None) -> None:
        """As the household will stand when its row has been entered."""
        pk, number, phone = 0, row.number, row.phone
        if known is not None:
            known.outdated = True
            pk, number, phone = known.pk, known.number, phone or known.phone
        after = Known(pk, number, row.head_name, phone, row.head_count, in_batch=True)
        self._add(row.hamlet, after)

    def find(self, row: HouseholdRow) -> Known | None:
        """The household of a row. Of several alike the one that lives here counts, then the one
        with the same head count (so that a second time changes nothing), then the first."""
        if row.number is not None:
            return self.by_number.get((row.hamlet, row.number))
        alike = [one for one in self.by_name.get((row.hamlet, row.head_name), ())
                 if one.phone == row.phone and not one.outdated]  # fmt: skip
        return min(
            alike,
            key=lambda one: (not one.lives_here, one.head_count != row.head_count),
            default=None,
        )

    def is_another(self, row: HouseholdRow, known: Known) -> bool:
        """Whether a row would make another household of a known one."""
        alike = self.by_name.get((row.hamlet, row.head_name), ())
        is_known = any(one.lives_here and not one.outdated for one in alike if one is not known)
        was = known.head_name, known.phone
        return is_another(was, (row.head_name, row.phone), is_known=is_known)

    def numbered(self, rows: Iterable[HouseholdRow]) -> dict[tuple[str, int], HouseholdRow]:
        """New ones by hamlet and number; without a number they get the next ones behind the
        hamlet's last."""
        found: dict[tuple[str, int], HouseholdRow] = {}
        for row in rows:
            number = row.number
            if number is None:
                number = self.last[row.hamlet] = self.last[row.hamlet] + 1
            found[row.hamlet, number] = row
        return found
