from django.urls import path

from . import views

urlpatterns = [path("insight/<str:code>/", views.dashboard, name="dashboard")]
