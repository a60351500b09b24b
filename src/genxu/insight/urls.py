from django.urls import path

from . import views

urlpatterns = [path("insight/<place:code>/", views.dashboard, name="dashboard")]
