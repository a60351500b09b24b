"""The accounts on a hamlet's public page, and on a household's own."""

from genxu.core.sections import Section

from .queries import accounts_at

SECTIONS = [
    Section("hamlet", 35, "disclosures/_hamlet.html",
            lambda hamlet: {"books": accounts_at(hamlet.code)}),
    Section("own_more", 35, "disclosures/_own.html",
            lambda household: {"books": accounts_at(household.hamlet_id)}),
]  # fmt: skip
