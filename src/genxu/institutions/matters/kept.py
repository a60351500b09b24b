"""What a household raised: how much on its page, word for word in its copy."""

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genxu.people.models import Household
from genxu.people.record import Kept

from .models import Suggestion, Verdict


def _raised(household: Household) -> QuerySet[Suggestion]:
    rows = Suggestion.objects.filter(household__in=household.entries)
    return rows.order_by("said_on", "pk")


def kept_of(household: Household) -> list[Kept]:
    n, first = _raised(household).aggregate(n=Count("pk"), day=Min("said_on")).values()
    if not n:
        return []
    text = ngettext(
        "%(n)s suggestion, with what came of it", "%(n)s suggestions, with what came of them", n
    )
    return [Kept(_("What you raised"), text % {"n": n}, first)]


def words_of(household: Household) -> list[Kept]:
    """Each suggestion with its reply and where its matters stand."""
    rows = _raised(household).select_related("noted_by").prefetch_related("matters", "verdicts")
    return [Kept(one.origin, _told(one), one.said_on) for one in rows]


def _told(one: Suggestion) -> str:
    parts = [one.text, f"→ {one.get_response_display()}"]
    if one.reply:
        parts.append(one.reply)
    parts += [
        f"{matter.get_state_display()}：{matter.result}" if matter.result
        else str(matter.get_state_display())
        for matter in one.matters.all()
    ]  # fmt: skip
    parts += [_answer(verdict) for verdict in one.verdicts.all()]
    return " ｜ ".join(parts)


def _answer(verdict: Verdict) -> str:
    """What she said, or what was noted down for her and who heard it; and what became of it."""
    said = f"{verdict.on:%Y-%m-%d} {verdict.get_answer_display()}"
    if verdict.words:
        said += f"：{verdict.words}"
    if verdict.by_voice:
        heard = _("noted down for you; heard by: %s") % (verdict.heard_by or "—")
        said += f"（{heard}）"
    return said if verdict.is_live else f"{said}（{verdict.get_status_display()}）"
