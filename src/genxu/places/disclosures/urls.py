from django.urls import path

from . import public_views, views
from .steps import BOOKS, DISCLOSURES

urlpatterns = [
    *views.disclosures.urls("disclosures/"),
    *BOOKS.urls("disclosures/books/<key:pk>/"),
    path("disclosures/<key:pk>/wall/", views.disclosure_wall, name="disclosure_wall"),
    *DISCLOSURES.urls("disclosures/<key:pk>/"),
    path("places/<place:code>/accounts/", public_views.public_accounts, name="public_accounts"),
    path("accounts/<key:pk>/", public_views.public_disclosure, name="public_disclosure"),
    path("accounts/<key:pk>/lines/", public_views.disclosure_lines, name="disclosure_lines"),
    path("accounts/lines/<key:pk>/ask/", public_views.ask_about_line, name="ask_about_line"),
    path("my/household/<key:pk>/accounts/<key:line>/", public_views.own_ask_line,
         name="own_ask_line"),
]  # fmt: skip
