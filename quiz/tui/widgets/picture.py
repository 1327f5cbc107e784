"""A picture, where the terminal can draw one, and the words that say what it shows, everywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from quiz.core.content.images import in_words
from quiz.core.content.item import Image
from quiz.services.pictures import can_draw_pictures, open_in_viewer, read_picture
from quiz.tui.text import join

if TYPE_CHECKING:
    from quiz.tui.base_app import BaseApp

WIDGETS: dict[str, str] = {
    "auto": "Image",
    "kitty": "TGPImage",
    "sixel": "SixelImage",
    "blocks": "HalfcellImage",
}
"""What draws a picture, by the setting."""


class Picture(Vertical, can_focus=True):
    """Words first; the picture follows when it has been read. Enter or a click opens the system's viewer."""

    DEFAULT_CSS = """
    Picture { height: auto; width: 1fr; margin-bottom: 1; padding-left: 1; border-left: outer $surface; }
    Picture:focus { border-left: outer $border; }
    Picture > .drawn { height: 12; width: auto; max-width: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,o", "open", "Open", show=False, id="picture.open", tooltip="Open it in your viewer"),
    ]

    def __init__(self, bank: str, image: Image, caption: str = "") -> None:
        super().__init__()
        self._bank = bank
        self._image = image
        self._caption = caption

    def compose(self) -> ComposeResult:
        """Say what it shows."""
        caption = (f"{self._caption}  ", "bold") if self._caption else ""
        yield Static(join(caption, (in_words(self._image), "$foreground-muted")))

    @property
    def rows(self) -> int:
        """How many rows it takes, the empty one beneath it included."""
        return 2 + sum(child.outer_size.height for child in self.query(".drawn"))

    @property
    def file(self) -> Path | None:
        """Where the picture is, None where it cannot be shown."""
        app: BaseApp = self.app  # type: ignore[assignment]
        return app.picture_file(self._bank, self._image)

    async def on_mount(self) -> None:
        """Draw it, once it has been read in a thread."""
        self.run_worker(self._draw(), exit_on_error=False)

    async def _draw(self) -> None:
        file, drawn = self.file, self._drawer()
        if file is None or drawn is None:
            return
        pixels = await asyncio.to_thread(read_picture, file)
        if pixels is not None and self.is_attached:
            await self.mount(drawn(pixels, classes="drawn"), before=0)

    def _drawer(self) -> Any:
        """Return the widget class that draws pictures here, None where nothing can."""
        app: BaseApp = self.app  # type: ignore[assignment]
        if app.pictures == "off" or not can_draw_pictures():
            return None
        if app.picture_widget is None:
            app.picture_widget = _asked_of_the_terminal(app, app.pictures)
        return app.picture_widget or None

    def action_open(self) -> None:
        """Open the picture in the system's viewer."""
        file = self.file
        if file is None:
            self.notify("The picture's file is not there, or may not be shown.")
        elif not open_in_viewer(file):
            self.notify("No program to open pictures was found.")

    def on_click(self) -> None:
        """Open the picture in the system's viewer."""
        self.action_open()


class Pictures(Horizontal):
    """The pictures of several options side by side, each under the option's name."""

    DEFAULT_CSS = "Pictures { height: auto; width: 1fr; }"

    def __init__(self, bank: str, images: Mapping[str, Image]) -> None:
        super().__init__(*(Picture(bank, image, caption) for caption, image in images.items()))


def _asked_of_the_terminal(app: BaseApp, wish: str) -> type[Widget] | bool:
    """Return what draws pictures on this terminal, False where nothing does.

    The library asks the terminal what it can do when it is imported, which needs the terminal to itself.
    """
    try:
        with app.suspend():
            library = _library()
    except SuspendNotSupported:
        return False
    if library is None:
        return False
    found: type[Widget] = getattr(library, WIDGETS[wish])
    return found


def _library() -> ModuleType | None:
    """Import what draws pictures, None where it fails; nothing may be raised while an app is suspended."""
    try:
        return import_module("textual_image.widget")
    except Exception:  # noqa: BLE001 - a reply that it does not understand may raise anything
        return None
