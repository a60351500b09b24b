from django.urls import path

from . import views
from .steps import PAGES

urlpatterns = [
    path("hamlets/<place:pk>/", views.hamlet, name="hamlet"),
    *PAGES.urls("hamlets/<place:pk>/"),
]
