from django.urls import path

from . import views
from .steps import PAGES

urlpatterns = [
    path("councils/", views.councils.page, name="councils"),
    path("councils/export/", views.councils.sheet, name="export_councils"),
    views.form_council.url("councils/"),
    path("councils/<key:pk>/", views.council_page, name="council"),
    path("councils/<key:pk>/seats/<key:seat_pk>/leave/", views.leave_seat, name="leave_seat"),
    *PAGES.urls("councils/<key:pk>/"),
]
