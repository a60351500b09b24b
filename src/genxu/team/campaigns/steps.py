"""Which page takes which step: of a campaign, of a hamlet's part, of a sample."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from genxu.core.pages import ActorRequest
from genxu.core.steps import ReasonForm, StepForm, StepPage, StepPages, WordsForm, say_taken
from genxu.people.living_steps import LivingSteps
from genxu.people.raising import standing_of
from genxu.regions.queries import path_in_charge

from . import actions, campaign_actions, forms, queries, rules
from .counting import tally_of
from .models import Campaign, Part, Sample

A_PAGE = 40
"""Households that are asked on one page."""


class CampaignSteps(LivingSteps[Campaign]):
    """A campaign: why, until when, what is left where."""

    name, listed, model = "campaign", "campaigns", Campaign
    sees, shown = rules.see_campaigns, "campaigns/campaign.html"

    def facts(self, request: ActorRequest, row: Campaign) -> dict[str, Any]:
        told = {"asks": row.asks, "knows_who": True}
        if row.opened_on is None:
            return told
        place = queries.place_shown(request.actor, row, request.GET.get("place", ""))
        below = queries.below(row, place)
        return told | {
            "place": place,
            "path": path_in_charge(request.actor, Part.seen_by, place),
            "below": below,
            "sums": queries.sums_of(row, place),
            "own": below.rows[0].part if place.is_hamlet and below.rows else None,
        }


CAMPAIGNS = CampaignSteps(
    StepPage("open", campaign_actions.open_campaign, StepForm,
             _("Each hamlet of the county is asked from then on. Look at it once more first."),
             said=_("It is open. Each hamlet finds it at home."), check=campaign_actions.check_day),
    StepPage("change", campaign_actions.change_campaign, forms.ChangeForm, said=_("Saved."),
             primary=False),
    StepPage("withdraw", campaign_actions.withdraw_campaign, StepForm, said=_("Withdrawn."),
             explained=_("Nobody was asked anything yet."), primary=False),
    StepPage("draw", campaign_actions.draw_sample, StepForm,
             _("About one in ten of the hamlets that have spoken, one a township at least: another "
               "township goes and looks."), said=_("Drawn. They find it at home."), primary=False),
    StepPage("move", campaign_actions.move_campaign, forms.MoveForm, _("Once, with the reason."),
             said=_("Moved."), check=campaign_actions.check_move, primary=False),
    StepPage("end", campaign_actions.end_campaign, ReasonForm,
             _("Nobody says anything in it after that. What was not seen to becomes a matter in "
               "its hamlet; matters that were counted stay what they are."),
             said=_("Ended."), dangerous=True,
             primary=False),
)  # fmt: skip


class PartSteps(LivingSteps[Part]):
    """What one hamlet says."""

    name, listed, model = "part", "campaigns", Part
    sees, shown = rules.see_part, "campaigns/part.html"

    def facts(self, request: ActorRequest, row: Part) -> dict[str, Any]:
        keeps = queries.keeps(request.actor, row)
        matter = standing_of([row.matter]).get(row.matter or 0)
        return {
            "keeps": keeps,
            "knows_who": True,
            "tally": tally_of(row),
            "lines": queries.lines_of(row) if keeps else [],
            "of_hamlet": queries.of_hamlet(row),
            "matter": matter,
            "sample": Sample.objects.filter(part=row).select_related("checker").first(),
        }

    def page_of(self, request: ActorRequest, row: Part) -> Any:
        return Paginator(queries.households_of(row), A_PAGE).get_page(request.GET.get("page"))

    def form(
        self, request: ActorRequest, step: StepPage[Part], row: Part, **more: Any
    ) -> StepForm[Part]:
        if step.name == "answer_households":
            sent = forms.households_sent(request.POST)
            rows = queries.households_of(row).filter(pk__in=sent) if sent else None
            more["households"] = rows or self.page_of(request, row).object_list
        return super().form(request, step, row, **more)

    def template_of(self, step: StepPage[Part]) -> str:
        return "campaigns/answer.html" if step.name == "answer_households" else self.template

    def context(self, request: ActorRequest, step: StepPage[Part], row: Part) -> dict[str, Any]:
        if step.name != "answer_households":
            return {}
        page = self.page_of(request, row)
        return {"page": page, "page_number": str(page.number)}

    def done(
        self, request: ActorRequest, step: StepPage[Part], row: Part, after: Any
    ) -> HttpResponse:
        """On to the next households, where there are more."""
        if step.name == "answer_households":
            page = self.page_of(request, row)
            if page.has_next():
                say_taken(request, step.said)
                address = reverse(step.url_name, args=[row.pk])
                return redirect(f"{address}?page={page.next_page_number()}")
        return super().done(request, step, row, after)


PARTS = PartSteps(
    StepPage("done", actions.say_done, StepForm,
             _("Everything that the records know of here is settled."), said=_("Thank you."),
             check=actions.check_done),
    StepPage("answer", actions.answer_part, forms.AnswerForm, said=_("Written down."),
             check=partial(actions.check_asked, by_household=False)),
    StepPage("nothing", actions.say_nothing, StepForm, _("That is an answer like any other."),
             said=_("Thank you. That is an answer."), check=actions.check_nothing),
    StepPage("answer_households", actions.answer_part, forms.HouseholdsForm,
             said=_("Written down."), step="answer", primary=False,
             check=partial(actions.check_asked, by_household=True)),
    StepPage("unsay", actions.unsay, WordsForm, _("Then it can be said anew."),
             said=_("Taken back."), check=actions.check_runs, primary=False),
)  # fmt: skip


class SampleSteps(StepPages[Sample]):
    """What somebody from elsewhere looks at: no name of a household."""

    name, listed, model = "sample", "samples", Sample
    sees, shown = rules.see_samples, "campaigns/sample.html"

    def facts(self, request: ActorRequest, row: Sample) -> dict[str, Any]:
        return {
            "tally": tally_of(row.part),
            "of_hamlet": queries.of_hamlet(row.part),
            "sums": queries.sums_of(row.part.campaign, row.part.hamlet),
            "why_not": rules.why_not(request.actor, row).reason if row.waits else "",
            "history": row.part.history(),
            "knows_who": True,
        }

    def done(
        self, request: ActorRequest, step: StepPage[Sample], row: Sample, after: Any
    ) -> HttpResponse:
        say_taken(request, step.said)
        return redirect(self.name, row.pk)


SAMPLES = SampleSteps(
    StepPage("agree", actions.agree, StepForm, _("Only if you, or somebody of yours, was there."),
             label=Part.STEPS["agree"].label, said=_("Thank you. That is noted."),
             check=actions.check_waits),
    StepPage("send_back", actions.send_back, ReasonForm, _("They read it, and say it anew."),
             label=Part.STEPS["send_back"].label, said=_("Sent back with your words."),
             check=actions.check_waits, primary=False),
)  # fmt: skip
