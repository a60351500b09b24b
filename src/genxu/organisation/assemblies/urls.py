from django.urls import path

from . import views

urlpatterns = [
    path("assemblies/", views.assembly_list, name="assemblies"),
    path("assemblies/export/", views.export, name="export_assemblies"),
    path("assemblies/at/<str:code>/new/", views.convene, name="convene_assembly"),
    path("assemblies/<int:pk>/", views.assembly_page, name="assembly"),
    path("assemblies/<int:pk>/notice/", views.notice, name="assembly_notice"),
    path("assemblies/<int:pk>/sheet/", views.sheet, name="assembly_sheet"),
    path("assemblies/<int:pk>/change/", views.change, name="change_assembly"),
    path("assemblies/<int:pk>/cancel/", views.cancel, name="cancel_assembly"),
    path("assemblies/<int:pk>/attendance/", views.attendance, name="assembly_attendance"),
    path("assemblies/<int:pk>/questions/<int:position>/", views.tally, name="tally_motion"),
    path(
        "assemblies/<int:pk>/questions/<int:position>/correct/", views.correct, name="correct_tally"
    ),
]
