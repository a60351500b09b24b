"""The pages of what has a life of its own: for ten seconds after a step, it can be taken back."""

from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from genxu.core.access import Actor
from genxu.core.errors import Conflict
from genxu.core.forms import ActionForm
from genxu.core.pages import ActorRequest, View, page
from genxu.core.steps import StepPages, WayBack

from .history import LivingAt
from .history_actions import take_back

L = TypeVar("L", bound=LivingAt)


class TakeBackForm(ActionForm):
    since = forms.IntegerField(min_value=0)


class LivingSteps(StepPages[L]):
    """The steps of a ``LivingAt``; those that the table says ``mends`` of can be taken back."""

    def way_back(self, actor: Actor, row: L, after: Any) -> WayBack | None:
        if type(after) is not type(row) or after.pk != row.pk:
            return None
        try:
            after.last_act(actor, row.version)
        except Conflict:
            return None
        return WayBack(reverse(f"{self.name}_take_back", args=[row.pk]), row.version, after.version)

    def back(self, request: ActorRequest, pk: int) -> HttpResponse:
        """One tap, and it is as before; or why not."""
        row = self.load(request.actor, pk)
        form = TakeBackForm(request.POST, row=row)
        sent = form.is_valid() and form.take(
            take_back, actor=request.actor, row=row, since=form.cleaned_data["since"]
        )
        if sent:
            messages.success(request, _("Taken back. It stands as before."))
        for sentence in form.non_field_errors():
            messages.warning(request, str(sentence))
        return redirect(self.name, pk)

    def back_view(self) -> View:
        @page(take_back.permission, "POST")
        def take_step_back(request: ActorRequest, pk: int) -> HttpResponse:
            return self.back(request, pk)

        return take_step_back

    def urls(self, prefix: str) -> list[URLPattern]:
        found = super().urls(prefix)
        if any(step.mends for step in self.model.STEPS.values()):
            name = f"{self.name}_take_back"
            found.append(path(f"{prefix}take-back/", self.back_view(), name=name))
        return found
