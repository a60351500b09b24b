from django.urls import path

from . import views

urlpatterns = [
    path("journal/", views.journal.page, name="journal"),
    path("journal/verify/", views.verify_page, name="journal_verify"),
]
