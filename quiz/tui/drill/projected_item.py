"""An item as projected for a class: large stem and options, with the key only once it is revealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from quiz.core.content.bank import Stimulus
from quiz.core.content.grading import Chosen
from quiz.core.content.images import option_images, texts_shown
from quiz.core.content.interaction import Choose, Enter, Interaction, Match, Order, Sort
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.option_feedback import option_feedback
from quiz.core.drill.settings import MOST_OPTIONS
from quiz.core.drill.wall_words import ENGLISH, WallWords
from quiz.core.session import BankItem
from quiz.core.text.markdown_excerpt import gist
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.core.text.projector_fit import lines_of
from quiz.tui.drill.projected_option import OptionView, ProjectedOption
from quiz.tui.text import join, show_line, show_marked
from quiz.tui.widgets.marked_text import NO_BLOCKS, Blocks, MarkedText
from quiz.tui.widgets.picture import Picture, Pictures
from quiz.tui.widgets.stimulus_view import StimulusView

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NOTE_LENGTH = 220
"""How many characters of a cited note are shown; `r` shows all of it."""
AIRY_FROM = 30
"""The height of the screen in cells from which a topic stands apart from the stem."""
STIMULUS_ROWS = 8
NO_FEEDBACK: Mapping[str, str] = MappingProxyType({})


class ProjectedItem(VerticalScroll):
    """One item at a time, or a few words in its place."""

    can_focus = False
    DEFAULT_CSS = """
    ProjectedItem {
        padding: 1 2 1 3; scrollbar-gutter: stable; align-horizontal: center;
        & > .column { height: auto; width: 100%; max-width: 110; }
        & .stem { margin-bottom: 1; }
        & ProjectedOption { margin-bottom: 1; &:last-child, &.-with-both { margin-bottom: 0; } }
        & StimulusView { max-height: 8; margin-bottom: 1; }
        &.-tight ProjectedOption, &.-tight StimulusView { margin-bottom: 0; }
        & .said { margin-top: 1; padding-left: 1; border-left: thick $success; }
        & .remark { border-left: thick $error; }
        & .note { color: $foreground-muted; margin-top: 1; }
    }
    """

    @dataclass
    class Overflowed(Message):
        """Not all of the item is visible."""

    _shown: ItemRef | None = None
    """The item being shown."""
    _shape: tuple[object, ...] = ()
    """The widgets it was laid out with; another item of the same shape reuses them."""
    _asked: tuple[BankItem, Interaction, frozenset[str]] | None = None
    """What the stem is drawn from: the item, its task, and the options to mark as right."""
    _is_said: bool = False
    """Whether the key and its rationale are shown."""
    _coming: tuple[str, ...] = ()
    """What is to be said beneath options that keep a row for their bars, as long as it is not said yet."""

    def __init__(self, words: WallWords = ENGLISH) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay out a column of readable width."""
        yield Vertical(classes="column")

    async def put_card(self, *parts: Widget) -> None:
        """Show widgets other than an item."""
        self._shown, self._shape, self._is_said = None, (), False
        column = self.query_one(".column", Vertical)
        await column.remove_children()
        await column.mount(*parts)
        self.scroll_home(animate=False)

    async def put(
        self,
        bank_item: BankItem,
        asked: Interaction,
        options: Sequence[OptionView],
        *,
        is_revealed: bool,
        feedback: Mapping[str, str] = NO_FEEDBACK,
    ) -> None:
        """Show an item, reusing as many widgets as possible.

        `feedback` is what to say with the key about some options.
        """
        is_new = bank_item.ref != self._shown
        item, reads = bank_item.item, bank_item.bank.reads
        views = [replace(view, markup=reads, text=self._words.option(item, view.text)) for view in options]
        stimulus = bank_item.bank.stimuli.get(bank_item.item.stimulus)
        pictures = option_images(bank_item.item)
        shape = (stimulus, bank_item.item.image, pictures, len(options))
        key = _listed_key(bank_item, asked) if is_revealed else frozenset()
        self._asked = bank_item, asked, key
        with self.app.batch_update():
            if shape != self._shape or not self._shape:
                await self.put_card(*_parts(*self._asked, views, stimulus, self._words))
            else:
                for option, view in zip(self.query(ProjectedOption), views, strict=True):
                    option.show_view(view)
            self._put_stem()
            if self._is_said and (is_new or not is_revealed):
                await self.query(".said, .note").remove()
                self._is_said = False
            if is_revealed and not self._is_said:
                has_key_row = bool(key) or any(view.mark == "key" for view in options)
                remarks = [(view.label, feedback[view.text]) for view in options if view.text in feedback]
                said = _said(bank_item, self._words, remarks, has_key_row=has_key_row)
                await self.query_one(".column").mount(*said)
                self._is_said = True
                if not has_key_row:
                    self.call_after_refresh(self.scroll_to_widget, said[0], animate=False)
            is_to_come = not is_revealed and any(view.keeps_bar for view in options)
            self._coming = _coming(bank_item, self._words) if is_to_come else ()
        if is_new:
            self.scroll_home(animate=False)
        self._shown, self._shape = bank_item.ref, shape
        self._fit()

    def on_resize(self) -> None:
        """Leave out empty lines if there is no room for them."""
        self._put_stem()
        self._fit()

    def _put_stem(self) -> None:
        """Show the stem, apart from its topic on a high screen."""
        if self._asked is not None:
            is_airy = self.app.size.height >= AIRY_FROM
            for stem in self.query(".stem").results(MarkedText):
                stem.put(*_stem(*self._asked, self._words, is_airy=is_airy))

    def _fit(self) -> None:
        """Leave out empty lines if not all would be visible, with what is yet to come as well."""
        region = self.scrollable_content_region
        column = self.query_one(".column", Vertical)
        width = max(1, column.size.width)
        options = self.query(ProjectedOption)
        texts = [str(part.content) for part in column.query_children(Static)]
        rest = sum(lines_of(text, width) for text in texts) + len(texts)
        rest += sum(STIMULUS_ROWS + 1 for _ in self.query(StimulusView))
        rest += sum(picture.rows for picture in column.query_children(Picture))
        rest += sum(max(one.rows for one in row.query(Picture)) for row in self.query(Pictures))
        gap = max((stem.styles.margin.bottom for stem in column.query(".stem")), default=1)
        rest -= 1  # with the stem's margin a gap, and none after the last option
        coming = sum(lines_of(text, width) + 1 for text in self._coming)
        kept = sum(option.rows(width, is_kept=True) for option in options)
        bare = sum(option.rows(width, is_kept=False) for option in options)
        apart = gap * sum(not option.has_class("-with-both") for option in options)
        is_kept = rest + 1 + kept <= region.height  # the last row that is kept has to be seen as well
        needed = rest + apart + (coming + kept if is_kept else bare)
        self.set_class(needed > region.height, "-tight")
        for option in options:
            option.keep(is_kept)
        if rest + bare > region.height > 0:
            self.post_message(self.Overflowed())


