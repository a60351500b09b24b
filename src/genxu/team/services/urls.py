from django.urls import path

from . import own_views, views
from .steps import CERTIFICATIONS, ERRANDS, ITEMS, POSTINGS

OWN = "my/household/<key:pk>/services/"
urlpatterns = [
    path("services/", views.items.page, name="items"),
    views.add_item.url("services/"),
    *ITEMS.urls("services/<key:pk>/"),
    path("services/day/", views.service_day, name="service_day"),
    path("services/day/<place:code>/<key:household_pk>/due/", views.ask_due, name="ask_due"),
    *views.stewards.urls("stewards/"),
    views.post_steward.url("stewards/"),
    *views.links.urls("stewards/links/"),
    path("stewards/links/<key:pk>/end/", views.end_link, name="end_link"),
    *POSTINGS.urls("stewards/<key:pk>/"),
    path("certifications/", views.certifications.page, name="certifications"),
    views.note_certification.url("certifications/"),
    *CERTIFICATIONS.urls("certifications/<key:pk>/"),
    path("errands/", views.errands.page, name="errands"),
    views.ask_errand.url("errands/"),
    *ERRANDS.urls("errands/<key:pk>/"),
    path(f"{OWN}ask/", own_views.own_ask, name="own_errand_ask"),
    path(f"{OWN}refuse/", own_views.own_refuse, name="own_steward_refuse"),
    path(f"{OWN}<key:errand>/yes/", own_views.own_yes, name="own_errand_yes"),
    path(f"{OWN}<key:errand>/withdraw/", own_views.own_withdraw, name="own_errand_withdraw"),
    path(f"{OWN}<key:errand>/word/", own_views.own_word, name="own_errand_word"),
]
