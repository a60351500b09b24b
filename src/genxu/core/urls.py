from django.urls import path

from . import views

urlpatterns = [
    path("journal/", views.journal.page, name="journal"),
    path("journal/sheet/", views.journal.sheet, name="journal_sheet"),
]
