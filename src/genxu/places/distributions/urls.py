from django.urls import path

from . import own_views, paper_views, views
from .steps import DISTRIBUTIONS, PORTIONS

urlpatterns = [
    *views.distributions.urls("distributions/"),
    views.draw_plan.url("distributions/"),
    *views.portions.urls("distributions/portions/"),
    path("distributions/<key:pk>/open/", views.open_distribution, name="open_distribution"),
    path("distributions/<key:pk>/open.csv", views.distribution_csv, name="distribution_csv"),
    path("distributions/<key:pk>/papers/", paper_views.print_papers, name="distribution_papers"),
    *DISTRIBUTIONS.urls("distributions/<key:pk>/"),
    *PORTIONS.urls("distributions/portions/<key:pk>/"),
    path("my/household/<key:pk>/distribution/<key:portion>/", own_views.own_portion,
         name="own_portion"),
]  # fmt: skip
