from django.urls import path

from . import views
from .steps import CAMPAIGNS, PARTS, SAMPLES

urlpatterns = [
    *views.campaigns.urls("campaigns/"),
    views.prepare_campaign.url("campaigns/"),
    *views.samples.urls("campaigns/samples/"),
    path("campaigns/<key:pk>/sheet/", views.campaign_sheet, name="campaign_sheet"),
    *CAMPAIGNS.urls("campaigns/<key:pk>/"),
    *PARTS.urls("campaigns/parts/<key:pk>/"),
    *SAMPLES.urls("campaigns/samples/<key:pk>/"),
]
