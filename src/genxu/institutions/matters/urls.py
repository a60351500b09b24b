from django.urls import path

from . import neighbours, receipts, views

urlpatterns = [
    path("matters/", views.matter_list, name="matters"),
    path("matters/<key:pk>/", views.matter_page, name="matter"),
    *(
        path(f"matters/<key:pk>/{name.replace('_', '-')}/", view, name=f"matter_{name}")
        for name, view in views.STEP_VIEWS.items()
    ),
    path(
        "matters/<key:pk>/verdict/<key:suggestion_pk>/", views.record_verdict, name="matter_verdict"
    ),
    path("neighbours/", neighbours.my_neighbours, name="neighbours"),
    path("suggestions/<key:pk>/", receipts.suggestion_page, name="suggestion"),
    path("suggestions/<key:pk>/open-matter/", receipts.open_matter, name="open_matter"),
    path("suggestions/<key:pk>/join-matter/", receipts.join_matter, name="join_matter"),
    path("r/", receipts.find_receipt, name="find_receipt"),
    path("r/<str:code>/", receipts.receipt, name="receipt"),
    path("r/<str:code>/verdict/<key:pk>/", receipts.receipt_verdict, name="receipt_verdict"),
]
