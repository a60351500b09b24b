from django.urls import path

from . import views
from .steps import APPEALS, APPRAISALS, ENTRIES

urlpatterns = [
    path("appraisals/", views.appraisals.page, name="appraisals"),
    path("my/appraisals/", views.my_appraisals, name="my_appraisals"),
    views.begin.url("appraisals/"),
    *APPRAISALS.urls("appraisals/<key:pk>/"),
    *ENTRIES.urls("appraised/<key:pk>/"),
    *APPEALS.urls("appeals/<key:pk>/"),
]
