"""What a drill's widgets draw, for whatever width there is."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.content import Content
from textual.theme import Theme

from quiz.core.drill.points import Rank, Score
from quiz.core.drill.report import CompetitorLine
from quiz.core.drill.teams import TEAMS
from quiz.tui.drill.podium import podium
from quiz.tui.drill.projected_option import (
    LABEL_STYLES,
    LABEL_WIDTH,
    TEXT_STYLES,
    OptionView,
    ProjectedOption,
)
from quiz.tui.drill.score_board import board_lines, board_strip
from quiz.tui.drill.team_badge import COLOURS, badge
from quiz.tui.themes import THEMES
from quiz.tui.widgets.marked_text import NO_BLOCKS, Blocks
from tests.contrast import contrast_of

TEXTS = st.text(st.sampled_from("abc ÄwÜ王نm\N{COMBINING ACUTE ACCENT}-"), min_size=1, max_size=120)


@given(
    text=TEXTS,
    width=st.integers(LABEL_WIDTH + 12, 160),
    mark=st.sampled_from(sorted(TEXT_STYLES)),
    count=st.sampled_from(["", "7"]),
    note=st.sampled_from(["", "correct"]),
)
def test_an_option_is_wrapped_and_loses_nothing(
    text: str, width: int, mark: str, count: str, note: str
) -> None:
    lines = OptionView("1", text, mark, count, note=note).lines(width)
    assert all(line.cell_length <= width for line in lines)
    drawn = Counter("".join(line.plain for line in lines))
    assert not Counter(text.replace(" ", "")) - drawn


def test_an_options_mark_is_a_sign_and_a_word_as_well_as_a_colour() -> None:
    line = OptionView("2", "Paris", "key", note="correct").lines(60)[0].plain
    assert line.startswith("✓ 2 ")
    assert line.rstrip().endswith("correct")
    assert OptionView("2", "Nice", "wrong", note="answered").lines(60)[0].plain.startswith("✗ 2 ")


def test_an_option_is_wrapped_once_for_a_width(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    lines = OptionView.lines

    def noted(view: OptionView, width: int, blocks: Blocks = NO_BLOCKS) -> list[Content]:
        asked.append(width)
        return lines(view, width, blocks)

    monkeypatch.setattr(OptionView, "lines", noted)
    option = ProjectedOption(0, OptionView("A", "words and " * 20, keeps_bar=True))
    kept, bare = (option.rows(60, is_kept=is_kept) for is_kept in (True, False))
    assert kept == bare + 1 == len(option.lines_in(60)) + 1
    assert asked == [60]


def test_both_votes_have_bars_and_the_change_is_told() -> None:
    view = OptionView("A", "Paris", bars=((7, 0.25), (19, 0.75)))
    first, second = (line.plain for line in view.lines(60)[1:])
    assert "1st" in first
    assert first.count("█") < second.count("█")
    assert "19   75 %  +12" in second
    (only,) = (line.plain for line in OptionView("A", "Paris", bars=view.bars, is_brief=True).lines(60)[1:])
    assert "+12" in only
    styles = {
        span.style
        for line in view.lines(60)[1:]
        for span in line.spans
        if "█" in line.plain[span.start : span.end]
    }
    assert styles == {"$foreground-muted on $panel"}


def test_bars_and_labels_grow_together_and_nothing_moves_when_bars_come() -> None:
    view = OptionView("A", "Paris", bars=((7, 0.25),), keeps_bar=True, bar_rows=2)
    _, first, second = view.lines(60)
    assert first.plain.count("█") == second.plain.count("█") > 0
    assert "25 %" in first.plain
    assert "25 %" not in second.plain
    asked = OptionView("A", "Paris", keeps_bar=True, bar_rows=2)
    assert (
        ProjectedOption(0, view).rows(60, is_kept=True)
        == ProjectedOption(0, asked).rows(60, is_kept=True)
        == 3
    )


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_label_can_be_read_on_its_colour_in_every_theme(theme: Theme) -> None:
    colours = {name: Color.parse(colour) for name, colour in theme.to_color_system().generate().items()
               if name in {"success", "error", "accent"}}  # fmt: skip
    grounds = {style.partition(" on $")[2] for style in LABEL_STYLES.values() if " auto " in style}
    assert grounds == set(colours)
    for ground in colours.values():
        assert contrast_of(ground.get_contrast_text(0.9), ground) > 3


@pytest.mark.parametrize("team", TEAMS, ids=lambda team: team.colour)
def test_a_teams_name_can_be_read_on_its_colour(team: object) -> None:
    text, ground = COLOURS[team.id].split(" on ")
    assert contrast_of(Color.parse(text), Color.parse(ground)) >= 4.5
    assert team.symbol in badge(team.id, team.colour).plain


def line(place: int, name: str, points: int, *, is_tied: bool = False) -> CompetitorLine:
    return CompetitorLine(place, is_tied, name, Score(right=points // 1000, points=points))


def text_of(lines: list[object]) -> str:
    return "\n".join(drawn.plain for drawn in lines)


def test_the_first_stands_in_the_middle_and_highest() -> None:
    drawn = text_of(podium([line(1, "Ada", 3000), line(2, "Bo", 2000), line(3, "Cy", 1000)], 80))
    rows = drawn.splitlines()
    assert drawn.index("Ada") < drawn.index("Bo") < drawn.index("Cy")
    columns = {name: next(row.index(name) for row in rows if name in row) for name in ("Ada", "Bo", "Cy")}
    assert columns["Bo"] < columns["Ada"] < columns["Cy"]


def test_those_who_tie_share_a_step() -> None:
    tied = [line(1, name, 2000, is_tied=True) for name in ("Ada", "Bo", "Cy", "Dee")]
    drawn = text_of(podium([*tied, line(5, "Eva", 1000)], 80))
    assert "and 2 more" in drawn
    assert "Eva" not in drawn
    assert podium([line(1, "Ada", 0, is_tied=True)], 80) == []


@given(names=st.lists(TEXTS, min_size=1, max_size=8), width=st.integers(20, 200))
def test_a_podium_is_never_wider_than_there_is_room(names: list[str], width: int) -> None:
    lines = [line(place, name, 9000 - place * 1000) for place, name in enumerate(names, 1)]
    assert all(drawn.cell_length <= max(width, 34) for drawn in podium(lines, width))


def test_the_board_shows_right_answers_apart_from_points_and_who_is_to_come() -> None:
    ranks = [
        Rank(1, "a", Score(right=2, helped=1, points=2500)),
        Rank(2, "b", Score(), is_tied=True),
        Rank(2, "c", Score(), is_tied=True),
    ]
    names = {"a": "Ada", "b": "Bo", "c": "Cy"}
    drawn = text_of(board_lines(ranks, names, 34, current="b"))
    assert "1. Ada" in drawn
    assert "2 ✓ 1 ◐   2500" in drawn
    assert "▸ =2 Bo" in drawn
    assert "1 pupil still to come" in drawn
    assert "Cy" not in drawn
    all_gone = text_of(board_lines(ranks, names, 34, current="b", absent={"c"}))
    assert "still to come" not in all_gone
    assert "▸ =2 Bo" in all_gone
    assert board_strip(ranks, names).plain.split() == ["1.", "Ada", "2", "✓", "1", "◐", "2500"]
    assert board_strip(ranks[1:], names).plain == "Nobody has answered yet."


def test_the_board_does_not_say_that_nobody_has_answered_while_answers_wait_for_the_key() -> None:
    ranks = [Rank(1, "a", Score(), is_tied=True), Rank(1, "b", Score(), is_tied=True)]
    names = {"a": "Ada", "b": "Bo"}
    assert text_of(board_lines(ranks, names, 34)).strip() == "Nobody has answered yet."
    for answered in ("a", "ab"):
        (said,) = board_lines(ranks, names, 34, answered=answered)
        assert said.plain == "Points come with the answer."
        assert said.cell_length <= 34
        assert board_strip(ranks, names, answered=answered).plain == said.plain
    judged = [Rank(1, "a", Score(right=1, points=1000)), Rank(2, "b", Score())]
    assert "1 pupil still to come" in text_of(board_lines(judged, names, 34, answered="a"))
    assert "still to come" not in text_of(board_lines(judged, names, 34, answered="ab"))
