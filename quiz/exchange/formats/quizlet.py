"""Sets of terms as Quizlet exports and imports them: a term, a tab, a definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quiz.core.content.bank import Bank
from quiz.exchange.building import Draft, build
from quiz.exchange.declaration import ForeignFile, Format, Imported, Refusal, Written
from quiz.exchange.rendering import front_of

_BECOME_CARDS: Final = (
    "single-choice", "multiple-response", "true-false", "short-answer", "numeric", "cloze", "listing",
    "ordering", "matching", "sorting",
)  # fmt: skip
_NOTHING: Final[frozenset[str]] = frozenset()


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file has a term, one tab and a definition on nearly every line."""
    lines = [line for line in source.text[:20_000].split("\n")[:200] if line.strip()]
    pairs = sum(line.count("\t") == 1 and not line.startswith("#") for line in lines)
    return 50 if lines and pairs > 0.9 * len(lines) else 0


def read(source: ForeignFile) -> Imported:
    """Read terms and definitions; a line without a tab continues the previous definition."""
    found: list[Draft | Refusal] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        term, tab, definition = line.partition("\t")
        if not tab and found and isinstance(found[-1], Draft):
            found[-1].fields["back"] += f"\n{line}"
        elif not tab and line.strip():
            found.append(
                Refusal(f"line {number}", "It has no tab between a term and its definition.", line[:60])
            )
        elif tab and not term.strip():
            found.append(Refusal(f"line {number}", "It has no term.", definition[:60]))
        elif tab:
            found.append(Draft(f"line {number}", {"kind": "flashcard", "stem": term, "back": definition}))
    return build(found, source.stem)


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:  # noqa: ARG001
    """Write every item as a term and a definition, each on one line."""
    pairs = [(front_of(bank, item), item.key_text()) for item in bank.items if item.kind in FORMAT.writes]
    lines = ["\t".join(" ".join(text.split()) for text in pair) for pair in pairs]
    return Written("".join(f"{line}\n" for line in lines).encode())


FORMAT = Format(
    name="quizlet",
    title="Quizlet",
    endings=(".txt",),
    about="What Quizlet exports and takes by copy and paste: a term, a tab and a definition on each line. "
    "Every kind goes out as a term and a definition.",
    reads=frozenset({"flashcard"}),
    writes={"flashcard": _NOTHING, **dict.fromkeys(_BECOME_CARDS, _NOTHING)},
    becomes=dict.fromkeys(_BECOME_CARDS, "flashcard"),
    recognise=recognise,
    read=read,
    write=write,
)
