"""The campaigns, what was drawn to be looked at, and what is left as a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from genxu.core.access import Actor
from genxu.core.errors import Missing
from genxu.core.pages import ActorRequest, page
from genxu.core.sheets.writing import Out, sheet_response
from genxu.regions.begun import NewPage
from genxu.regions.codes import Level
from genxu.regions.columns import place_columns
from genxu.regions.lists import PlacedList
from genxu.regions.models import Region

from . import campaign_actions, forms, queries, rules
from .counting import tallies
from .models import Campaign, Part, Sample


class PrepareCampaign(NewPage):
    """A campaign begins in a county."""

    def hamlets_of(self, actor: Actor) -> list[Region]:
        held = actor.places(self.action.permission.roles)
        rows = Region.objects.filter(code__in=held, level=Level.COUNTY)
        return list(rows.order_by("code"))


prepare_campaign = PrepareCampaign(
    "prepare_campaign", "campaign", "campaigns", campaign_actions.prepare_campaign,
    forms.PlanForm, _("Prepare a campaign"), _("Prepared. Nobody is asked before you open it."),
    _("It goes by what is written down already: only what no record holds is asked, once."),
)  # fmt: skip


class CampaignList(PlacedList[forms.CampaignsForm, Campaign]):
    permission = rules.see_campaigns
    form = forms.CampaignsForm
    template = "campaigns/list.html"
    title = _("Campaigns")
    address = "campaigns"
    begins = prepare_campaign

    def rows(self, actor: Actor) -> QuerySet[Campaign]:
        return queries.campaign_list(actor)

    def put_on(self, rows: Sequence[Any], form: forms.CampaignsForm) -> None:
        """They lie in counties: each is named as it is."""

    def context(self, form: forms.CampaignsForm, fragment: bool) -> dict[str, Any]:
        looks = form.actor.plays(rules.LOOKERS)
        return {**super().context(form, fragment), "samples": looks}


class SampleList(PlacedList[forms.SamplesForm, Sample]):
    """What waits for a look from elsewhere, and what was looked at."""

    permission = rules.see_samples
    form = forms.SamplesForm
    template = "campaigns/samples.html"
    title = _("To be looked at elsewhere")
    address = "samples"

    def rows(self, actor: Actor) -> QuerySet[Sample]:
        return queries.sample_list(actor)

    def put_on(self, rows: Sequence[Any], form: forms.SamplesForm) -> None:
        """They lie in other townships: each is named with its village."""
        for row in rows:
            row.part.hamlet.beyond_village = True


campaigns, samples = CampaignList(), SampleList()


@page(rules.see_campaigns)
def campaign_sheet(request: ActorRequest, pk: int) -> HttpResponseBase:
    """What is left, hamlet by hamlet, in the order of places; no household is named."""
    campaign = Campaign.objects.one_for(request.actor, pk)
    if campaign.opened_on is None:
        raise Missing(Campaign.missing)
    place = queries.place_shown(request.actor, campaign, request.GET.get("place", ""))
    rows = queries.sheet_rows(campaign, place)
    return sheet_response(request, campaign.name, columns(campaign, place), rows)


def columns(campaign: Campaign, place: Region) -> list[Out[Part]]:
    found, told = tallies(campaign, place.code), queries.fact_sums(campaign, place)
    facts = [
        Out[Part](fact.name, lambda one, key=fact.pk: told.get((one.hamlet_id, key), ""), 14)  # type: ignore[misc]
        for fact in campaign.asked
    ]
    return [
        *place_columns(),
        Out(_("What the records know"), lambda one: found[one.hamlet_id].known, 12),
        Out(_("Left"), lambda one: found[one.hamlet_id].left, 10),
        Out(_("What it said"), lambda one: one.get_state_display(), 16),
        *facts,
    ]
