from django.urls import path

from . import own_views, views
from .steps import DISPUTES

OWN = "my/household/<key:pk>/disputes/<key:side>/"
urlpatterns = [
    *views.disputes.urls("disputes/"),
    views.begin_dispute.url("disputes/"),
    path("disputes/<key:pk>/paper/", views.dispute_paper, name="dispute_paper"),
    path("disputes/<key:pk>/ways/", views.dispute_ways, name="dispute_ways"),
    *DISPUTES.urls("disputes/<key:pk>/"),
    path(f"{OWN}word/", own_views.own_dispute_word, name="own_dispute_word"),
    path(f"{OWN}end/", own_views.own_dispute_end, name="own_dispute_end"),
]
