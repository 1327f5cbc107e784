"""What a drill's report says, in lines of a width in cells: what to teach again, the board, the questions."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quiz.core.content.grading import Verdict
from quiz.core.drill.formats.vote import HAD_IT, HAD_NOT
from quiz.core.drill.report import DrillReport, GivenAnswer, ItemOutcome
from quiz.core.drill.wall_words import WallWords
from quiz.core.text.phrases import whole_per_cent
from quiz.tui.text import SIGNS, join, show, show_line
from quiz.tui.widgets.bars import bar

LONGEST = 20_000
"""How many characters an answer takes at most, with all who gave it."""
AGAIN_WIDTH = 23
"""How many cells stand before what is to be taught again."""


def _answer_lines(answers: Sequence[GivenAnswer], width: int) -> list[Content]:
    """Return each answer with all who gave it, in lines of a width in cells."""
    names: dict[tuple[Verdict, str], list[str]] = {}
    for answer in answers:
        if answer.who:
            names.setdefault((Verdict.of(answer.score), answer.given), []).append(answer.who)
    lines = []
    for (verdict, given), who in sorted(names.items()):
        sign, style = SIGNS[verdict]
        told = f"{given}{': ' if given else ''}{', '.join(who)}"
        text = show_line(told, limit=LONGEST).wrap(max(8, width - 7))
        lines += [join((f"     {sign if k == 0 else ' '} ", style), part) for k, part in enumerate(text)]
    return lines


def again_lines(lines: Sequence[ItemOutcome], width: int, words: WallWords) -> list[Content]:
    """Return what to teach again, most missed first, every word of it in lines of a width in cells."""
    if not lines:
        return [join(("✓ ", "$text-success"), (words.say("Nothing needs to be taught again."), "bold"))]
    shown = [
        show(words.say("To teach again: {questions}", questions=words.count(len(lines), "question")), "bold")
    ]
    for line in lines:
        missed = line.missed or 0.0
        room = max(8, width - AGAIN_WIDTH)
        told = "{share} % of {all} missed" if line.tried else "{share} % missed"
        told = "{share} % of points missed" if line.is_of_points else told
        said = words.say(told, share=whole_per_cent(missed), all=line.tried)
        head = (f"{said:<{AGAIN_WIDTH}}", "$text-error")
        key = join(("✓ ", "$text-success"), show_line(line.key))
        parts = [*show_line(line.stem or str(line.ref), "bold").wrap(room), *key.wrap(room)]
        shown += [join(head if place == 0 else " " * AGAIN_WIDTH, part) for place, part in enumerate(parts)]
    return shown


def board_table(report: DrillReport, width: int, words: WallWords) -> list[Content]:
    """Return everybody's figures as a table, and below it who gave no answer."""
    between = "partly" if report.has_shares else "helped"
    right, helped, wrong, passed, points = map(words.say, ("right", between, "wrong", "passed", "points"))
    head = f"{right:>8}{helped:>8}{wrong:>8}{passed:>8}{points:>8}"
    room = max(8, min(30, width - len(head) - 5))
    shown = [join((f"{words.say('Board'):<{room + 5}}", "bold"), (head, "$foreground-muted"))]
    for line in report.competitors:
        score, place = line.score, f"={line.place}" if line.is_tied else f"{line.place}."
        figures = f"{score.right:>8}{score.helped:>8}{score.wrong:>8}{score.passed:>8}"
        name = show_line(line.name).truncate(room, ellipsis=True, pad=True)
        shown.append(
            join((f"{place:>4} ", "$foreground-muted"), name, figures, (f"{score.points:>8}", "bold"))
        )
        members = show_line(", ".join(line.members), "$foreground-muted").wrap(max(8, width - 5))
        shown += [join(" " * 5, part) for part in members if line.members]
    others = ((words.say("Not called"), report.not_called), (words.say("Absent"), report.absent))
    for why, names in others:
        if names:
            shown += show(f"{why}: {', '.join(names)}", "$foreground-muted").wrap(width)
    return shown


def item_lines(
    lines: Sequence[ItemOutcome], width: int, words: WallWords, *, has_names: bool
) -> list[Content]:
    """Return what became of each item, with the names of those who answered it if they are wanted."""
    shown = [show(words.say("Questions"), "bold")]
    for number, line in enumerate(lines, 1):
        missed = line.missed
        share = 0.0 if missed is None else 1 - missed
        if missed is None:
            said = words.say("answer not shown" if line.votes else "left out")
            size = show(f"{said:<14}  ", "$foreground-muted")
        else:
            size = join(bar(share, 8, "$text-accent"), f" {_percent(share, line, words)}  ")
        shown.append(
            join((f"{number:>3}  ", "$foreground-muted"), size, show_line(line.stem or str(line.ref)))
        )
        if len(line.shares) > 1:
            before, after = whole_per_cent(line.shares[0]), whole_per_cent(line.shares[-1])
            said = words.say("{before} % → {after} % right", before=before, after=after)
            said += f" ({' → '.join(map(str, line.voters))})"
            if line.gain is not None:
                said += f", {words.say('gain {gain}', gain=f'{line.gain:.2f}'.replace('-', '−'))}"
            shown.append(join(" " * 19, (said, "$foreground-muted")))
        for vote in line.votes:
            hands = " → ".join(map(str, vote.hands))
            sign = ("✓ ", "$text-success") if vote.is_key else "  "
            text = words.say(vote.text) if vote.text in {HAD_IT, HAD_NOT} else vote.text
            shown.append(join(f"{hands:>16} ", sign, (text, "$foreground-muted")))
        if has_names:
            shown += _answer_lines(line.answers, width)
    return shown


def _percent(share: float, line: ItemOutcome, words: WallWords) -> str:
    """Return a share in per cent, and of what it is."""
    figure = f"{whole_per_cent(share):>3}"
    if line.is_of_points:
        return words.say("{share} % of points", share=figure)
    return words.say("{share} % of {all}", share=figure, all=line.tried) if line.tried else f"{figure} %"
