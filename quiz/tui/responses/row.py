"""A row of a response: a sign, a label to press, a text, and at its end what there is to say about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message

from quiz.core.content.grading import Verdict
from quiz.core.text.direction import is_right_to_left
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.tui.responses.folding import GAP, MISSED, Fold, folded_lines
from quiz.tui.text import SIGNS, join, show, show_marked
from quiz.tui.widgets.marked_text import NO_BLOCKS, code_in, colour_soon, known_blocks
from quiz.tui.widgets.text_lines import Lines

Sign = tuple[str, str]
"""A symbol and its style."""

NO_SIGN: Sign = ("", "")
RIGHT: Sign = (SIGNS[Verdict.CORRECT][0], f"bold {SIGNS[Verdict.CORRECT][1]}")
WRONG: Sign = (SIGNS[Verdict.INCORRECT][0], f"bold {SIGNS[Verdict.INCORRECT][1]}")
NOTHING: Sign = SIGNS[Verdict.SKIPPED]
TONES: dict[Sign, str] = {RIGHT: "right", WRONG: "wrong", NOTHING: "open"}
VERDICTS = frozenset(TONES.values())
"""The tones of rows that say what came of an answer."""

YOURS = "your answer"
DIGITS = "123456789"
LETTERS = ascii_lowercase + ascii_uppercase
LABEL_STYLE = "bold $text-accent"

DOT = " · "
"""What stands between the pieces of the end of a row."""
ROOMY = 60
"""The width in cells from which a text and its end stand in two columns, whatever their lengths."""
KEYCAP, IN_FORCE, RESTING_KEY = (
    f"{LABEL_STYLE} on $panel",
    "bold $button-color-foreground on $primary",
    "$foreground-muted",
)
"""How a label looks: to be pressed, chosen, and once there is nothing left to press."""


def labels(count: int, symbols: str = DIGITS + LETTERS) -> tuple[str, ...]:
    """Return a key for each of so many rows; empty for those that are left over."""
    return tuple(symbols[place] if place < len(symbols) else "" for place in range(count))


class ResponseRow(Lines):
    """One thing to choose, to move, to pair or to rate, wrapped with a hanging indent."""

    DEFAULT_CSS = """
    ResponseRow {
        height: auto; width: 1fr; padding-right: 1; pointer: pointer;
        &:disabled { pointer: text; }
        &:hover { background: $surface; }
        &.-cursor { background: $panel; }
        &.-chosen { text-style: bold; }
        &.-out { color: $foreground-muted; }
        &.-picked { background: $primary-muted; text-style: bold; }
        &.-right { background: $success-muted; }
        &.-wrong { background: $error-muted; }
        &.-open { background: $warning-muted; }
        &:ansi { background: ansi_default; }
        &.-cursor:ansi, &.-picked:ansi { text-style: bold; }
    }
    """

    @dataclass
    class Pressed(Message):
        """The row was clicked."""

        row: ResponseRow

        @property
        def control(self) -> ResponseRow:
            """The row."""
            return self.row

    def __init__(
        self, text: str = "", label: str | None = None, *, sign_width: int = 1, markup: Markup = NO_MARKUP
    ) -> None:
        super().__init__()
        self._begin(text, markup)
        self.label = label
        self.sign_width = sign_width
        self.tone = ""
        self.columns = (0, 0)
        """The greatest width of a text and of an end among the rows it is aligned with."""
        self.reserved = 0
        """Cells kept free at the end of the first line, where the row's end then stands; 0 for none."""

    def _begin(self, text: str, markup: Markup) -> None:
        self.plain_text = text
        self.markup = markup
        self.text = show_marked(text, markup)
        self.sign: Sign = NO_SIGN
        self.tail = Content()
        self.pointer: Sign = NO_SIGN
        self.note = Content()
        """What stands beneath it once it is marked."""
        self.brief = self.given = Content()
        """The parts of an end that there is no room for: what is right, and what was given instead."""
        self.says_what_is_right = False
        """Whether its end says so although it is not missed."""
        self.fold: Fold | None = None
        """How it is shown among rows that are folded; None while they are not."""

    def begin(self, text: str, markup: Markup) -> None:
        """Take another text, with nothing at its end yet; the next `put` draws it."""
        self._begin(text, markup)
        self._colour_code()

    @property
    def allow_select(self) -> bool:
        """Text can be selected once nothing is left to click."""
        return self.is_disabled

    def put(
        self,
        *,
        text: str | None = None,
        sign: Sign | None = None,
        tail: Content | None = None,
        tone: str | None = None,
        pointer: Sign | None = None,
    ) -> None:
        """Show another state of the row; what is not given stays as it is."""
        if text is not None and text != self.plain_text:
            self.plain_text = text
            self._read()
            self._colour_code()
        before = self.sign, self.pointer, self.tone
        self.sign, self.pointer = sign or self.sign, pointer or self.pointer
        if tone is not None and tone != self.tone:
            self.update_classes({f"-{name}": name == tone for name in (self.tone, tone) if name})
            self.tone = tone
        has_other_end = tail is not None and not tail.is_same(self.tail)
        self.tail = tail if tail is not None else self.tail
        if has_other_end or before != (self.sign, self.pointer, self.tone):
            self.draw_again()

    def least_lines(self, width: int) -> int:
        """Return how many lines it takes at least: none holds more than the width, but for spaces."""
        texts = ("".join(content.plain.split()) for content in (self.text, self.tail))
        return -(-sum(map(cell_len, texts)) // max(1, width))

    def draw_again(self) -> None:
        """Forget the lines; those of a row longer than the screen are worked out where it is laid out."""
        if self.size and self.least_lines(self.size.width) > self.app.size.height:
            self.lay_out_again()
        else:
            super().draw_again()

    def put_fold(self, fold: Fold | None) -> None:
        """Fold the row, open it among folded ones, or show it as it is."""
        if fold != self.fold:
            self.fold = fold
            self.draw_again()

    def on_mount(self) -> None:
        """Give code its colours."""
        self._colour_code()

    def _colour_code(self) -> None:
        codes = code_in((self.plain_text,), self.markup)
        if codes and self.is_attached:
            self._read()
            colour_soon(self, codes, self._read)

    def _read(self) -> None:
        """Read the text anew, with its code in the colours that are known."""
        blocks = known_blocks(self.app) if self.markup else NO_BLOCKS
        self.text = show_marked(self.plain_text, self.markup, blocks=blocks)
        self.lay_out_again()

    @property
    def natural_width(self) -> int:
        """The width in which the row and those it is aligned with need not wrap."""
        text, tail = self.columns
        return self.head().cell_length + text + (GAP + tail if tail else 0) + 1

    def head(self) -> Content:
        """Return what stands before the text: the cursor or the verdict, the label, and the sign."""
        is_judged = self.tone in VERDICTS
        edge = self.sign if is_judged else self.pointer
        sign, style = (" ", "") if is_judged else self.sign
        if self.fold is not None and (self.tone in MISSED or self.note):
            sign, style = ("▾", "$foreground") if self.fold.is_open else ("▸", "$foreground-muted")
        return Content.assemble(
            edge if edge[0] else " ",
            " " if self.sign_width or self.label is not None else "",
            (f" {self.label or ' '} ", self._label_style()) if self.label is not None else "",
            (f"{sign:^{self.sign_width}} " if self.sign_width else " ", style),
        )

    def _label_style(self) -> str:
        if self.tone in VERDICTS or self.is_disabled or not self.label:
            return RESTING_KEY
        return IN_FORCE if self.tone == "chosen" else KEYCAP

    def lines(self, width: int) -> list[Content]:
        """Return what the row shows in a width, line by line."""
        head = self.head()
        if self.fold is not None:
            end, given = (self.tail, Content()) if self.fold.is_whole else (self.brief, self.given)
            return folded_lines(head, self.text, end, (given, self.note), width, self.fold)
        if self.reserved:
            lines = ended(head, self.text, self.tail, width, self.reserved)
        else:
            lines = laid_out(head, self.text, self.tail, width, self.columns)
        if self.note and self.tone in VERDICTS:
            indent = Content.blank(head.cell_length)
            lines += [indent + line for line in self.note.wrap(max(1, width - head.cell_length))]
        return lines

    def on_click(self) -> None:
        """Tell that the row was clicked."""
        self.post_message(self.Pressed(self))


def laid_out(
    head: Content, text: Content, tail: Content, width: int, columns: tuple[int, int]
) -> list[Content]:
    """Lay a text out behind a head with a hanging indent, and its end beside it or, without room, beneath."""
    room = max(1, width - head.cell_length)
    text_width, tail_width = columns
    if not tail_width:
        text_width = room
    elif text_width + GAP + tail_width > room:
        if room < ROOMY and tail_width > room // 3:
            return _stacked(head, text, tail, room)
        text_width = max(1, min(text_width, max(room // 2, room - GAP - tail_width)))
    tail_room = max(1, room - text_width - GAP)
    left = text.wrap(text_width)
    if is_right_to_left(text.plain):
        left = [piece.pad_left(max(0, text_width - piece.cell_length)) for piece in left]
    right = _end_lines(tail, tail_room)
    indent = Content.blank(head.cell_length)
    lines = []
    for place in range(max(len(left), len(right))):
        line = left[place] if place < len(left) else Content()
        if place < len(right):
            line = line.pad_right(text_width + GAP - line.cell_length) + right[place]
        lines.append((indent if place else head) + line)
    return lines


def _end_lines(tail: Content, room: int) -> list[Content]:
    """Wrap a row's end: between its pieces where it has two and each fits on a line, else between words."""
    first, between, second = tail.plain.partition(DOT)
    if between and tail.cell_length > room:
        pieces = tail[: len(first)], tail[len(first) + len(DOT) :]
        if DOT not in second and all(piece.cell_length <= room for piece in pieces):
            return list(pieces)
    return tail.wrap(room) if tail else []


def ended(head: Content, text: Content, tail: Content, width: int, reserved: int) -> list[Content]:
    """Lay a text out behind a head with its end at the right of the first line, where it has its room.

    That room is kept free before there is an end as well, so that no line breaks anew when it comes.
    """
    room = max(1, width - head.cell_length)
    first = room - GAP - reserved
    if first < ROOMY // 3 or is_right_to_left(text.plain):
        return _stacked(head, text, tail, room)
    opening = text.wrap(first)[0] if text else Content()
    rest = text[len(opening.plain) :]
    rest = rest[1:] if rest.plain.startswith("\n") else rest[len(rest.plain) - len(rest.plain.lstrip(" ")) :]
    lines = [head + opening.pad_right(max(0, room - opening.cell_length - tail.cell_length)) + tail]
    indent = Content.blank(head.cell_length)
    lines += [indent + line for line in (rest.wrap(room) if rest else [])]
    return lines


def _stacked(head: Content, text: Content, tail: Content, room: int) -> list[Content]:
    """Put the end at the right of the text's last line if it fits, beneath it otherwise."""
    lines = text.wrap(room)
    if tail:
        space = room - lines[-1].cell_length - tail.cell_length
        if space >= 2:
            lines[-1] = lines[-1].pad_right(space) + tail
        else:
            lines.extend(tail.wrap(room))
    indent = Content.blank(head.cell_length)
    return [(indent if place else head) + line for place, line in enumerate(lines)]


def align(rows: Sequence[ResponseRow], *, reserve: int = 0) -> None:
    """Let rows share their columns; `reserve` keeps room for ends that are yet to come."""
    widest = max(
        (line.cell_length for row in rows for line in row.text.split("\n", allow_blank=True)), default=0
    )
    columns = (widest, max([reserve, *(row.tail.cell_length for row in rows)]))
    for row in rows:
        if row.columns != columns:
            row.columns = columns
            row.lay_out_again()


def numbers(count: int) -> tuple[str, ...]:
    """Return the numbers of so many rows, equally wide."""
    width = len(str(count))
    return tuple(f"{number:>{width}}" for number in range(1, count + 1))


def tail_of(*pieces: tuple[str, str] | Content) -> Content:
    """Put the pieces of a row's end together, those that hold something, with a dot between them."""
    shown = [show(*piece) if isinstance(piece, tuple) else piece for piece in pieces]
    return Content(DOT).join([piece for piece in shown if piece])


def key_tail(sign: Sign, key: str, markup: Markup = NO_MARKUP) -> Content:
    """Say that a row is right, or what would have been."""
    if sign == RIGHT:
        return show("correct", sign[1])
    if not key:
        return show("wrong", sign[1])
    return join((f"{RIGHT[0]} ", RIGHT[1]), show_marked(key, markup, RIGHT[1]))
