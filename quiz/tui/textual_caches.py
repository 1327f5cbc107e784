"""What Textual works out anew each time, or keeps for too long, kept as it should be (checked with 8.2.8).

It looks through all the classes of a widget for what handles each message; some ten come as it is first
shown. For each method that is to be called later with some arguments it works out the signature again. Its
cache of colours keeps what the last thousand widgets drew, another one 16 MB of styles. Each thread keeps its
last worker, and with it a screen that was closed long ago.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from functools import cache, lru_cache, partial
from typing import Any

from textual import _callback
from textual._styles_cache import StylesCache
from textual.message import Message
from textual.message_pump import MessagePump
from textual.strip import Strip
from textual.worker import Worker

Found = tuple[type, Callable[[Message], Awaitable[Any]]]
MOST_KEPT = 4096
"""For how many kinds of widgets and messages it is remembered what handles them."""
MOST_COLOURS = 1024
MOST_STYLES = 1024
"""How many styles are kept as sequences of the terminal's. While something fades, each step has its own."""
textuals_search = MessagePump._get_dispatch_methods
textuals_count = _callback._count_parameters


@lru_cache(MOST_KEPT)
def _handlers_of(kind: type, message: type, name: str) -> tuple[tuple[type, Any], ...] | None:
    """Return a class's functions for a kind of message, None where they depend on what sent it."""
    found = []
    for each in kind.__mro__:
        decorated = vars(each).get("_decorated_handlers") or {}
        if not decorated.keys().isdisjoint(message.__mro__):
            return None
        method = vars(each).get(f"_{name}") or vars(each).get(name)
        if method is not None and not getattr(method, "_textual_on", None):
            found.append((each, method))
    return tuple(found)


def _search(pump: MessagePump, name: str, message: Message) -> Iterator[Found]:
    """Yield the methods that handle a message, with the classes that they are of."""
    handlers = _handlers_of(type(pump), type(message), name)  # type: ignore[arg-type]
    if handlers is None:
        yield from textuals_search(pump, name, message)
        return
    for kind, method in handlers:
        if message._no_default_action:
            return
        yield kind, method.__get__(pump, kind)


@cache
def _count_of(function: Callable[..., Any]) -> int:
    return textuals_count(function)


def _count(called: Callable[..., Any]) -> int:
    """Return how many parameters a callable takes; for a method, from what is known of its function."""
    function = getattr(called, "__func__", None)
    return textuals_count(called) if function is None else _count_of(function) - 1


async def _run_in_thread(worker: Worker[Any]) -> Any:
    """Do a worker's work, which is no coroutine, in a thread, in a context that ends with it."""
    return await asyncio.to_thread(worker._work)  # type: ignore[arg-type]


def keep_what_is_worked_out() -> None:
    """Keep handlers, parameters, colours and styles, and no workers, in every app of this process."""
    _callback._count_parameters = _count  # type: ignore[assignment]
    MessagePump._get_dispatch_methods = _search  # type: ignore[method-assign, assignment]
    colours = partial(StylesCache.get_inner_outer.__wrapped__, StylesCache)
    StylesCache.get_inner_outer = staticmethod(lru_cache(MOST_COLOURS)(colours))  # type: ignore[method-assign, assignment]
    sequence: Any = lru_cache(MOST_STYLES)(vars(Strip)["render_ansi"].__func__.__wrapped__)
    Strip.render_ansi = classmethod(sequence)  # type: ignore[method-assign, assignment]
    Worker._run_threaded = _run_in_thread  # type: ignore[method-assign, assignment]
