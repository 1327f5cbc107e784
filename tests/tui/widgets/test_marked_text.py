"""Blocks of code get their colours wherever a bank's texts stand, all that are asked for at once together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec
import pytest
from textual.content import Content
from textual.widget import Widget

from quiz.config.settings import Config
from quiz.core.content.bank import Bank
from quiz.core.content.grading import Chosen
from quiz.core.content.interaction import Choose
from quiz.core.content.item import Image, Option
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.session import BankItem
from quiz.core.text.markup import Markup
from quiz.services.highlighting import Code, Parts
from quiz.tui.base_app import BaseApp
from quiz.tui.drill.projected_item import ProjectedItem, task_lines
from quiz.tui.drill.projected_option import OptionView
from quiz.tui.responses import response_widget
from quiz.tui.text import CODE_STYLE, show_marked
from quiz.tui.widgets import marked_text
from quiz.tui.widgets.feedback import option_lines
from quiz.tui.widgets.item_heading import Stem
from quiz.tui.widgets.marked_text import CodeColours, MarkedText, code_in
from tests.screens import flat

CODE: Markup = frozenset({"code"})


def block(code: str, language: str = "python") -> str:
    return f"```{language}\n{code}\n```"


ITEM = SingleChoice(
    id="i", stem=f"What ends it?\n{block('return 1')}", key=block("for x in y:\n    pass"),
    distractors=(block("while 1: pass"), "Nothing"), rationale=f"So:\n{block('pass')}",
)  # fmt: skip
BANK = Bank(format=1, bank="b", title="B", markup=("code",), items=(ITEM,))
PLACED = BankItem(BANK, ITEM)


class Asked:
    """Stands in for the lexers: the first character of each piece is a keyword."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    async def __call__(self, pieces: Sequence[Code]) -> list[Parts]:
        self.batches.append([code.text for code in pieces])
        await asyncio.sleep(0)
        return [[("Token.Keyword", 1)] for _ in pieces]


class Shown(BaseApp):
    def __init__(self, *widgets: Widget) -> None:
        super().__init__(Config())
        self.asked = Asked()
        self.code_colours = CodeColours(self.asked)
        self.widgets = widgets

    def on_mount(self) -> None:
        self.screen.mount(*self.widgets)


def styles_of(content: Content, text: str) -> set[str]:
    return {str(span.style) for span in content.spans if content.plain[span.start : span.end] == text}


async def test_one_process_colours_the_stem_the_options_and_the_rationale() -> None:
    choose = Choose((ITEM.key_text(), *(str(one) for one in ITEM.distractors)))
    response = response_widget(choose, markup=CODE)
    stem = Stem()
    rationale = MarkedText.of(ITEM.rationale, CODE)
    app = Shown(stem)
    async with app.run_test() as pilot:
        await pilot.pause()
        app.screen.mount(response, rationale)
        stem.put(PLACED)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert len(app.asked.batches) == 1
        assert sorted(app.asked.batches[0]) == [
            "for x in y:\n    pass", "pass", "return 1", "while 1: pass",
        ]  # fmt: skip
        first = response.rows[0].text  # type: ignore[attr-defined]
        assert "$text-accent" in styles_of(first, "f")
        assert "$text-accent" in styles_of(rationale.content, "p")  # type: ignore[arg-type]


async def test_the_wall_colours_code_in_options_and_in_other_stems_put_there() -> None:
    app = Shown(ProjectedItem())
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        wall = app.query_one(ProjectedItem)
        views = [OptionView("A", ITEM.key_text()), OptionView("B", "Nothing")]
        await wall.put(PLACED, ITEM.interaction(), views, is_revealed=True)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert {"return 1", "pass", "for x in y:\n    pass"} <= set(app.code_colours.blocks)
        lines = wall.query("ProjectedOption").first().lines(80)  # type: ignore[attr-defined]
        assert any("$text-accent" in styles_of(line, "f") for line in lines)


async def test_the_wall_shows_pictures_of_options_under_their_letters() -> None:
    sun, moon = Image("s.png", "A disc"), Image("m.png", "A sickle")
    item = SingleChoice(
        id="i", stem="S", key=Option("sun", image=sun), distractors=(Option("moon", image=moon), "none")
    )
    app = Shown(ProjectedItem())
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        wall = app.query_one(ProjectedItem)
        views = [
            OptionView(letter, text) for letter, text in zip("ABC", ("none", "sun", "moon"), strict=True)
        ]
        await wall.put(BankItem(BANK, item), item.interaction(), views, is_revealed=False)
        await pilot.pause()
        shown = flat(app)
        assert "B sun Picture: A disc" in shown
        assert "C moon Picture: A sickle" in shown
        other = msgspec.structs.replace(item, id="j", key="star", distractors=("none", "moon"))
        await wall.put(BankItem(BANK, other), other.interaction(), views, is_revealed=False)
        await pilot.pause()
        assert "A disc" not in flat(app)


def test_lines_of_code_stand_in_a_box_as_wide_as_the_longest() -> None:
    shown = show_marked(block("if a:\n    b()"), CODE)
    assert shown.plain == "if a:  \n    b()"
    assert CODE_STYLE in styles_of(shown, shown.plain)
    wide = show_marked(block(f"a\n{'b' * 90}"), CODE)
    assert wide.plain.startswith("a\n")


def test_a_row_of_an_option_keeps_the_lines_of_its_code() -> None:
    response = response_widget(Choose((ITEM.key_text(), "Nothing")), markup=CODE)
    lines = [line.plain.rstrip() for line in response.rows[0].lines(60)]  # type: ignore[attr-defined]
    assert [line[-11:].strip() for line in lines] == ["for x in y:", "pass"]
    assert lines[1].index("pass") == lines[0].index("for") + 4


def test_tasks_and_feedback_are_read_as_the_bank_says() -> None:
    grade = ITEM.grade(Chosen(("Nothing",)))
    assert option_lines(ITEM, grade, CODE) == []
    order = Choose(("`a`", "b"), most=2)
    assert task_lines(order, CODE)[0].plain == "▢ A  a"
    assert code_in((ITEM.stem, ITEM.rationale), CODE) == (Code("return 1", "python"), Code("pass", "python"))


async def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked_text, "MOST_KEPT", 5)
    monkeypatch.setattr(marked_text, "_MOMENT", 0)
    asked = Asked()
    colours = CodeColours(asked)
    for number in (*range(10), 9):
        await colours.learn([Code(f"x{number}", "c")])
    assert len(asked.batches) == 10
    assert 1 <= len(colours.blocks) <= 6
    assert "x9" in colours.blocks
