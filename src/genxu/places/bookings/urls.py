from django.urls import path

from . import own_views, public_views, views
from .steps import BOOKINGS

OWN = "my/household/<key:pk>/bookings/"
PUBLIC = "places/<place:code>/venues/<key:pk>/"
urlpatterns = [
    *views.bookings.urls("bookings/"),
    path("venues/<key:pk>/month/", views.venue_month, name="venue_month"),
    path("venues/<key:pk>/month.pdf", views.month_sheet, name="month_sheet"),
    path("venues/<key:pk>/book/", views.book_venue, name="book_venue"),
    path("bookings/<key:pk>/slip.pdf", views.booking_slip, name="booking_slip"),
    *BOOKINGS.urls("bookings/<key:pk>/"),
    path(PUBLIC, public_views.public_venue, name="public_venue"),
    path(f"{PUBLIC}<key:room>.ics", public_views.room_dates, name="room_dates"),
    path(f"{OWN}new/<key:venue>/", own_views.own_book, name="own_book"),
    path(f"{OWN}<key:key>/change/", own_views.own_change_booking, name="own_change_booking"),
    path(f"{OWN}<key:key>/yes/", own_views.own_make_way, name="own_make_way"),
    path(f"{OWN}<key:key>/no/", own_views.own_booking_no, name="own_booking_no"),
    path(f"{OWN}<key:key>/withdraw/", own_views.own_booking_withdraw, name="own_booking_withdraw"),
]
