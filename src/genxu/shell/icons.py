"""Small line drawings, 20 by 20, in the colour of the text around them."""

from django.utils.safestring import SafeString, mark_safe

_FRAME = (
    '<svg class="icon" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-w'
    'idth="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" foc'
    'usable="false">'
)
_PATHS = {
    "menu": ('<path d="M3 6h14M3 10h14M3 14h14"/>'),
    "close": ('<path d="m5 5 10 10M15 5 5 15"/>'),
    "text": ('<path d="M1.5 15.5 5 7.5l3.5 8M2.8 13h4.4M9.5 15.5 14 4.5l4.5 11M11.1 12h5.8"/>'),
    "globe": (
        '<circle cx="10" cy="10" r="7.2"/><path d="M2.8 10h14.4M10 2.8c2.2 2 3.2 4.4 3.'
        '2 7.2s-1 5.2-3.2 7.2c-2.2-2-3.2-4.4-3.2-7.2s1-5.2 3.2-7.2Z"/>'
    ),
    "back": ('<path d="M16.5 10h-13m5-5-5 5 5 5"/>'),
    "plus": ('<path d="M10 4v12M4 10h12"/>'),
    "print": ('<path d="M6 7V3h8v4M6 14H3.5V7.5h13V14H14M6 11.5h8V17H6z"/>'),
    "copy": ('<path d="M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7"/>'),
    "phone": (
        '<path d="M6.5 3H4a1 1 0 0 0-1 1c0 7.2 5.8 13 13 13a1 1 0 0 0 1-1v-2.5l-3.6-1.4'
        '-1.6 1.7A11 11 0 0 1 6.2 8.2l1.7-1.6z"/>'
    ),
    "search": ('<circle cx="9" cy="9" r="5.5"/><path d="m13.5 13.5 4 4"/>'),
    "warn": ('<path d="M10 3 1.8 17h16.4zM10 8v4.2M10 14.7v.1"/>'),
    "check": ('<path d="m4 10.5 4 4 8-9"/>'),
    "home": ('<path d="M3 9.5 10 3l7 6.5M5 8.5V17h10V8.5M8.5 17v-4.5h3V17"/>'),
    "people": (
        '<circle cx="7.5" cy="7" r="3"/><path d="M2 16.5c.4-3.2 2.6-4.8 5.5-4.8s5.1 1.6'
        ' 5.5 4.8M13 4.3a3 3 0 0 1 0 5.4M14.5 12c2.1 0.5 3.3 2 3.5 4.5"/>'
    ),
    "talk": ('<path d="M3 4h14v9.5H9L5.5 17v-3.5H3zM6.5 7.5h7M6.5 10.3h4.5"/>'),
}

ICONS: dict[str, SafeString] = {
    name: mark_safe(f"{_FRAME}{path}</svg>")  # noqa: S308
    for name, path in _PATHS.items()
}
