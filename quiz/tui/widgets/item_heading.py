"""An item before its response: its topic and its stem, with the pictures that belong to it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from quiz.core.content.images import option_images
from quiz.core.session import BankItem
from quiz.core.text.direction import is_right_to_left
from quiz.core.text.markup import NO_MARKUP
from quiz.tui.available_actions import key_label
from quiz.tui.text import join, show_line, show_marked
from quiz.tui.widgets.marked_text import MarkedText
from quiz.tui.widgets.picture import Picture, Pictures

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
        self._bank_item: BankItem | None = None
        self._topic = Static(classes="topic")
        self._text = MarkedText.of("", NO_MARKUP, classes="stem")

    def compose(self) -> ComposeResult:
        """The topic in one line and the stem in full."""
        yield self._topic
        yield self._text

    def put(self, bank_item: BankItem, *, show_bank: bool = False) -> None:
        """Show another item."""
        self._bank_item = bank_item
        self.display = True
        bank, item = bank_item.bank, bank_item.item
        topic = " · ".join(name for name in (bank.title if show_bank else "", bank_item.topic) if name)
        self._topic.update(show_line(topic))
        self._topic.display = bool(topic)
        self._text.set_class(is_right_to_left(item.stem), "-right-to-left")
        self._text.put(
            lambda blocks: show_marked(item.stem, bank.reads, blocks=blocks), (item.stem,), bank.reads
        )
        if len(self.children) > 2:
            self.remove_children([child for child in self.children if child not in (self._topic, self._text)])
        if item.image is not None:
            self.mount(Picture(bank.bank, item.image))
        if options := option_images(item):
            self.mount(Pictures(bank.bank, options))

    def rows(self, width: int) -> int:
        """Return about how many rows it takes in a width."""
        if self._bank_item is None or not self.display:
            return 0
        item = self._bank_item.item
        text = show_marked(item.stem, self._bank_item.bank.reads)
        pictures = (item.image is not None) + bool(option_images(item))
        topic = self._topic.display * (2 if self.has_class("-airy") else 1)
        return topic + text.get_height({}, max(1, width - self.gutter.width)) + 1 + pictures * PICTURE_ROWS


class NewTopic(Static):
    """Offers a topic's notes before its first item."""

    DEFAULT_CSS = "NewTopic { padding: 0 2; margin-bottom: 1; color: $foreground-muted; }"

    def on_mount(self) -> None:
        """Name the key that reads it."""
        key = key_label(self, "study.note")
        self.update(
            join(("New topic  ", "bold $text-new"), (key, "bold $text-accent"), " reads its note first")
        )
