"""What everybody reads on a hamlet's page, and a household on its own."""

from genxu.core.sections import Section

from .queries import counted_at, lines_of, own_collectives

SECTIONS = [
    Section("hamlet", 62, "collectives/_public.html", lambda row: {"collectives": counted_at(row)}),
    Section(
        "own",
        32,
        "collectives/_own.html",
        lambda row: {"share_lines": lines_of(row)},
        rows=own_collectives,
    ),
]
