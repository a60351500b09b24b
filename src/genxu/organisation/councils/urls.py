from django.urls import path

from . import views
from .steps import PAGES

urlpatterns = [
    *views.councils.urls("councils/"),
    views.form_council.url("councils/"),
    path("councils/<key:pk>/", views.council_page, name="council"),
    path("councils/<key:pk>/seats/<key:seat_pk>/leave/", views.leave_seat, name="leave_seat"),
    *PAGES.urls("councils/<key:pk>/"),
]
