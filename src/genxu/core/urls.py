from django.urls import path

from . import views

urlpatterns = [
    path("journal/", views.journal_page, name="journal"),
]
