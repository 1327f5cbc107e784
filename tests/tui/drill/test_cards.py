"""Cards at the desk: a photograph's file, who is read, and what is said where that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.content.grading import Chosen
from quiz.core.drill.card_markers import CardReadings
from quiz.services.drill import card_reading
from quiz.tui.drill import answered_screen
from tests.drills import OPTIONS, Make, full, tap, until
from tests.fakes import FakeClock
from tests.screens import flat

THREE = ("Ada", "Bo Berg", "Cy")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What photographs were read, and of whom; on each are the cards of Ada, turned too far, and of Bo."""
    told: list[object] = []

    def read(path: Path, expected: dict[int, str]) -> CardReadings:
        told.append((str(path), sorted(expected)))
        return CardReadings({2: "B"}, frozenset({1}))

    monkeypatch.setattr(answered_screen, "read_cards_in", read)
    monkeypatch.setattr(answered_screen, "require_card_reading", lambda: None)
    return told


@pytest.mark.parametrize("which", ["everyone", "vote"])
async def test_a_photograph_is_read_and_who_is_missing_is_said(
    make_app: Make, clock: FakeClock, told: list[object], which: str
) -> None:
    app = make_app(which, names=THREE)
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await tap(pilot, clock, "enter", "c", *"a.jpg", "enter")
        await until(pilot, lambda: bool(app.live.drill.answers))
        assert told == [("a.jpg", [1, 2, 3])]
        names, drill = app.live.names, app.live.drill
        assert {names[by]: said for by, said in drill.answers.items()} == {
            "Bo Berg": Chosen((drill.options[1],))
        }
        await until(pilot, lambda: "1 of 3; missing 1, 3" in flat(app))


async def test_what_cannot_be_saved_is_said(make_app: Make, clock: FakeClock, told: list[object]) -> None:
    app = make_app("everyone", names=THREE)
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await tap(pilot, clock, "enter")
        app.workspace.record.append = full
        await tap(pilot, clock, "c", *"a.jpg", "enter")
        await until(pilot, lambda: "no room on the disk" in flat(app))
        assert app.live.drill.answers == {}


async def test_what_cannot_be_read_is_said(
    make_app: Make, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answered_screen, "require_card_reading", lambda: None)
    app = make_app("everyone", names=THREE)
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await tap(pilot, clock, "c", "enter", "c", *"gone.jpg", "enter")
        await until(pilot, lambda: "gone.jpg cannot be read" in flat(app))
        assert app.live.drill.answers == {}


async def test_a_german_wall_speaks_of_cards_in_german(
    make_app: Make, clock: FakeClock, told: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app("everyone", OPTIONS.replace("bank: plain", "bank: plain\nlanguage: de"), names=THREE)
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await tap(pilot, clock, "enter", "c")
        assert "Die Datei mit dem Foto der Karten" in flat(app)
        await tap(pilot, clock, *"a.jpg", "enter")
        await until(pilot, lambda: "1 von 3; es fehlen 1, 3" in flat(app))
        assert "Karten" in flat(app)
        monkeypatch.setattr(answered_screen, "read_cards_in", card_reading.read_cards_in)
        (tmp_path / "b.jpg").write_bytes(b"GIF89a")
        monkeypatch.chdir(tmp_path)
        await tap(pilot, clock, "c", *"b.jpg", "enter")
        await until(pilot, lambda: "Das Foto ist kein JPEG." in flat(app))


async def test_a_photograph_for_a_question_that_is_over_is_refused(
    make_app: Make, clock: FakeClock, told: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app("everyone", names=THREE)
    question = answered_screen.card_question
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await tap(pilot, clock, "enter")
        monkeypatch.setattr(answered_screen, "card_question", lambda live: question(live)._replace(place=5))
        await tap(pilot, clock, "c", *"a.jpg", "enter")
        await until(pilot, lambda: "That photograph came too late." in flat(app))


async def test_without_the_extra_a_sentence_tells_the_command(
    make_app: Make, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_reading, "can_read_cards", lambda: False)
    app = make_app("everyone", names=THREE)
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await tap(pilot, clock, "enter", "c")
        await until(pilot, lambda: "Install it: pip install ▌ 'quizterm[cards]'" in flat(app))
        assert not app.screen.is_typing
