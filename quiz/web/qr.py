"""QR codes, by the library segno."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=8)
def qr_rows(text: str) -> tuple[str, ...]:
    """Return a QR code as rows of 1 for dark and 0 for light, with the quiet zone of four modules."""
    import segno

    matrix = segno.make(text, error="m", micro=False).matrix_iter(border=4)
    return tuple("".join("1" if module else "0" for module in row) for row in matrix)


def qr_lines(text: str) -> list[str]:
    """Return a QR code as lines of half blocks, two modules high each; light modules are drawn."""
    rows = qr_rows(text)
    if len(rows) % 2:
        rows = (*rows, "0" * len(rows[0]))
    signs = {("0", "0"): "█", ("0", "1"): "▀", ("1", "0"): "▄", ("1", "1"): " "}
    return [
        "".join(signs[pair] for pair in zip(*two, strict=True))
        for two in zip(rows[::2], rows[1::2], strict=True)
    ]
