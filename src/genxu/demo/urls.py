from django.urls import path

from . import views

urlpatterns = [path("demo/enter/", views.enter, name="demo_enter")]
