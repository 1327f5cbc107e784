"""Where what was typed differs from what is right, character by character."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import Levenshtein


class TextRun(NamedTuple):
    """A run of characters that both texts have, or only one of them."""

    text: str
    is_common: bool


def difference(given: str, expected: str) -> tuple[list[TextRun], list[TextRun]]:
    """Return what was given and what is expected in pieces, so that those they do not share stand out.

    Case counts as a difference. Where less than half of the longer text is shared, each is one piece: single
    letters that happen to agree would say nothing.
    """
    runs = Levenshtein.opcodes(given, expected)
    shared = sum(run.src_end - run.src_start for run in runs if run.tag == "equal")
    if shared * 2 < max(len(given), len(expected)):
        return [TextRun(given, False)], [TextRun(expected, False)]
    ours, theirs = [], []
    for run in runs:
        is_common = run.tag == "equal"
        if run.src_end > run.src_start:
            ours.append(TextRun(given[run.src_start : run.src_end], is_common))
        if run.dest_end > run.dest_start:
            theirs.append(TextRun(expected[run.dest_start : run.dest_end], is_common))
    return ours, theirs
