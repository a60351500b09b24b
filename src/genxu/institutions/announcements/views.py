"""Announcing a talk, and saying that one wants to speak at it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genxu.core import ratelimit
from genxu.core.access import Actor
from genxu.core.declared import declared
from genxu.core.errors import TooMany
from genxu.core.forms import posted
from genxu.core.pages import ActorRequest, page
from genxu.people.models import Household
from genxu.people.own_access import held_links, holder_of, kept_of
from genxu.regions.begun import NewPage
from genxu.regions.models import Region
from genxu.regions.queries import place_at

from . import actions, forms, queries, rules

LIMITS = (ratelimit.Limit("wish", 5, 3600), ratelimit.Limit("wishes", 20, 24 * 3600))
"""By one address: so many lines an hour, so many a day."""


class AnnouncePage(NewPage):
    """Begins with the usual place; where one is announced, it leads there."""

    def start(self, request: ActorRequest, hamlet: Region) -> dict[str, Any]:
        usual = (place for told in declared("proposals", "venue") if (place := told(hamlet)))
        return {"begins_at": "19:30", "venue": next(usual, "")}

    def there_already(self, hamlet: Region) -> int | None:
        one = queries.next_talk(hamlet)
        return one.pk if one else None


announce = AnnouncePage(
    "announce_talk", "announcement", "talks", actions.announce_talk, forms.AnnounceForm,
    gettext_lazy("Announce the next talk"), gettext_lazy("Announced. Everybody can read it."),
)  # fmt: skip


@page(rules.say_for_talk, "GET", "POST")
def say_for_talk(request: ActorRequest, code: str) -> HttpResponse:
    """我想在会上说: a line that the secretary alone reads; with the slip of a household of the
    hamlet open in this browser, in its name if it likes."""
    hamlet = place_at(code)
    household, actor = _who_says(request, hamlet)
    form = forms.WishForm(posted(request), household=household)
    if form.is_valid() and not _braked(request, form):
        own = household if form.cleaned_data.get("mine") else None
        sent = {"hamlet": hamlet, "text": form.cleaned_data["text"], "household": own}
        if form.take(actions.say_for_talk, actor=actor if own else request.actor, **sent):
            text = _("Thank you. The secretary sees it when the talk begins; nobody else does.")
            messages.success(request, text)
            return redirect("place", hamlet.code)
    context = {"hamlet": hamlet, "form": form, "next": queries.next_talk(hamlet)}
    status = TooMany.status if form.braked else form.status
    return render(request, "announcements/say.html", context, status=status)


def _who_says(request: ActorRequest, hamlet: Region) -> tuple[Household | None, Actor]:
    """The household whose slip is open here, and whoever acts for it; for those who are signed in
    none: a code does not hide who uses it."""
    if not request.actor.signed_in:
        for link in held_links(request):
            household = kept_of(link.household)
            if household.hamlet_id == hamlet.code and household.lives_here:
                return household, holder_of(household, shown=link.code_was_shown)
    return None, request.actor


def _braked(request: ActorRequest, form: forms.WishForm) -> bool:
    """Whether so much came from this address that it has to wait; what was typed stays."""
    address = ratelimit.client_address(request)
    wait = ratelimit.take(*[(limit, address) for limit in LIMITS])
    if wait:
        form.braked = True
        form.add_error(None, _("That was a lot in a short time. Please go on later."))
    return wait > 0
