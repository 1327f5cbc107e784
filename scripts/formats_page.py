#!/usr/bin/env python3
"""Write the table of docs/formats.md from what the formats declare.

With --check nothing is written: the exit code says whether the page is up to date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from quiz.core.content.kinds import all_kinds
from quiz.exchange.declaration import Format
from quiz.exchange.formats import all_formats

PAGE = Path(__file__).resolve().parent.parent / "docs" / "formats.md"
_BLOCK = re.compile(r"(<!-- generated: formats -->\n).*?(<!-- end -->)", re.DOTALL)


def page(written: str) -> str:
    """Return the page with its generated part made anew."""
    made = "\n".join(_parts())
    return _BLOCK.sub(lambda found: f"{found[1]}\n{made}\n\n{found[2]}", written)


def _parts() -> Iterator[str]:
    formats = all_formats()
    yield "| format | `--format` | in | out | files | extra |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, form in sorted(formats.items(), key=lambda pair: pair[1].title.lower()):
        ways = ["✓" if way else "–" for way in (form.read, form.write)]
        endings = " ".join(f"`{ending}`" for ending in form.endings)
        extra = f"`{form.extra}`" if form.extra else ""
        link = f"[{form.title}](#{_slug(form.title)})"
        yield f"| {link} | `{name}` | {ways[0]} | {ways[1]} | {endings} | {extra} |"
    for form in sorted(formats.values(), key=lambda form: form.title.lower()):
        yield ""
        yield from _section(form)


def _slug(title: str) -> str:
    """Return the name under which a heading can be linked to."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _section(form: Format) -> Iterator[str]:
    yield f"### {form.title[:1].upper()}{form.title[1:]}"
    yield ""
    yield form.about
    if form.reads:
        yield ""
        yield f"Reading gives: {', '.join(sorted(form.reads))}."
    if form.writes:
        yield ""
        yield "| written | comes back as | kept besides what asks and answers |"
        yield "| --- | --- | --- |"
        yield from _rows(form)


def _rows(form: Format) -> Iterator[str]:
    """Yield a row for the kinds of which the same is kept."""
    alike: dict[tuple[str, str], list[str]] = {}
    for kind, kept in sorted(form.writes.items()):
        has = {*all_kinds()[kind].__struct_fields__, "feedback"}
        back = form.becomes.get(kind, "the same") if form.read else "–"
        alike.setdefault((back, ", ".join(sorted(kept & has)) or "–"), []).append(kind)
    for (back, told), kinds in alike.items():
        yield f"| {', '.join(kinds)} | {back} | {told} |"


def main(arguments: list[str]) -> int:
    """Write or check the page."""
    written = PAGE.read_text(encoding="utf-8")
    if page(written) == written:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name} is stale: run scripts/formats_page.py.", file=sys.stderr)
        return 1
    PAGE.write_text(page(written), encoding="utf-8")
    print(f"Wrote docs/{PAGE.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
