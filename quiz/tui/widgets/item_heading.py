"""An item before its response: its topic and its stem, with the pictures that belong to it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from quiz.core.content.images import option_images
from quiz.core.session import BankItem
from quiz.core.text.direction import is_right_to_left
from quiz.core.text.markup import pieces_of
from quiz.services.highlighting import coloured_parts
from quiz.tui.available_actions import key_label
from quiz.tui.text import join, show, show_line, show_marked
from quiz.tui.widgets.picture import Picture
from quiz.tui.widgets.stimulus_view import coloured

PICTURE_ROWS = 8
"""About how many rows a picture takes."""


class Stem(Vertical):
    """The topic and the stem; both stay while items come and go."""

    DEFAULT_CSS = """
    Stem { height: auto; width: 1fr; padding: 0 2; }
    Stem > .topic { color: $foreground-muted; }
    Stem > .-right-to-left { text-align: right; }
    Stem > .stem { text-style: bold; margin-bottom: 1; }
    Stem.-airy > .topic { margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._placed: BankItem | None = None
        self._topic = Static(classes="topic")
        self._text = Static(classes="stem")

    def compose(self) -> ComposeResult:
        """The topic in one line and the stem in full."""
        yield self._topic
        yield self._text

    def put(self, placed: BankItem, *, show_bank: bool = False) -> None:
        """Show another item."""
        self._placed = placed
        self.display = True
        bank, item = placed.bank, placed.item
        topic = " · ".join(name for name in (bank.title if show_bank else "", placed.topic) if name)
        self._topic.update(show_line(topic))
        self._topic.display = bool(topic)
        self._text.set_class(is_right_to_left(item.stem), "-right-to-left")
        self._text.update(show_marked(item.stem, bank.reads))
        if any(piece.language for piece in pieces_of(item.stem, bank.reads)):
            self.run_worker(self._colour(placed), exit_on_error=False)
        if len(self.children) > 2:
            self.remove_children(Picture)
        if item.image is not None:
            self.mount(Picture(bank.bank, item.image))
        for option, image in option_images(item).items():
            self.mount(Picture(bank.bank, image, option))

    def rows(self, width: int) -> int:
        """Return about how many rows it takes in a width."""
        if self._placed is None or not self.display:
            return 0
        text = show_marked(self._placed.item.stem, self._placed.bank.reads)
        room = max(1, width - self.gutter.width)
        pictures = (self._placed.item.image is not None) + len(option_images(self._placed.item))
        topic = self._topic.display * (2 if self.has_class("-airy") else 1)
        return topic + text.get_height({}, room) + 1 + pictures * PICTURE_ROWS

    async def _colour(self, placed: BankItem) -> None:
        """Give blocks of code their colours, where that can be done in time."""
        blocks: dict[str, Content] = {}
        for piece in pieces_of(placed.item.stem, placed.bank.reads):
            parts = await coloured_parts(show(piece.shown).plain, piece.language)
            if parts:
                blocks[piece.shown] = coloured(show(piece.shown).plain, parts)
        if placed is self._placed:
            self._text.update(show_marked(placed.item.stem, placed.bank.reads, blocks=blocks))


class NewTopic(Static):
    """Offers a topic's notes before its first item."""

    DEFAULT_CSS = "NewTopic { padding: 0 2; margin-bottom: 1; color: $foreground-muted; }"

    def on_mount(self) -> None:
        """Name the key that reads it."""
        key = key_label(self, "study.note")
        self.update(
            join(("New topic  ", "bold $text-new"), (key, "bold $text-accent"), " reads its note first")
        )
