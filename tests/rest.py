"""Waiting until an app under test has come to rest, and drawing it where a test looks at it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures.thread import _WorkItem
from time import thread_time
from typing import Any
from weakref import WeakSet

from textual import app, constants, pilot
from textual._compositor import Compositor
from textual._context import active_app, visible_screen_stack
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from quiz.tui.stylesheet import MOST_KEPT, KeptStylesheet

LONGEST = 1.0
"""Seconds that a test waits for work in a thread, which may be held up on purpose."""
NEVER = 2.0
"""Seconds of the processor after which an app that lays itself out again and again is taken as it is."""
BETWEEN_LOOKS = 0.001
IN_THREADS: WeakSet[_WorkItem[Any]] = WeakSet()
"""The work that threads have or will have to do: an executor lets go of it when it is done or called off.
From Python 3.12 on, the number of idle threads that an executor keeps may be too low."""

_draw = Compositor.render_update
SHUT_DOWN = App._shutdown
TEXTUALS_PARSE = Stylesheet._parse_rules
"""What reads a stylesheet outside of tests."""
BEGIN_ANEW = KeptStylesheet._begin_anew


def let_pilots_wait_for_work() -> None:
    """Let a Pilot go on as soon as nothing is left to do, instead of when the processor idles for a while.

    What changed is drawn where a test looks at it and when the app ends, as on a terminal that is slower than
    the app. What one app has read of its stylesheets, and what that means for each place, serves the next.
    Tasks begin as they do without tests. Nothing moves: no picture depends on the moment that it is taken.
    """
    constants.TEXTUAL_ANIMATIONS = "none"  # type: ignore[misc]
    vars(app)["wait_for_idle"] = vars(pilot)["wait_for_idle"] = _settle_after_keys
    pilot.Pilot._wait_for_screen = _settled_after_keys  # type: ignore[method-assign]
    App._shutdown = _draw_and_shut_down  # type: ignore[method-assign]
    App.run_test = _with_eager_tasks(App.run_test)  # type: ignore[method-assign]
    RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]  # the same, and not in Python
    Compositor.render_update = _draw_later  # type: ignore[method-assign]
    _note_work_in_threads()
    Stylesheet._parse_rules = _parsing_once()  # type: ignore[method-assign]
    KeptStylesheet._begin_anew = _matching_once()  # type: ignore[method-assign]


def _with_eager_tasks(run_test: Callable[..., Any]) -> Callable[..., Any]:
    """Let tasks begin before they are returned, as they do in an app that runs on Python 3.12 or newer."""
    eager = getattr(asyncio, "eager_task_factory", None)

    def run(running: App[Any], *arguments: Any, **named: Any) -> Any:
        if eager is not None:
            asyncio.get_running_loop().set_task_factory(eager)
        return run_test(running, *arguments, **named)

    return run


async def settle(running: App[Any]) -> None:
    """Wait until every task waits for something to happen and no thread works."""
    loop: Any = asyncio.get_running_loop()
    patience, end, had_threads = LONGEST, thread_time() + NEVER, False
    while patience > 0 and thread_time() < end:
        await asyncio.sleep(0)
        if loop._ready or _takes_its_size(running) or _lays_out(running):
            continue
        had_threads = had_threads or bool(IN_THREADS)
        if not IN_THREADS and not (had_threads and getattr(running, "_waiting", None)):
            return  # what a thread kept from the record is tried again
        done = [work for work in IN_THREADS if work.future.done()]
        await asyncio.sleep(BETWEEN_LOOKS)
        IN_THREADS.difference_update(done)  # what failed can live on in the traceback of its error
        patience -= BETWEEN_LOOKS


async def _settle_after_keys(_least: float = 0, _most: float = 0) -> None:
    await settle(active_app.get())


async def _settled_after_keys(_pilot: object, timeout: float = 0) -> bool:
    await settle(active_app.get())
    return True


async def _draw_and_shut_down(running: App[Any]) -> None:
    draw(running)
    await SHUT_DOWN(running)


def _draw_later(
    compositor: Compositor, full: bool = False, screen_stack: list[Any] | None = None, simplify: bool = False
) -> object:
    """Draw the whole for a picture, and nothing yet otherwise: what changed stays noted."""
    if full or simplify:
        return _draw(compositor, full, screen_stack, simplify)
    visible_screen_stack.set(screen_stack or [])
    return None


def draw(running: App[Any]) -> None:
    """Draw what changed since an app was drawn, as a terminal would have it drawn at each step."""
    if not running._screen_stack or not running.screen._compositor._dirty_regions:
        return
    try:
        _draw(running.screen._compositor, screen_stack=running._background_screens)
    except Exception as error:  # noqa: BLE001 - it ends the app as it would outside of a test
        running._handle_exception(error)


def _takes_its_size(running: App[Any]) -> bool:
    """Tell the screens of a new size at once, for which an app waits a moment; say whether there was one."""
    if running._resize_event is None or not running._screen_stack:
        return False
    running._check_resize()
    return True


def _lays_out(running: App[Any]) -> bool:
    """Lay out the screen where that is due; say whether it was."""
    if not running._screen_stack or running._batch_count:
        return False
    screen = running.screen
    is_due = (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
    if is_due and screen.is_current:
        screen._on_timer_update()
        return True
    return False


def _note_work_in_threads() -> None:
    begin = _WorkItem.__init__

    def noted(work: Any, *arguments: Any) -> None:
        begin(work, *arguments)
        IN_THREADS.add(work)

    _WorkItem.__init__ = noted


def _parsing_once() -> Callable[..., list[RuleSet]]:
    """Return what reads each stylesheet once in a process, by its text and variables."""
    kept: dict[tuple[tuple[str, str], ...], dict[object, list[RuleSet]]] = {}

    def parse(stylesheet: Stylesheet, *source: Any, **told: Any) -> list[RuleSet]:
        rules = stylesheet._parse_cache.get("kept")
        if rules is None:
            rules = kept.setdefault(tuple(stylesheet._variables.items()), {})
            stylesheet._parse_cache["kept"] = rules  # it is cleared where the variables change
        key = (source, tuple(told.items()))
        if key not in rules:
            rules[key] = TEXTUALS_PARSE(stylesheet, *source, **told)
        return rules[key]

    return parse


def _matching_once() -> Callable[[KeptStylesheet], None]:
    """Return what lets all stylesheets of the same rules share what they mean for each place."""
    kept: dict[tuple[int, ...], dict[Any, Any]] = {}

    def begin_anew(stylesheet: KeptStylesheet) -> None:
        BEGIN_ANEW(stylesheet)
        rules = tuple(map(id, stylesheet.rules))  # each is kept where it was parsed
        matched = kept.setdefault(rules, stylesheet._matched)
        if len(matched) > MOST_KEPT:
            matched.clear()
        stylesheet._matched = matched

    return begin_anew
