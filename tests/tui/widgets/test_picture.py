"""Pictures on the screen: words always, pixels where the terminal can, the system's viewer on a key."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from quiz.config.settings import Config
from quiz.core.content.item import Image
from quiz.services import pictures
from quiz.tui.base_app import BaseApp
from quiz.tui.widgets import picture
from quiz.tui.widgets.picture import Picture
from tests.screens import flat

IMAGE = Image("p.png", "A map of the valley", "Somebody")


class Shown(BaseApp):
    def __init__(self, file: Path | None, **config: object) -> None:
        super().__init__(Config(**config))  # type: ignore[arg-type]
        self.file = file

    def picture_file(self, bank: str, image: Image) -> Path | None:
        return self.file

    def on_mount(self) -> None:
        self.screen.mount(Picture("b", IMAGE, "Option A"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "p.png"
    pytest.importorskip("PIL.Image").new("RGB", (40, 20), "red").save(path)
    return path


async def test_the_words_are_there_without_a_picture(file: Path) -> None:
    for app in (Shown(None), Shown(file), Shown(file, pictures="off")):  # a test's terminal cannot be asked
        async with app.run_test() as pilot:
            await pilot.pause()
            assert "Option A Picture: A map of the valley (Somebody)" in flat(app)
            assert not app.query(".drawn")


async def test_the_picture_follows_its_words_where_something_draws_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []

    class Drawer(Static):
        def __init__(self, pixels: object, classes: str) -> None:
            drawn.append(pixels)
            super().__init__("PIXELS", classes=classes)

    monkeypatch.setattr(picture, "can_draw_pictures", lambda: True)
    monkeypatch.setattr(picture, "_asked_of_the_terminal", lambda app, wish: Drawer)
    app = Shown(file)
    async with app.run_test() as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "PIXELS" in flat(app)
        assert "A map of the valley" in flat(app)
    assert [pixels.size for pixels in drawn] == [(40, 20)]  # type: ignore[attr-defined]


async def test_the_viewer_opens_it_and_what_cannot_be_opened_is_said(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(picture, "open_in_viewer", lambda path: opened.append(path) is None)
    app = Shown(file)
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        app.query_one(Picture).focus()
        await pilot.press("enter")
        assert opened == [file]
        app.file = None
        await pilot.press("o")
        await pilot.pause()
        assert "The picture's file is not there" in flat(app)


def test_a_picture_is_reduced_and_a_broken_one_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = pytest.importorskip("PIL.Image")
    pixels.new("RGB", (3200, 20)).save(tmp_path / "wide.png")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert pictures.read_picture(tmp_path / "wide.png").size == (1600, 10)
    assert pictures.read_picture(tmp_path / "broken.png") is None
    monkeypatch.setattr(pictures.shutil, "which", lambda name: None)
    monkeypatch.setattr(pictures.sys, "platform", "linux")
    assert not pictures.open_in_viewer(tmp_path / "wide.png")
