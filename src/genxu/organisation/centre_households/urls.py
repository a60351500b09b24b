from django.urls import path

from . import card_views, coverage_views, household_views, paper_views, steps, views

urlpatterns = [
    *views.centre_households.urls("centre-households/"),
    path("centre-households/appoint/", views.appoint_together, name="appoint_together"),
    path(
        "centre-households/at/<place:code>/",
        views.centre_households_at,
        name="centre_households_at",
    ),
    path(
        "centre-households/at/<place:code>/nominate/",
        views.nominate_household,
        name="nominate_household",
    ),
    path(
        "centre-households/<key:pk>/recommend/",
        views.record_recommendation,
        name="record_recommendation",
    ),
    path("centre-households/<key:pk>/consent/", views.set_consent, name="centre_household_consent"),
    *steps.PAGES.urls("centre-households/<key:pk>/"),
    path("my/household/<key:pk>/stand/", household_views.stand, name="own_stand"),
    path(
        "my/household/<key:pk>/recommend/<key:candidate>/",
        household_views.recommend,
        name="own_recommend",
    ),
    path("my/household/<key:pk>/take-back/", household_views.take_back, name="own_take_back"),
    path("my/household/<key:pk>/withdraw/", household_views.withdraw, name="own_withdraw"),
    path("my/household/<key:pk>/resign/", household_views.resign, name="own_resign"),
    path("my/household/<key:pk>/erase/", household_views.erase, name="own_erase"),
    path("my/household/<key:pk>/consent/", household_views.consent, name="own_consent"),
    path(
        "centre-households/print/",
        paper_views.print_centre_households,
        name="print_centre_households",
    ),
    path(
        "centre-households/<key:pk>/print/<str:what>/",
        paper_views.print_centre_household,
        name="print_centre_household",
    ),
    path("c/<str:code>/", card_views.centre_card, name="centre_card"),
    path("coverage/", coverage_views.coverage_home, name="coverage_home"),
    path("coverage/township/<place:code>/", coverage_views.coverage_place, name="coverage_place"),
    path(
        "coverage/township/<place:code>/propose/",
        coverage_views.coverage_propose,
        name="coverage_propose",
    ),
    path(
        "coverage/township/<place:code>/accept/",
        coverage_views.coverage_accept,
        name="coverage_accept",
    ),
    path("coverage/<place:code>/", coverage_views.coverage, name="coverage"),
    path("coverage/<place:code>/export/", coverage_views.coverage_export, name="coverage_export"),
]
