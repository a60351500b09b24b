from django.urls import path

from . import (
    household_views,
    organisation_views,
    privacy_views,
    public_views,
    views,
    week_views,
)

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("home/", views.home, name="home"),
    path("my/week/", week_views.week, name="week"),
    path("places/", views.places, name="places"),
    path("places/<place:code>/", views.place, name="place"),
    path("places/<place:code>/talks/<key:pk>/", public_views.public_talk, name="public_talk"),
    path("places/<place:code>/matters/<key:pk>/", public_views.public_matter, name="public_matter"),
    path("my/household/<key:pk>/", household_views.own_page, name="own_page"),
    path(
        "organisation/<place:code>/",
        organisation_views.place_organisation,
        name="place_organisation",
    ),
    path("privacy/", privacy_views.privacy, name="privacy"),
    path("text-size/", views.text_size, name="text_size"),
    path("healthz", views.healthz, name="healthz"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
