from django.urls import path

from . import neighbours, receipts, views

urlpatterns = [
    path("matters/", views.matter_list, name="matters"),
    path("matters/<int:pk>/", views.matter_page, name="matter"),
    *(
        path(f"matters/<int:pk>/{name.replace('_', '-')}/", view, name=f"matter_{name}")
        for name, view in views.STEP_VIEWS.items()
    ),
    path(
        "matters/<int:pk>/verdict/<int:suggestion_pk>/", views.record_verdict, name="matter_verdict"
    ),
    path("neighbours/", neighbours.my_neighbours, name="neighbours"),
    path("suggestions/<int:pk>/", receipts.suggestion_page, name="suggestion"),
    path("suggestions/<int:pk>/open-matter/", receipts.open_matter, name="open_matter"),
    path("suggestions/<int:pk>/join-matter/", receipts.join_matter, name="join_matter"),
    path("r/", receipts.find_receipt, name="find_receipt"),
    path("r/<str:code>/", receipts.receipt, name="receipt"),
    path("r/<str:code>/verdict/<int:pk>/", receipts.receipt_verdict, name="receipt_verdict"),
]
