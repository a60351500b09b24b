from django.urls import path

from . import views

urlpatterns = [
    path("exports/", views.ask_export, name="ask_export"),
    path("imports/", views.imports.page, name="imports"),
    path("imports/new/", views.bring_sheet, name="bring_sheet"),
    path("imports/template/<slug:kind>/", views.template_file, name="import_template"),
    path("imports/<key:pk>/", views.import_page, name="import"),
    path("imports/<key:pk>/match/", views.match_sheet, name="match_sheet"),
    path("imports/<key:pk>/take-in/", views.take_in_sheet, name="take_in_sheet"),
    path("imports/<key:pk>/leave/", views.leave_sheet, name="leave_sheet"),
    path("imports/<key:pk>/marked/", views.marked_file, name="marked_file"),
]