def _parts(
    bank_item: BankItem,
    asked: Interaction,
    key: frozenset[str],
    options: Sequence[OptionView],
    stimulus: Stimulus | None,
    words: WallWords,
) -> list[Widget]:
    """Return an item as widgets: the stimulus, the stem with the task, the options."""
    parts: list[Widget] = [] if stimulus is None else [StimulusView(stimulus, bank_item.bank.bank)]
    parts.append(MarkedText(*_stem(bank_item, asked, key, words), classes="stem"))
    if bank_item.item.image is not None:
        parts.append(Picture(bank_item.bank.bank, bank_item.item.image))
    pictures = option_images(bank_item.item)
    if pictures:
        letters = {view.text: f"{view.label}  " for view in options}
        captioned = {f"{letters.get(text, '')}{text}": image for text, image in pictures.items()}
        parts.append(Pictures(bank_item.bank.bank, dict(sorted(captioned.items()))))
    return parts + [ProjectedOption(place, view) for place, view in enumerate(options)]


def _stem(
    bank_item: BankItem, asked: Interaction, key: frozenset[str], words: WallWords, *, is_airy: bool = False
) -> tuple[Callable[[Blocks], Content], tuple[str, ...], Markup]:
    """Return how to draw the topic, the stem and the rest of the task that a class needs to see."""
    markup = bank_item.bank.reads

    def draw(blocks: Blocks) -> Content:
        topic = [show_line(bank_item.topic, "$foreground-muted")] if bank_item.topic else []
        stem = show_marked(bank_item.item.stem, markup, "bold", blocks)
        task = task_lines(asked, markup, blocks, words, key)
        topic += [Content()] if topic and is_airy else []
        return Content("\n").join([*topic, stem, *([Content()] if task else []), *task])

    return draw, (bank_item.item.stem, *sorted(texts_shown(asked))), markup


