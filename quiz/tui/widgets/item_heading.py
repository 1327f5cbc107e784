"""An item before its response: its topic, its stimulus and its stem."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from quiz.core.content.images import option_images
from quiz.core.session import BankItem
from quiz.core.text.direction import is_right_to_left
from quiz.tui.available_actions import key_label
from quiz.tui.text import join, show_line
from quiz.tui.widgets.marked_text import MarkedText
from quiz.tui.widgets.picture import Picture, Pictures


class Stem(Vertical):
    """The topic and the stem."""

    DEFAULT_CSS = """
    Stem { height: auto; width: 1fr; }
    Stem > .topic { color: $foreground-muted; }
    Stem > .-right-to-left { text-align: right; }
    Stem > .stem { text-style: bold; margin-bottom: 1; }
    """

    def __init__(self, bank_item: BankItem, *, show_bank: bool = False) -> None:
        super().__init__()
        self._placed = bank_item
        self._show_bank = show_bank

    def compose(self) -> ComposeResult:
        """Show the topic in one line and the stem in full."""
        named = [self._placed.bank.title if self._show_bank else "", self._placed.topic]
        topic = " · ".join(name for name in named if name)
        if topic:
            yield Static(show_line(topic), classes="topic")
        bank, item = self._placed.bank, self._placed.item
        stem = MarkedText.of(item.stem, bank.reads, classes="stem")
        stem.set_class(is_right_to_left(item.stem), "-right-to-left")
        yield stem
        if item.image is not None:
            yield Picture(bank.bank, item.image)
        options = option_images(item)
        if options:
            yield Pictures(bank.bank, options)


class NewTopic(Static):
    """Offers a topic's notes before its first item."""

    DEFAULT_CSS = """
    NewTopic { padding-left: 1; margin-bottom: 1; border-left: thick $secondary; color: $text-muted; }
    """

    def on_mount(self) -> None:
        """Name the key that reads it."""
        key = key_label(self, "study.note")
        self.update(join("New topic: ", (key, "bold $text-accent"), " reads its note first"))
