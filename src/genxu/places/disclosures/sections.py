"""The accounts on a hamlet's public page, on a household's own, on the page of their book."""

from genxu.core.sections import Section

from .queries import accounts_at, as_shown

SECTIONS = [
    Section("hamlet", 35, "disclosures/_hamlet.html",
            lambda hamlet: {"books": accounts_at(hamlet.code)}),
    Section("own_more", 35, "disclosures/_own.html", lambda _household: {}),
    Section("book", 20, "disclosures/_book.html", lambda book: {"shown": as_shown(book)},
            always=True),
]  # fmt: skip