def _listed_key(bank_item: BankItem, asked: Interaction) -> frozenset[str]:
    """Return the right ones among options that are listed with the task; empty where there are none."""
    found = bank_item.item.key_response()
    is_listed = isinstance(asked, Choose) and _is_listed(asked)
    return frozenset(found.options if is_listed and isinstance(found, Chosen) else ())


def _is_listed(asked: Choose) -> bool:
    """Return whether the options are listed with the task, since no key chooses one of them."""
    return not asked.is_single or len(asked.options) > MOST_OPTIONS


def _said(
    bank_item: BankItem, words: WallWords, remarks: Sequence[tuple[str, str]], *, has_key_row: bool
) -> list[Widget]:
    """Return the key if no option shows it, the rationale, remarks on options, and the cited note."""
    item, bank = bank_item.item, bank_item.bank
    parts: list[Widget] = []
    if not has_key_row:
        parts.append(
            Static(
                join(
                    (f"✓ {words.say('Correct answer')}  ", "bold $text-success"),
                    show_marked(words.option(item, item.key_text()), bank.reads, "bold"),
                ),
                classes="said",
            )
        )
    if item.rationale:
        parts.append(MarkedText.of(item.rationale, bank.reads, classes="said"))
    for label, text in remarks:
        sign = (f"✗ {label}  ", "bold $text-error")
        parts.append(Static(join(sign, show_marked(text, bank.reads)), classes="said remark"))
    for name in item.cites[:1]:
        note = bank.notes.get(name)
        if note is not None:
            where = f" · {note.where}" if note.where else ""
            head = show_line(f"{note.title}{where}:", "bold")
            parts.append(Static(join(head, " ", gist(note.text, NOTE_LENGTH)), classes="note"))
    return parts


def _coming(bank_item: BankItem, words: WallWords) -> tuple[str, ...]:
    """Return the texts that are to be said with the key, with the longest of the remarks on options."""
    remarks = sorted((text for _, text in option_feedback(bank_item.item)), key=len)[-1:]
    said = _said(bank_item, words, [("A", text) for text in remarks], has_key_row=True)
    return tuple(str(part.content) for part in said if isinstance(part, Static))


def task_lines(
    asked: Interaction,
    markup: Markup = NO_MARKUP,
    blocks: Blocks = NO_BLOCKS,
    words: WallWords = ENGLISH,
    key: frozenset[str] = frozenset(),
) -> list[Content]:
    """Return the lines that a class needs to see of a task without option keys, not in the key's order.

    `key` are the options that are marked as right, none before the key is shown.
    """

    def beside(sign: str, text: str, style: str = "bold $text-accent") -> Content:
        lines = show_marked(text, markup, blocks=blocks).split("\n")
        return join((f"{sign}  ", style), Content(f"\n{' ' * (len(sign) + 2)}").join(lines))

    def lettered(texts: Sequence[str]) -> list[Content]:
        return [beside(LETTERS[place % len(LETTERS)], text) for place, text in enumerate(texts)]

    match asked:
        case Choose(options=options) if _is_listed(asked):
            lines = []
            for place, text in enumerate(options):
                sign, style = ("✓", "bold $text-success") if text in key else ("▢", "bold $text-accent")
                label = f"{sign} {LETTERS[place]}" if place < len(LETTERS) else sign
                lines.append(beside(label, text, style))
            return lines
        case Enter(around=around) if around:
            return [Content("______").join(show_marked(text, markup, blocks=blocks) for text in around)]
        case Order(entries=entries):
            return lettered(entries)
        case Match(lefts=lefts, rights=rights):
            numbered = [beside(str(number), text) for number, text in enumerate(lefts, 1)]
            return [*numbered, Content(), *lettered(rights)]
        case Sort(members=members, bins=bins):
            names = Content(" · ").join(show_marked(name, markup, "bold") for name in bins)
            bullets = [beside("•", text, "$text-accent") for text in members]
            return [*bullets, Content(), join((f"{words.say('into')}  ", "$foreground-muted"), names)]
    return []
