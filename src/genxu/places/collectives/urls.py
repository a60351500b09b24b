from django.urls import path

from . import own_views, views
from .steps import CHANGES, FILINGS, MEMBERSHIPS, PAGES

OWN = "my/household/<key:pk>/collectives/<key:collective>/wrong/"
HOLDING = "collectives/<key:pk>/households/<key:household_pk>/"

urlpatterns = [
    *views.collectives.urls("collectives/"),
    views.found.url("collectives/"),
    *views.roll.urls("collectives/roll/"),
    *views.register.urls("collectives/shares/"),
    *MEMBERSHIPS.urls("collectives/members/<key:pk>/"),
    *FILINGS.urls("collectives/filings/<key:pk>/"),
    *CHANGES.urls("collectives/changes/<key:pk>/"),
    path("collectives/officers/<key:pk>/declare/", views.declare, name="officer_declares"),
    path("collectives/officers/<key:pk>/leave/", views.leave_office, name="officer_leaves"),
    path("collectives/<key:pk>/follow/<key:member_pk>/", views.follow, name="follow_member"),
    path("collectives/<key:pk>/print/", views.print_certificates, name="print_certificates"),
    path(HOLDING, views.holding, name="collective_holding"),
    path(f"{HOLDING}print/", views.print_certificate, name="print_certificate"),
    *PAGES.urls("collectives/<key:pk>/"),
    path("shares/<str:code>/", own_views.share_certificate, name="share_certificate"),
    path(OWN, own_views.own_doubt, name="own_doubt_line"),
]
