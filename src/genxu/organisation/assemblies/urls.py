from django.urls import path

from . import views

urlpatterns = [
    path("assemblies/", views.assemblies.page, name="assemblies"),
    path("assemblies/export/", views.assemblies.sheet, name="export_assemblies"),
    path("assemblies/at/<str:code>/new/", views.convene, name="convene_assembly"),
    path("assemblies/<key:pk>/", views.assembly_page, name="assembly"),
    path("assemblies/<key:pk>/notice/", views.notice, name="assembly_notice"),
    path("assemblies/<key:pk>/sheet/", views.sheet, name="assembly_sheet"),
    path("assemblies/<key:pk>/change/", views.change, name="change_assembly"),
    path("assemblies/<key:pk>/cancel/", views.cancel, name="cancel_assembly"),
    path("assemblies/<key:pk>/attendance/", views.attendance, name="assembly_attendance"),
    path("assemblies/<key:pk>/questions/<key:position>/", views.tally, name="tally_motion"),
    path(
        "assemblies/<key:pk>/questions/<key:position>/correct/", views.correct, name="correct_tally"
    ),
]
