"""What pages for printing share."""

from __future__ import annotations

import html

SIZES = {"a4": "A4", "letter": "Letter"}
"""The sizes of sheets, as CSS names them."""


def printed_page(language: str, title: str, style: str, body: str) -> str:
    """Return a page that needs no other file. `style` and `body` are markup, the others are texts."""
    return (
        f'<!doctype html>\n<html lang="{html.escape(language)}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">\n<title>{html.escape(title)}</title>\n'
        f"<style>\n{style}</style></head>\n<body>\n{body}\n</body>\n</html>\n"
    )
