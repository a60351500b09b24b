from django.urls import path

from . import views
from .steps import PAGES

urlpatterns = [
    *views.meetings.urls("meetings/"),
    path("meetings/quiet/", views.quiet, name="quiet_members"),
    path("study/", views.study.page, name="study"),
    path("study/at/<place:code>/new/", views.offer_training, name="offer_training"),
    path("study/<key:pk>/withdraw/", views.withdraw_training, name="withdraw_training"),
    views.note_meeting.url("meetings/"),
    *PAGES.urls("meetings/<key:pk>/"),
]
