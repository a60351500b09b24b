from django.urls import path

from . import own_views, slip_views, views
from .steps import PAGES

urlpatterns = [
    *views.households.urls("households/"),
    path("households/doubles/", views.doubles, name="household_doubles"),
    path("households/at/<place:code>/new/", views.new_household, name="new_household"),
    path("households/at/<place:code>/slips/", slip_views.hamlet_slips, name="household_slips"),
    path("households/at/<place:code>/slips/make/", slip_views.make_slips, name="make_slips"),
    path("households/<key:pk>/", views.household_page, name="household"),
    path("households/<key:pk>/needs/", views.household_needs, name="household_needs"),
    path("households/<key:pk>/slip/", slip_views.household_slip, name="household_slip"),
    path("households/<key:pk>/slip/renew/", slip_views.renew_slip, name="renew_slip"),
    path(
        "households/<key:pk>/apart/<key:other_pk>/", views.tell_apart, name="household_tell_apart"
    ),
    *PAGES.urls("households/<key:pk>/"),
    path("my/offices/", views.own_offices, name="own_offices"),
    path("my/offices/<key:pk>/phone/", views.office_phone, name="office_phone"),
    path("h/", own_views.find_household, name="find_household"),
    path("my/household/<key:pk>/correct/", own_views.own_record, name="own_record"),
    path("my/household/<key:pk>/copy/", own_views.own_copy, name="own_copy"),
    path("my/household/<key:pk>/erasure/", own_views.own_erasure, name="own_erasure"),
    path("my/household/<key:pk>/close/", own_views.close_household, name="close_household"),
]
