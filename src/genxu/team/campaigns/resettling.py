"""What merging hamlets and moving households mean to campaigns."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from genxu.people.resettlement import Merging, Moving

from .models import Answer, Part, Sample
from .workflow import ASKED, JOIN, STANDS, Said


def _of_both(merging: Merging) -> list[tuple[Part, Part]]:
    """In which campaigns both have a part: the one that goes, and the one that stays."""
    heirs = {one.campaign_id: one for one in Part.objects.filter(hamlet=merging.heir)}
    rows = Part.objects.filter(hamlet=merging.hamlet, campaign__in=heirs)
    return [(one, heirs[one.campaign_id]) for one in rows.order_by("pk")]


def ends_with_merging(merging: Merging) -> Iterable[str]:
    for one, _heir in _of_both(merging):
        yield _("Its part in the campaign “%(name)s”; that goes on at the other hamlet.") % {
            "name": one
        }


def before_merging(merging: Merging) -> None:
    """The two parts become one: what one of them has not said, or says otherwise, is not said."""
    for one, heir in _of_both(merging):
        differs = _join_answers(one, heir)
        one.steps.update(part=heir)
        if not Sample.objects.filter(part=heir).exists():
            Sample.objects.filter(part=one).update(part=heir)
        before, heir.matter = heir.state, heir.matter or one.matter
        if heir.state in STANDS and (one.state in ASKED or differs):
            heir.state, heir.said_by = Said.OPEN, None
        heir.known, heir.left = _both(heir.known, one.known), _both(heir.left, one.left)
        heir.unanswered = heir.unanswered or one.unanswered
        heir.version += 1
        heir.save()
        heir.remember(merging.actor, JOIN, before)
        one.delete()


def _join_answers(one: Part, heir: Part) -> bool:
    """Those of households go along. Of the two hamlets themselves the heir's word stays, and keeps
    the other's as what stood there too; whether they differed."""
    own = {answer.fact_id: answer for answer in heir.answers.filter(household=None)}
    differs = False
    for answer in one.answers.filter(household=None, fact__in=own):
        there = own[answer.fact_id]
        there.before = [*there.before, [answer.value, answer.on.isoformat()]]
        there.save()
        differs |= answer.value != there.value
    one.answers.exclude(household=None, fact__in=own).update(part=heir)
    return differs


def _both(here: int | None, there: int | None) -> int | None:
    return None if here is None and there is None else (here or 0) + (there or 0)


def move(moving: Moving) -> None:
    """What was said of the households goes along, where the other hamlet has its part too."""
    rows = Answer.objects.filter(household__in=moving.households).select_related("part")
    there = {one.campaign_id: one.pk for one in Part.objects.filter(hamlet=moving.into)}
    for one in rows:
        if part := there.get(one.part.campaign_id):
            Answer.objects.filter(pk=one.pk).update(part=part, hamlet=moving.into)
