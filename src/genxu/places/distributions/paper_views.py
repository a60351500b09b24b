"""The page on which the papers of a distribution are asked for."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from genxu.core.forms import ActionForm, posted
from genxu.core.pages import ActorRequest, page

from . import paper_actions, rules
from .documents import What
from .models import Distribution


class PrintForm(ActionForm):
    what = forms.MultipleChoiceField(
        label=_("What"), choices=What.choices, initial=What.values,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


@page(rules.print_distribution, "GET", "POST")
def print_papers(request: ActorRequest, pk: int) -> HttpResponse:
    """What is to be printed; the files are ready a moment later."""
    one = Distribution.objects.one_for(request.actor, pk)
    rules.print_distribution.require(request.actor, place=one.place)
    form = PrintForm(posted(request))
    if form.is_valid():
        site = paper_actions.site_address(request.build_absolute_uri("/"))
        job = form.take(
            paper_actions.ask_for_papers, actor=request.actor, place=one.place, distribution=one,
            site=site, **form.values(),
        )  # fmt: skip
        if job is not None:
            return redirect("job", job.pk)
    context = {"row": one, "form": form, "households": one.portions.count()}
    return render(request, "distributions/print.html", context, status=form.status)
