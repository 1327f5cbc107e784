"""A response as text, for lists and score sheets."""

from __future__ import annotations

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Recalled, Response, Sorted
from quiz.core.content.interaction import RATINGS


def response_text(response: Response | None) -> str:
    """Return what was given on one line; an empty text for an empty response."""
    match response:
        case Chosen(options):
            return "; ".join(options)
        case Entered(texts):
            return "; ".join(text.strip() or "–" for text in texts) if any(map(str.strip, texts)) else ""
        case Ordered(entries):
            return " → ".join(entries)
        case Matched(pairs):
            return "; ".join(f"{left} — {right}" for left, right in pairs.items())
        case Sorted(bins):
            members: dict[str, list[str]] = {}
            for member, name in bins.items():
                members.setdefault(name, []).append(member)
            return "; ".join(f"{name}: {', '.join(inside)}" for name, inside in members.items())
        case Recalled(rating):
            return RATINGS.get(rating, "")
    return ""
