"""Reading appraisals: in the order of the roll, never of the grades."""

from dataclasses import dataclass

from django.db.models import QuerySet

from genxu.core.access import Actor

from .models import Appeal, Appraisal, Entry, Said
from .workflow import State


def appraisal_list(actor: Actor) -> QuerySet[Appraisal]:
    """The latest year first, then place by place."""
    rows: QuerySet[Appraisal] = Appraisal.objects.visible_to(actor)
    return rows.select_related("hamlet__parent", "organisation").order_by("-year", "hamlet", "pk")


def entries_of(appraisal: Appraisal) -> list[Entry]:
    rows = Entry.objects.filter(appraisal=appraisal).select_related("member", "appeal")
    found = list(rows.order_by("member"))
    for one in found:
        one.appraisal = appraisal
        one.appealed = getattr(one, "appeal", None)
    return found


def own_entries(actor: Actor) -> list[Entry]:
    """The actor's own part in appraisals that stand, the latest first."""
    rows = Entry.objects.filter(member__account=actor.account_id or 0, member__left_on=None)
    rows = rows.exclude(appraisal__state=State.WITHDRAWN)
    return list(rows.select_related("appraisal__organisation").order_by("-appraisal__year", "-pk"))


@dataclass(frozen=True)
class Other:
    """Another member of the same appraisal: what I said of him, and what others said of him, once I
    have said my own."""

    entry: Entry
    mine: str
    said: list[str]


def others_for(entry: Entry) -> list[Other]:
    """Two queries."""
    said: dict[int, list[Said]] = {}
    for words in Said.objects.filter(entry__appraisal=entry.appraisal_id).order_by("pk"):
        said.setdefault(words.entry_id, []).append(words)
    here = (one for one in entries_of(entry.appraisal) if one.left_on is None)
    rest = [one for one in here if one.pk != entry.pk]
    return [_other(one, entry, said.get(one.pk, [])) for one in rest]


def _other(one: Entry, me: Entry, said: list[Said]) -> Other:
    mine = next((words.words for words in said if words.by_id == me.pk), "")
    rest = [words.words for words in said if words.by_id != me.pk]
    return Other(one, mine, rest if mine else [])


def said_of(entry: Entry) -> list[str]:
    """What others said of a member, without who said it; for himself once all have spoken, that is
    from the poll on, and for those who keep the organisation likewise."""
    if entry.appraisal.state in (State.OWN, State.MUTUAL):
        return []
    rows = Said.objects.filter(entry=entry).order_by("pk")
    return list(rows.values_list("words", flat=True))


def appeal_of(entry: Entry) -> Appeal | None:
    return Appeal.objects.filter(entry=entry).first()
