from django.urls import path

from . import views
from .steps import BUDGETS, CONTRIBUTIONS, SPENDINGS

urlpatterns = [
    *views.funds.urls("funds/"),
    path("funds/limit/<place:code>/", views.set_limit, name="set_limit"),
    path("funds/<key:pk>/", views.fund, name="fund"),
    *views.contributions.urls("contributions/"),
    views.note_contribution.url("contributions/"),
    path("contributions/<key:pk>/paper/", views.contribution_paper, name="contribution_paper"),
    *CONTRIBUTIONS.urls("contributions/<key:pk>/"),
    *views.spendings.urls("spendings/"),
    views.ask_spending.url("spendings/"),
    *SPENDINGS.urls("spendings/<key:pk>/"),
    views.plan_budget.url("budgets/"),
    *BUDGETS.urls("budgets/<key:pk>/"),
    path("my/gift/<key:pk>/", views.gift, name="gift"),
]
