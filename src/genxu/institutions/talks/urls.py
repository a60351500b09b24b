from django.urls import path

from . import views

urlpatterns = [
    path("talks/", views.talk_list, name="talks"),
    path("talks/at/<str:code>/new/", views.record_talk, name="record_talk"),
    path("talks/<int:pk>/", views.talk_page, name="talk"),
    path("talks/<int:pk>/minutes/", views.minutes, name="minutes"),
    path("talks/<int:pk>/receipts/", views.receipts, name="receipts"),
    path("talks/photos/<int:pk>/", views.photo, name="talk_photo"),
]
