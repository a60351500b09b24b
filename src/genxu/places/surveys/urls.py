from django.urls import path

from . import own_views, views
from .steps import SURVEYS

urlpatterns = [
    *views.surveys.urls("surveys/"),
    views.begin_survey.url("surveys/"),
    path("surveys/<key:pk>/sheet/", views.survey_sheet, name="survey_sheet"),
    *SURVEYS.urls("surveys/<key:pk>/"),
    path("my/household/<key:pk>/income/<key:answer>/", own_views.own_income, name="own_income"),
]
