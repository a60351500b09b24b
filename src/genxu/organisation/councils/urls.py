from django.urls import path

from . import terms, views

urlpatterns = [
    path("councils/", views.councils.page, name="councils"),
    path("councils/export/", views.councils.sheet, name="export_councils"),
    path("councils/at/<str:code>/new/", views.form_council, name="form_council"),
    path("councils/<key:pk>/", views.council_page, name="council"),
    path("councils/<key:pk>/seats/new/", views.seat_member, name="seat_member"),
    path("councils/<key:pk>/seats/<key:seat_pk>/", views.change_seat, name="change_seat"),
    path("councils/<key:pk>/seats/<key:seat_pk>/leave/", views.leave_seat, name="leave_seat"),
    path("councils/<key:pk>/renew/", terms.renew_council, name="renew_council"),
    path("councils/<key:pk>/dissolve/", terms.dissolve_council, name="dissolve_council"),
]
