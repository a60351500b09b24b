from django.urls import path

from . import neighbour_views, noting_views, receipt_views, steps, suggestion_views, views

urlpatterns = [
    *views.matters.urls("matters/"),
    path("note/", noting_views.note_matter, name="note_matter"),
    path("note/<place:code>/", noting_views.note_matter_at, name="note_matter_at"),
    path("my/household/<key:pk>/say/", noting_views.own_say, name="own_say"),
    path("matters/<key:pk>/", views.matter_page, name="matter"),
    *steps.PAGES.urls("matters/<key:pk>/"),
    path(
        "matters/<key:pk>/verdict/<key:suggestion_pk>/", views.record_verdict, name="matter_verdict"
    ),
    path("neighbours/", neighbour_views.my_neighbours, name="neighbours"),
    path("suggestions/<key:pk>/", suggestion_views.suggestion_page, name="suggestion"),
    path("suggestions/<key:pk>/open-matter/", suggestion_views.open_matter, name="open_matter"),
    path("suggestions/<key:pk>/join-matter/", suggestion_views.join_matter, name="join_matter"),
    path("suggestions/<key:pk>/receipt/", suggestion_views.print_receipt, name="print_receipt"),
    path(
        "suggestions/<key:pk>/replace-receipt/",
        suggestion_views.replace_receipt,
        name="replace_receipt",
    ),
    path("r/", receipt_views.find_receipt, name="find_receipt"),
    path("my/receipt/<key:pk>/", receipt_views.receipt, name="receipt"),
    path(
        "my/receipt/<key:pk>/verdict/<key:matter>/",
        receipt_views.receipt_verdict,
        name="receipt_verdict",
    ),
    path(
        "my/receipt/<key:pk>/disown/<key:matter>/<key:verdict>/",
        receipt_views.receipt_disown,
        name="receipt_disown",
    ),
    path(
        "my/receipt/<key:pk>/take-back/<key:matter>/",
        receipt_views.receipt_take_back,
        name="receipt_take_back",
    ),
    path("my/receipt/<key:pk>/close/", receipt_views.close_receipt, name="close_receipt"),
]
