"""Previewing a bank: items as learners see them, findings beside them, both anew when the file is saved."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.widgets import Input

from quiz.cli.commands.preview import WatchedBank
from quiz.config.settings import Config
from quiz.core.content.kinds import all_kinds
from quiz.tui.dialogs.note import NoteModal
from quiz.tui.preview.app import PreviewApp
from quiz.tui.preview.finding_list import FindingList
from quiz.tui.preview.screen import PreviewScreen
from quiz.tui.responses.base import ResponseWidget
from tests.fakes import FakeClock
from tests.sample_banks import MARKUP, SMALL, hostile
from tests.sampling import spread
from tests.screens import flat, press, shown

Make = Callable[..., PreviewApp]
QUIET = SMALL.replace("    shuffle: false\n", "")

SIZES = [(40, 12), (40, 15), (80, 24), (120, 36), (200, 60)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "small.yaml"


@pytest.fixture
def make_app(path: Path, clock: FakeClock) -> Make:
    def make(text: str = QUIET, item: str | None = None, **config: object) -> PreviewApp:
        path.write_text(text, encoding="utf-8")
        return PreviewApp(WatchedBank(path), Config(**config), clock, item)

    return make


def preview(app: PreviewApp) -> PreviewScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, PreviewScreen)
    return screen


async def save(app: PreviewApp, path: Path, text: str) -> None:
    """Save the file, a moment later than before, and have the preview look at it."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1_000_000))
    await preview(app).look_again()


async def test_an_item_is_answered_and_nothing_is_recorded(
    make_app: Make, clock: FakeClock, tmp_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "1 of 4 · ✓ no findings" in flat(app)
        assert "Which city is the capital of France?" in flat(app)
        options = list(app.query_one(ResponseWidget).interaction.options)
        await press(pilot, clock, str(options.index("Lyon") + 1), "enter")
        said = " ".join(flat(app).replace("▏", " ").split())
        assert "✗ Not quite. Lyon is the third largest." in said
        assert "It has been the seat of government for long." in said
        assert "your answer" in flat(app)
        assert "⏎ Next" in flat(app)
        await press(pilot, clock, "enter")
        assert "2 of 4" in flat(app)
        assert "Which ocean is the largest?" in flat(app)
    assert [one.name for one in tmp_path.iterdir()] == ["small.yaml"]


async def test_a_verdict_is_not_passed_over_by_a_key_held_down(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, clock, "1")
        await pilot.press("enter", "enter", "enter")
        assert "1 of 4" in flat(app)
        assert app.screen.query_one("Feedback").display


async def test_one_goes_to_and_fro_even_while_typing(make_app: Make, clock: FakeClock) -> None:
    app = make_app(item="ocean")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "2 of 4" in flat(app)
        assert isinstance(app.focused, Input)
        await press(pilot, clock, "q", "v", "n")
        assert app.focused.value == "qvn"
        await press(pilot, clock, "f4")
        assert "3 of 4" in flat(app)
        await press(pilot, clock, "minus", "f3", "minus")
        assert "4 of 4" in flat(app)
        await press(pilot, clock, "plus")
        assert "1 of 4" in flat(app)


async def test_an_item_is_answered_again(make_app: Make, clock: FakeClock) -> None:
    app = make_app(item="salt")
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, clock, "2", "enter")
        assert "✓ Correct." in flat(app)
        await press(pilot, clock, "u")
        assert "Correct" not in flat(app)
        await press(pilot, clock, "1", "enter")
        assert "✗ Not quite." in flat(app)


async def test_hint_and_note_are_as_learners_get_them(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, clock, "h")
        assert "Hint It lies on the Seine." in flat(app)
        await press(pilot, clock, "h", "n")
        assert isinstance(app.screen, NoteModal)
        assert "The capital of France is Paris." in flat(app)
        await press(pilot, clock, "escape", "plus")
        assert not app.screen.query("#hint")


async def test_findings_stand_beside_their_item(make_app: Make, clock: FakeClock) -> None:
    app = make_app(SMALL)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        assert "capital · single-choice · medium" in flat(app)
        assert "▲ warning: shuffle-off" in flat(app)
        beside = " ".join(str(app.query_one(FindingList).render()).split())
        assert "the key has them. line 21 Take “shuffle: false” out" in beside
        assert "Elsewhere: 1 finding ▲ line 46 shuffle-off" in beside
        await press(pilot, clock, "v")
        assert "4 of 4" in flat(app)
        await press(pilot, clock, "v")
        assert "1 of 4" in flat(app)
        await press(pilot, clock, "plus")
        assert "✓ Nothing to mend in this item." in flat(app)


async def test_what_is_saved_is_shown(make_app: Make, path: Path, clock: FakeClock) -> None:
    app = make_app(item="salt")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await save(app, path, QUIET.replace("Paris lies by the sea.", "Paris does not lie by the sea."))
        await pilot.pause()
        assert "Paris does not lie by the sea." in flat(app)
        assert "quiet-negative" in flat(app)


