from django.urls import path

from . import views
from .steps import BANK_LINES, BOOKS, ENTRIES

urlpatterns = [
    *views.books.urls("books/"),
    views.open_book.url("books/"),
    path("books/<key:pk>/balances/", views.balances, name="book_balances"),
    path("books/<key:pk>/accounts/<slug:account>/", views.account, name="book_account"),
    path("books/<key:pk>/export/<slug:kind>/", views.export_book, name="export_book"),
    *BOOKS.urls("books/<key:pk>/"),
    *views.entries.urls("vouchers/"),
    *ENTRIES.urls("vouchers/<key:pk>/"),
    path("vouchers/papers/<key:pk>/", views.entry_paper, name="voucher_paper"),
    *BANK_LINES.urls("bank-lines/<key:pk>/"),
]
