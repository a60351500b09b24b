from django.urls import path

from . import views
from .steps import CAMPAIGNS, PARTS, SAMPLES

urlpatterns = [
    path("campaigns/", views.campaigns.page, name="campaigns"),
    views.prepare_campaign.url("campaigns/"),
    path("campaigns/samples/", views.samples.page, name="samples"),
    path("campaigns/<key:pk>/sheet/", views.campaign_sheet, name="campaign_sheet"),
    *CAMPAIGNS.urls("campaigns/<key:pk>/"),
    *PARTS.urls("campaigns/parts/<key:pk>/"),
    *SAMPLES.urls("campaigns/samples/<key:pk>/"),
]
