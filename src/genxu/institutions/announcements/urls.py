from django.urls import path

from . import views
from .steps import PAGES

urlpatterns = [
    views.announce.url("announcements/"),
    *PAGES.urls("announcements/<key:pk>/"),
    path("places/<place:code>/say/", views.say_for_talk, name="say_for_talk"),
]
