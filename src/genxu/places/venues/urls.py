from django.urls import path

from . import views
from .steps import VENUES

urlpatterns = [
    *views.venues.urls("venues/"),
    views.open_venue.url("venues/"),
    path("venues/<key:pk>/missing/<slug:kind>/", views.raise_missing, name="raise_missing"),
    *VENUES.urls("venues/<key:pk>/"),
]
