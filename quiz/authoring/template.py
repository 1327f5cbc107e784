"""A sample bank to turn into one's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from quiz.core.content.kinds import DEFAULT_KIND, all_kinds

FIRST_KINDS: Final = (DEFAULT_KIND, "short-answer", "true-false")
"""The kinds in a new bank by default."""

_HEAD = """\
# A bank of items. “quiz check {file}” says what is wrong with it and what could be better;
# “quiz preview {file}” shows the items as learners see them, and again whenever you save.
format: 1
bank: {id}
title: {title}
language: en
summary: One or two sentences on what it is about.

sources:
  book:
    title: What the facts come from
    by: Its author

topics:
  first: A first topic

notes:
  start:
    title: A first note
    source: book
    where: page 1
    text: |
      What the items ask about, in your own words. **Markdown** is allowed here.

items:
"""


def template(bank_id: str, title: str, file: str, kinds: Sequence[str] = FIRST_KINDS) -> str:
    """Return the text of a bank with the worked example of each kind.

    `file` is the file's name in the comments at the top. Raises KeyError where there is no such kind.
    """
    known = all_kinds()
    items = [_item(known[name].example) for name in dict.fromkeys(kinds)]
    head = _HEAD.format(id=bank_id, title=json.dumps(title, ensure_ascii=False), file=" ".join(file.split()))
    return head + "\n".join(items)


def _item(example: str) -> str:
    """Return a kind's example as an entry of the list of items, with its topic and its note."""
    lines = example.rstrip().splitlines()
    after_kind = 2 if lines[1].startswith("kind:") else 1
    lines[after_kind:after_kind] = ["topic: first"]
    lines.append("cites: [start]")
    return "".join(f"{'  - ' if number == 0 else '    '}{line}\n" for number, line in enumerate(lines))