async def test_an_answer_is_kept_while_other_items_are_written(
    make_app: Make, path: Path, clock: FakeClock
) -> None:
    app = make_app(item="ocean")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, clock, "A", "t")
        await save(
            app, path, QUIET.replace("  - id: capital\n", "  - id: first\n").replace("cities: C", "cities: D")
        )
        await pilot.pause()
        assert app.query_one(Input).value == "At"
        new = QUIET.replace(
            "items:\n", "items:\n  - {id: new, stem: Which sea is salty?, key: K, distractors: [D]}\n"
        )
        await save(app, path, new)
        await pilot.pause()
        assert "3 of 5 · 1 finding" in flat(app)
        assert app.query_one(Input).value == "At"
        await press(pilot, clock, "enter")
        await save(app, path, new.replace("Sea\n", "Sea \n"))
        assert app.screen.query_one("Feedback").display


async def test_a_broken_file_is_said_and_comes_back(make_app: Make, path: Path, clock: FakeClock) -> None:
    app = make_app(item="salt")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await save(app, path, QUIET.replace("title: A", "titel: A", 1))
        await pilot.pause()
        assert "This bank cannot be used yet." in flat(app)
        assert "✗ error: unknown-field" in flat(app)
        assert "Did you mean “title”?" in flat(app)
        await press(pilot, clock, "plus", "v", "u", "n", "h", "enter")
        assert app.is_running
        await save(app, path, QUIET)
        await pilot.pause()
        assert "Paris lies by the sea." in flat(app)
        path.unlink()
        await preview(app).look_again()
        await pilot.pause()
        assert "There is no such file." in flat(app)


async def test_a_broken_file_to_begin_with(make_app: Make, path: Path) -> None:
    app = make_app("format: 2\n")
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert "unknown-format" in flat(app)
        await save(app, path, QUIET)
        await pilot.pause()
        assert "Which city" in flat(app)


async def test_the_file_is_looked_at_by_itself(make_app: Make, path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        timers = [timer for timer in preview(app)._timers if timer._callback == preview(app).look_again]
        assert [timer._interval for timer in timers] == [0.5]


async def test_the_editor_opens_at_the_item(
    make_app: Make, path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "gone-editor")
    app = make_app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await press(pilot, clock, "e")
        assert "“gone-editor” is not installed." in flat(app)


async def test_nothing_of_a_bank_is_markup(make_app: Make, clock: FakeClock) -> None:
    app = make_app(hostile())
    async with app.run_test(size=(160, 50)) as pilot:
        await press(pilot, clock, "h")
        assert flat(app).count(MARKUP) >= 6, shown(app)
        await press(pilot, clock, "1", "enter")
        assert flat(app).count(MARKUP) >= 6, shown(app)
        await press(pilot, clock, "n")
        assert app.is_running


@pytest.mark.parametrize(("size", "kind"), spread(SIZES, all_kinds()))
async def test_every_kind_is_shown_at_every_size(size: tuple[int, int], kind: str, make_app: Make) -> None:
    from quiz.authoring.template import template

    app = make_app(template("b", "B", "b.yaml", [kind]))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        stem = preview(app).current.item.stem.split()[0]
        assert stem in flat(app)
        assert "✓ no findings" in flat(app)
        response = app.query_one(ResponseWidget)
        response.post_message(ResponseWidget.Submitted(response, preview(app).current.item.key_response()))
        await pilot.pause()
        await pilot.pause()
        assert "✓ Correct." in flat(app)


async def test_it_is_left_by_escape(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, clock, "escape")
    assert app.return_value == 0
    assert app.failure is None


async def test_help_says_what_the_keys_do(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, clock, "question_mark")
        assert "Preview" in flat(app)
        assert "Look at the next item" in flat(app)
        assert "Answer it again, newly shuffled" in flat(app)


async def test_theme_and_keys_are_the_persons_own(make_app: Make, clock: FakeClock) -> None:
    app = make_app(theme="textual-light", keys={"preview.next": "f10"})
    async with app.run_test(size=(100, 30)) as pilot:
        assert app.theme == "textual-light"
        await press(pilot, clock, "f10")
        assert "2 of 4" in flat(app)


async def test_an_editor_that_cannot_start_is_said_and_the_preview_goes_on(
    make_app: Make, path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken-editor"
    broken.write_bytes(b"\x7fELF is no program")
    broken.chmod(0o755)
    monkeypatch.setenv("EDITOR", shlex.quote(str(broken)))
    app = make_app()
    monkeypatch.setattr(type(app), "suspend", lambda self: nullcontext())
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await press(pilot, clock, "e")
        assert "The editor did not start: Exec format error." in [*app._notifications][-1].message
        assert app._exception is None
