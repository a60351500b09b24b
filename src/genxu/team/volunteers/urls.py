from django.urls import path

from . import household_views, own_views, public_views, views
from .steps import HOURS, OUTINGS, TEAMS, VOLUNTEERS

OWN, HOUSE = "my/hours/<key:pk>/", "my/household/<key:pk>/"
urlpatterns = [
    path("volunteer-teams/", views.teams.page, name="teams"),
    views.form_team.url("volunteer-teams/"),
    path("volunteer-teams/<key:pk>/poster/", views.outing_poster, name="outing_poster"),
    *TEAMS.urls("volunteer-teams/<key:pk>/"),
    path("outings/", views.outings.page, name="outings"),
    path("outings/<key:pk>/come/", views.come_along, name="come_along"),
    path("outings/<key:pk>/sign-ups/<key:key>/", views.answer_sign_up, name="answer_sign_up"),
    *OUTINGS.urls("outings/<key:pk>/"),
    *views.volunteers.urls("volunteers/"),
    path("volunteers/mine/", own_views.my_hours, name="my_hours"),
    views.enlist_volunteer.url("volunteers/"),
    path("volunteers/<key:pk>/answer/", views.answer_volunteer, name="answer_volunteer"),
    path("volunteers/<key:pk>/slip/", views.volunteer_slip, name="volunteer_slip"),
    path(
        "volunteers/<key:pk>/slip/renew/", views.renew_volunteer_slip, name="renew_volunteer_slip"
    ),
    path("volunteers/<key:pk>/papers/<key:key>/", views.volunteer_paper, name="volunteer_paper"),
    *VOLUNTEERS.urls("volunteers/<key:pk>/"),
    *views.hours.urls("volunteer-hours/"),
    *HOURS.urls("volunteer-hours/<key:pk>/"),
    path("v/", own_views.find_hours, name="find_hours"),
    path(OWN, own_views.own_hours, name="own_hours"),
    path(f"{OWN}close/", own_views.close_hours, name="close_hours"),
    path(f"{OWN}write/", own_views.own_write, name="own_write"),
    path(f"{OWN}correct/<key:key>/", own_views.own_correct, name="own_correct"),
    path(f"{OWN}withdraw/<key:key>/", own_views.own_withdraw, name="own_withdraw_hours"),
    path(f"{OWN}person/", own_views.own_person, name="own_person"),
    path(f"{OWN}quit/", own_views.own_quit, name="own_quit"),
    path(f"{OWN}certificate/", own_views.own_certificate, name="own_certificate"),
    path(f"{OWN}papers/<key:key>/", public_views.own_paper, name="own_paper"),
    path(f"{OWN}<slug:act>/<key:key>/", own_views.own_tap, name="own_tap"),
    path("my/dates/<key:pk>/<slug:key>.ics", public_views.own_dates, name="own_dates"),
    path("my/certificate/<key:pk>/", public_views.certificate, name="certificate"),
    path("places/<place:code>/help/", public_views.ask_to_join, name="ask_to_join"),
    path("places/<place:code>/outings.ics", public_views.hamlet_dates, name="hamlet_dates"),
    path(f"{HOUSE}volunteer/", household_views.own_enlist, name="own_enlist"),
    path(f"{HOUSE}hours/<key:key>/", household_views.own_confirm, name="own_confirm"),
]
