from django.urls import path

from . import views
from .steps import PAGES

urlpatterns = [
    *views.assemblies.urls("assemblies/"),
    views.convene.url("assemblies/"),
    path("assemblies/<key:pk>/", views.assembly_page, name="assembly"),
    path("assemblies/<key:pk>/notice/", views.notice, name="assembly_notice"),
    path("assemblies/<key:pk>/sheet/", views.sheet, name="assembly_sheet"),
    *PAGES.urls("assemblies/<key:pk>/"),
]
