"""What a household raised: how much on its page, word for word in its copy."""

from collections.abc import Sequence

from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from genxu.people.models import Event, Household
from genxu.people.record import Kept, entries_of
from genxu.people.references import Becomes, Fate, Happening, Reference

from .following import helper_changed as helper_changed
from .following import personal_in_hand as personal_in_hand
from .models import Matter, Suggestion


def _raised(household: Household) -> QuerySet[Suggestion]:
    rows = Suggestion.objects.filter(household__in=entries_of(household))
    return rows.order_by("said_on", "pk")


def kept_of(household: Household) -> list[Kept]:
    rows = _raised(household)
    n = rows.count()
    if not n:
        return []
    text = ngettext(
        "%(n)s suggestion, with what came of it", "%(n)s suggestions, with what came of them", n
    )
    first = rows.aggregate(day=Min("said_on"))["day"]
    return [Kept(_("What you raised"), text % {"n": n}, first)]


def words_of(household: Household) -> list[Kept]:
    """Each suggestion with its reply and where its matters stand."""
    rows = _raised(household).prefetch_related("matters")
    return [Kept(_("Said at an evening talk"), _told(one), one.said_on) for one in rows]


def _told(one: Suggestion) -> str:
    parts = [one.text, f"→ {one.get_response_display()}"]
    if one.reply:
        parts.append(one.reply)
    parts += [
        f"{matter.get_state_display()}：{matter.result}" if matter.result
        else str(matter.get_state_display())
        for matter in one.matters.all()
    ]  # fmt: skip
    return " ｜ ".join(parts)


_lazy = gettext_lazy


def _raise_for_kept(happening: Happening, rows: Sequence[Suggestion]) -> None:
    """Receipts open as before; whoever looks after the entry that is kept sees to it."""
    for suggestion in rows:
        happening.change(suggestion, household=happening.keep)


def _open_matters(happening: Happening) -> QuerySet[Matter]:
    behind = Suggestion.objects.filter(household__in=happening.entries)
    return Matter.objects.open().filter(suggestions__in=behind).distinct()


GOES_ON = Becomes(Fate.STAYS, _lazy("They go on, with whoever has them; the receipt tells how."))
REFERENCES = [
    Reference(_lazy("What it raised, with the receipts"), Suggestion, ("household",), at={
        Event.MOVED_AWAY: Becomes(Fate.STAYS, _lazy("Its receipts open as before.")),
        Event.MERGED: Becomes(
            Fate.MOVES, _lazy("It belongs to the entry that is kept; receipts open as before."),
            _raise_for_kept,
        ),
        Event.ERASED: Becomes(Fate.GOES, _lazy("Names and numbers are struck out.")),
    }),
    Reference(_lazy("Matters that are open"), Matter, (), rows=_open_matters,
              at=dict.fromkeys(Event, GOES_ON)),
]  # fmt: skip
