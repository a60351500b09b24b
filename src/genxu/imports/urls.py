from django.urls import path

from . import views

urlpatterns = [
    path("exports/", views.ask_export, name="ask_export"),
]
