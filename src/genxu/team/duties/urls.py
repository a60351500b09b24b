from django.urls import path

from . import views
from .steps import PAGES

TURN = "duties/<key:pk>/turns/<key:turn_pk>/"
urlpatterns = [
    *views.rotas.urls("duties/"),
    path("my/turns/", views.my_turns, name="my_turns"),
    path("duties/at/<place:code>/deal/", views.deal_all, name="deal_rotas"),
    views.prepare.url("duties/"),
    path("duties/<key:pk>/wall/", views.wall, name="rota_wall"),
    path(TURN, views.turn_page, name="turn"),
    path(f"{TURN}offer/", views.offer_turn, name="offer_turn"),
    path(f"{TURN}withdraw/", views.withdraw_turn, name="withdraw_turn"),
    path(f"{TURN}take/<key:person_pk>/", views.take_turn, name="take_turn"),
    path(f"{TURN}clean/", views.note_clean, name="note_clean"),
    *PAGES.urls("duties/<key:pk>/"),
]
