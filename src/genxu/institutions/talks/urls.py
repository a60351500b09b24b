from django.urls import path

from . import views
from .steps import PAGES

urlpatterns = [
    *views.talks.urls("talks/"),
    path("talks/at/<place:code>/new/", views.record_talk, name="record_talk"),
    path("talks/<key:pk>/", views.talk_page, name="talk"),
    path("talks/<key:pk>/minutes/", views.minutes, name="minutes"),
    path("talks/<key:pk>/receipts/", views.receipts, name="receipts"),
    path("talks/photos/<key:pk>/", views.photo, name="talk_photo"),
    *PAGES.urls("talks/<key:pk>/"),
]
