"""A page on which something begins in a hamlet: its form, and on POST the action that makes it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from genxu.core.access import Actor
from genxu.core.actions import Action
from genxu.core.forms import ActionForm, posted
from genxu.core.pages import ActorRequest, page
from genxu.core.promises import StrOrPromise

from .codes import LENGTHS, Level
from .models import Region
from .queries import place_in_charge


@dataclass(frozen=True)
class NewPage:
    """``name`` is its address, ``thing`` that of the page of what it makes, ``listed`` that of the
    list of such; ``label`` stands above it and on its button, ``said`` is told afterwards. Its
    permission asks for a ``hamlet``, its ``action`` is given what the form holds.
    """

    name: str
    thing: str
    listed: str
    action: Action[..., Any]
    form: type[ActionForm]
    label: StrOrPromise
    said: StrOrPromise
    explained: StrOrPromise = ""
    template: str = "new.html"

    def hamlets_of(self, actor: Actor) -> list[Region]:
        """The hamlets of her own in which it may begin: none for those whose charge is wider."""
        held = actor.places(self.action.permission.roles)
        codes = [code for code in held if len(code) == LENGTHS[Level.HAMLET]]
        return list(Region.objects.filter(code__in=codes).order_by("code")) if codes else []

    def start(self, request: ActorRequest, hamlet: Region) -> dict[str, Any]:
        """With what the form begins."""
        return {}

    def made_form(self, request: ActorRequest, hamlet: Region) -> Any:
        """The form as it was sent, or as it begins."""
        return self.form(posted(request), initial=self.start(request, hamlet))

    def given(self, form: Any) -> dict[str, Any]:
        """What the action is given beside the hamlet."""
        values: dict[str, Any] = form.values()
        return values

    def told(self, made: Any) -> StrOrPromise:
        """What is said of what was made."""
        return self.said

    def there_already(self, hamlet: Region) -> int | None:
        """The key of what stands there, where there can be only one: the page leads to it."""
        return None

    def context(self, form: Any, hamlet: Region) -> dict[str, Any]:
        """What the page shows beside the form."""
        return {}

    def begin(self, request: ActorRequest, code: str) -> HttpResponse:
        hamlet = place_in_charge(request.actor, self.action.permission.roles, code)
        self.action.permission.require(request.actor, hamlet=hamlet)
        if request.method != "POST" and (there := self.there_already(hamlet)):
            return redirect(self.thing, there)
        form = self.made_form(request, hamlet)
        if form.is_bound and form.is_valid():
            made = form.take(self.action, actor=request.actor, hamlet=hamlet, **self.given(form))
            if made is not None:
                messages.success(request, str(self.told(made)))
                return redirect(self.thing, made.pk)
        context = {"new": self, "hamlet": hamlet, "form": form, **self.context(form, hamlet)}
        return render(request, self.template, context, status=form.status)

    def url(self, prefix: str) -> URLPattern:
        """Its address below that of the list, such as ``councils/``."""
        view = page(self.action.permission, "GET", "POST")(self.begin)
        return path(f"{prefix}at/<place:code>/new/", view, name=self.name)
