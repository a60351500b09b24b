from django.urls import path

from . import views
from .steps import CONTRACTS

urlpatterns = [
    *views.contracts.urls("contracts/"),
    path("contracts/due/print/", views.print_dues, name="print_dues"),
    views.draft_contract.url("contracts/"),
    *CONTRACTS.urls("contracts/<key:pk>/"),
]
