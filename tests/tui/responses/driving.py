"""Hands for tests: any response widget answered as a learner would, by keys alone or by the mouse alone.

Both leave the response to be handed in with `submit_by_keys` or `submit_by_mouse`, except that a rating of
a flashcard hands itself in. Typing needs a keyboard, whatever else is done with the mouse.
"""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widget import Widget

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Recalled, Response, Sorted
from quiz.tui.held_keys import READ_MS
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.responses.choose import ChooseResponse
from quiz.tui.responses.enter import EnterResponse
from quiz.tui.responses.enter_list import EnterListResponse
from quiz.tui.responses.order import OrderResponse
from quiz.tui.responses.pairing import PairsResponse
from quiz.tui.responses.reveal import RevealResponse
from quiz.tui.responses.rows_base import RowsResponse
from quiz.tui.widgets.action_line import ActionLine


async def click(pilot: Pilot[object], widget: Widget, x: int = 3) -> None:
    """Click on a widget near its left end, scrolled into view as by the wheel."""
    widget.scroll_visible(animate=False, immediate=True)
    await pilot.pause()
    await pilot.click(widget, offset=(x, 1 if widget.styles.border_top[0] not in {"", "none"} else 0))
    await pilot.pause()


async def type_text(pilot: Pilot[object], text: str) -> None:
    """Type over whatever the focused field holds."""
    await pilot.press("end", "ctrl+u", *text)
    await pilot.pause()


async def answer_by_keys(pilot: Pilot[object], widget: ResponseWidget, response: Response) -> None:
    """Give a response by the keys that the widget shows."""
    await pilot.pause()
    match widget, response:
        case ChooseResponse(), Chosen(options):
            for option in _to_press(widget, options):
                await _press_row(pilot, widget, widget.interaction.options.index(option))
        case EnterListResponse(), Entered(texts):
            for text in texts:
                await type_text(pilot, text)
                await pilot.press("enter")
        case EnterResponse(), Entered(texts):
            await _fill_by_keys(pilot, widget, texts)
        case OrderResponse(), Ordered(entries):
            await _order_by_keys(pilot, widget, entries)
        case PairsResponse(), Matched(given) | Sorted(given):
            for left, right in given.items():
                await _pair_by_keys(pilot, widget, left, right)
        case RevealResponse(), Recalled(rating):
            await pilot.press("space", str(rating))
        case _:
            raise AssertionError(f"{widget} takes no {response}")
    await pilot.pause()


async def answer_by_mouse(pilot: Pilot[object], widget: ResponseWidget, response: Response) -> None:
    """Give a response by clicks, and by typing where text is asked for."""
    await pilot.pause()
    match widget, response:
        case ChooseResponse(), Chosen(options):
            for option in _to_press(widget, options):
                await click(pilot, widget.rows[widget.interaction.options.index(option)])
        case ((EnterListResponse() | EnterResponse()), Entered(texts)):
            await _type_by_mouse(pilot, widget, texts)
        case OrderResponse(), Ordered(entries):
            await _order_by_mouse(pilot, widget, entries)
        case PairsResponse(), Matched(given) | Sorted(given):
            for left, right in given.items():
                await click(pilot, widget.left_rows[widget.lefts.index(left)])
                await click(pilot, widget.right_rows[widget.rights.index(right)])
        case RevealResponse(), Recalled(rating):
            await click(pilot, widget.rows[0])
            await click(pilot, widget.rows[rating - 1])
        case _:
            raise AssertionError(f"{widget} takes no {response}")
    await pilot.pause()


async def _fill_by_keys(pilot: Pilot[object], widget: EnterResponse, texts: tuple[str, ...]) -> None:
    await _go_to_field(pilot, widget, 0)
    for place, text in enumerate(texts):
        await type_text(pilot, text)
        if place + 1 < len(texts):
            await pilot.press("enter")


async def _type_by_mouse(
    pilot: Pilot[object], widget: EnterResponse | EnterListResponse, texts: tuple[str, ...]
) -> None:
    for place, text in enumerate(texts):
        is_list = isinstance(widget, EnterListResponse)
        await click(pilot, widget.field if is_list else widget.fields[place])
        await type_text(pilot, text)
        if is_list:
            await click(pilot, widget.add, x=1)


async def _order_by_keys(pilot: Pilot[object], widget: OrderResponse, entries: tuple[str, ...]) -> None:
    for place, entry in enumerate(entries):
        await _go_to_row(pilot, widget, _entries(widget).index(entry, place))
        await pilot.press("space", *["up"] * (widget.cursor - place), "space")


async def _order_by_mouse(pilot: Pilot[object], widget: OrderResponse, entries: tuple[str, ...]) -> None:
    for place, entry in enumerate(entries):
        now = _entries(widget).index(entry, place)
        if now != place:
            await click(pilot, widget.rows[now])
            await click(pilot, widget.rows[place])


async def _pair_by_keys(pilot: Pilot[object], widget: PairsResponse, left: str, right: str) -> None:
    await pilot.press("shift+tab") if widget.is_at_right else None
    await _go_to_row(pilot, widget, widget.lefts.index(left))
    label = widget.right_rows[widget.rights.index(right)].label
    if label:
        await pilot.press(label)
    else:
        await pilot.press("tab")
        await _go_to_row(pilot, widget, widget.rights.index(right))
        await pilot.press("space")


async def submit_by_keys(pilot: Pilot[object], widget: ResponseWidget) -> None:
    """Hand the response in by enter."""
    if isinstance(widget, EnterListResponse) and not widget.is_full:
        await pilot.pause(READ_MS / 1000 + 0.05)
    if isinstance(widget, EnterResponse):
        await _go_to_field(pilot, widget, len(widget.fields) - 1)
    if not isinstance(widget, RevealResponse):
        await pilot.press("enter")
    await pilot.pause()


async def submit_by_mouse(pilot: Pilot[object], widget: ResponseWidget) -> None:
    """Hand the response in by a click on the button beneath it."""
    if isinstance(widget, EnterListResponse) and not widget.is_full:
        await pilot.pause(READ_MS / 1000 + 0.05)
    if isinstance(widget, EnterResponse):
        await click(pilot, widget.fields[-1])
    if not isinstance(widget, RevealResponse):
        await pilot.click(pilot.app.screen.query_one(ActionLine), offset=(4, 0))
    await pilot.pause()


def _to_press(widget: ChooseResponse, options: tuple[str, ...]) -> list[str]:
    """Return the options whose key or row turns what is chosen into what is wanted."""
    now = set(widget.response.options) if isinstance(widget.response, Chosen) else set()
    if widget.interaction.is_single:
        return [option for option in options if option not in now]
    return [option for option in widget.interaction.options if (option in now) != (option in options)]


def _entries(widget: OrderResponse) -> tuple[str, ...]:
    assert isinstance(widget.response, Ordered)
    return widget.response.entries


async def _press_row(pilot: Pilot[object], widget: RowsResponse, place: int) -> None:
    label = widget.rows[place].label
    if label:
        await pilot.press(label)
    else:
        await _go_to_row(pilot, widget, place)
        await pilot.press("space")


async def _go_to_row(pilot: Pilot[object], widget: RowsResponse, place: int) -> None:
    await pilot.press("home", *["down"] * place)


async def _go_to_field(pilot: Pilot[object], widget: EnterResponse, place: int) -> None:
    await pilot.press(*["up"] * len(widget.fields), *["down"] * place)
