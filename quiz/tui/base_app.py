"""What both apps of quiz share: theme, keys, palette, help, a least size, and opening screens by routes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.filter import LineFilter
from textual.screen import Screen, ScreenResultCallbackType
from textual.widget import Widget

from quiz.config.settings import THEME_NAMES, Config
from quiz.core.text.safe_text import visible
from quiz.errors import QuizError, RecordLocked
from quiz.tui.available_actions import commands, help_groups
from quiz.tui.bindings import bar_key
from quiz.tui.routes import Help, ResultT, Route, Themes, TooSmall
from quiz.tui.stylesheet import KeptStylesheet
from quiz.tui.textual_workarounds import HardenedApp
from quiz.tui.themes import OF_16_COLOURS, THEMES

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.await_complete import AwaitComplete
    from textual.dom import DOMNode
    from textual.geometry import Size
    from textual.timer import Timer

    from quiz.core.content.item import Image
    from quiz.tui.widgets.marked_text import CodeColours

LEAST_WIDTH, LEAST_HEIGHT = 40, 12
"""The smallest terminal, in cells, that quiz works in."""
LOFTY = 50
"""The height in rows from which a screen that does not fill it has the class “-lofty” and stands lower."""
IDLE_AFTER = 0.1
"""Seconds after which what was shown has been drawn, and the person reads."""
DUE = 10
"""After how many small collections of garbage a full one is due at the latest."""
UNNOTICED = 0.01
"""How long one may take on average before a full one is put off, in seconds of the processor."""
REPEAT_EVERY = 0.1
"""Seconds until something is tried again for which the record was not free."""


class BaseApp(HardenedApp):
    """An app with the person's theme and keys."""

    _waiting: Callable[[], Any] | None = None
    """What the person asked for last, if it is waiting for the record."""
    TITLE = "quiz"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide"), (120, "-roomy")]  # noqa: RUF012 - Textual's
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall"), (30, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("help", "question_mark,f1", "show_help", "Help", "What the keys do"),
        Binding(
            "ctrl+p",
            "command_palette",
            "Commands",
            show=False,
            priority=True,
            id="palette",
            tooltip="Search in everything that can be done here",
        ),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="quit", tooltip="Leave quiz"),
    ]

    _idle: Timer | None = None
    """What collects garbage soon."""
    _took = 0.0
    """How long it took to collect all garbage the last time, in seconds of the processor."""
    _has_theme = False
    """Whether the theme is the person's: Textual asks for the colours of its own before."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self._too_small: Screen[Any] | None = None
        self.pictures = config.pictures
        self.picture_widget: type[Widget] | bool | None = None
        """What draws pictures; False where nothing can, None before the terminal was asked."""
        self._help: Screen[Any] | None = None
        self._set_theme(config.theme)
        self._has_theme = True
        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())
        self.forget_restyling()
        if config.reduced_motion or "SSH_CONNECTION" in os.environ:  # each step would cross the network
            self.animation_level = "none"
        self._looks: list[LineFilter] = []
        self._is_transparent = False
        self.use_looks(config)
        self.own_keys: dict[str, str] = {}
        """The person's own keys by the ids of bindings."""
        self.use_keys(config.keys)

    @cached_property
    def code_colours(self) -> CodeColours:
        """The blocks of code whose colours are known."""
        from quiz.tui.widgets.marked_text import CodeColours

        return CodeColours()

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's colours, those of our own among them where it has none of these."""
        if not self._has_theme:
            return {}
        variables = super().get_css_variables()
        variables.setdefault("text-due", variables["text-warning"])
        variables.setdefault("text-new", variables["text-accent"])
        return variables

    def use_looks(self, config: Config) -> None:
        """Draw signs in ASCII and leave the ground to the terminal, as the person would have it."""
        self._looks = []
        if config.ascii_signs:
            from quiz.tui.line_filters import AsciiSigns

            self._looks = [AsciiSigns()]
        self._is_transparent = config.transparent
        if self.is_running:
            self.refresh_css(animate=False)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what changes every line before it is drawn."""
        looks = list(self._looks)
        if self._is_transparent:
            from quiz.tui.line_filters import ClearGround

            looks.append(ClearGround(Color.parse(self.theme_variables["background"])))
        return [*super().get_line_filters(), *looks]

    def picture_file(self, bank: str, image: Image) -> Path | None:  # noqa: ARG002
        """Return the file of a bank's picture, None where it cannot be shown."""
        return None

    def _set_theme(self, name: str) -> None:
        """Use a theme if there is one of that name; an ANSI theme shows nothing without colours."""
        if name in self.available_themes and not (self.no_color and name.startswith("ansi")):
            self.theme = name

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep cursors from blinking where motion is reduced."""
        if self.animation_level == "none" and getattr(event.widget, "cursor_blink", False):
            event.widget.cursor_blink = False  # type: ignore[attr-defined]

    def _register(self, parent: DOMNode, *widgets: Widget, **options: Any) -> list[Widget]:
        """Give new screens the classes of the terminal's size, so that they are styled but once."""
        for screen in widgets:
            if isinstance(screen, Screen):
                screen.update_classes(self.size_classes(screen, self.size), update=False)
        return super()._register(parent, *widgets, **options)

    def size_classes(self, screen: Screen[Any], size: Size) -> dict[str, bool]:
        """Return the classes that a screen can have for its size, and whether it has them at this one."""
        across = screen.HORIZONTAL_BREAKPOINTS or self.HORIZONTAL_BREAKPOINTS
        down = screen.VERTICAL_BREAKPOINTS or self.VERTICAL_BREAKPOINTS
        fitting = screen._get_breakpoint_classes(size.width, across)
        fitting |= screen._get_breakpoint_classes(size.height, down)
        return {name: name in fitting for _, name in (*across, *down)} | {"-lofty": size.height >= LOFTY}

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen while the terminal is too small."""
        self._mind_size(event.size.width, event.size.height)

    def _mind_size(self, width: int, height: int) -> None:
        is_small = width < LEAST_WIDTH or height < LEAST_HEIGHT
        if is_small and not self._is_too_small:
            self._too_small = self.go(TooSmall(LEAST_WIDTH, LEAST_HEIGHT))
        elif not is_small and self._is_too_small:
            self.pop_screen()

    @property
    def _is_too_small(self) -> bool:
        """Whether the screen is the one that says so."""
        return self.screen is self._too_small

    def screen_for(self, route: Route[Any]) -> Screen[Any]:
        """Return the screen that a route stands for. May raise QuizError."""
        raise NotImplementedError

    def go(
        self,
        route: Route[ResultT],
        then: ScreenResultCallbackType[ResultT] | None = None,
        *,
        in_place: bool = False,
    ) -> Screen[Any]:
        """Open the screen of a route, over the current one or in its place, and return it.

        `then` is given what the screen returns, None if it was left.

        Raises:
            QuizError: the screen cannot be shown.
        """
        screen = self.screen_for(route)
        screen.route = route  # type: ignore[attr-defined]
        if in_place:
            self.switch_screen(screen)
        else:
            self.push_screen(screen, then)
        return screen

    def is_record_free(self) -> bool:
        """Say whether no other program keeps the record from being read."""
        return True

    def repeat_later(self, error: RecordLocked, call: Callable[[], Any]) -> None:
        """Say that another program has the record, until it is free or the person does something else."""
        self.refuse(error)
        self._waiting = call
        screen = self.screen

        async def repeat() -> None:
            if self._waiting is not call or self._screen_stack[-1:] != [screen]:
                return
            if not self.is_record_free():
                self.set_timer(REPEAT_EVERY, repeat)
                return
            self._waiting = None
            await call()
            if self._waiting is None:
                self.take_back({visible(str(error))})

        self.set_timer(REPEAT_EVERY, repeat)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run the action of a key or a button; a QuizError becomes a notice."""
        self._waiting = None
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except RecordLocked as error:
            self.repeat_later(error, partial(self.run_action, action, default_namespace, namespaces))
            return True
        except QuizError as error:
            self.refuse(error)
            return True

    def pop_screen(self) -> AwaitComplete:
        """Close a screen, and release later what it was made of."""
        closing = super().pop_screen()
        self.collect_garbage_when_idle()
        return closing

    def collect_garbage_when_idle(self) -> None:
        """Collect garbage once everything is drawn, while the person reads.

        All of it where that is quick, else only what is new, until enough has gathered.
        """
        if self._idle is not None:
            self._idle.stop()
        self._idle = self.set_timer(IDLE_AFTER, self._collect_garbage)

    def _collect_garbage(self) -> None:
        if not gc.isenabled():
            return
        small = gc.get_count()[2]
        if small >= DUE or (small + 1) * UNNOTICED >= self._took:
            begun = process_time()
            gc.collect()
            self._took = process_time() - begun
        else:
            gc.collect(1)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Yield the actions available on a screen, then the choice of a theme."""
        for command in commands(screen):
            yield SystemCommand(
                command.name,
                f"{command.effect} ({' '.join(command.shown)})",
                lambda command=command: self.call_later(self.run_action, command.action, command.node),
            )
        yield SystemCommand("Theme", "Choose other colours", self.action_change_theme)

    def use_keys(self, keys: Mapping[str, str]) -> None:
        """Bind the person's own keys, given by the ids of bindings."""
        self.own_keys = dict(keys)
        self.set_keymap(self.own_keys)

    def action_change_theme(self) -> None:
        """Choose a theme among those that work here, each shown as the cursor comes to it."""
        names = [name for name in THEME_NAMES if name in self.available_themes]
        self.go(Themes(names, self.theme), self.keep_theme)

    def keep_theme(self, name: str | None) -> None:
        """Keep the theme that was chosen, None where none was."""

    def action_show_help(self) -> None:
        """Show what the keys do here."""
        screen = self.screen
        if screen is not self._help and not self._is_too_small:
            title, purpose = getattr(screen, "name_shown", "") or "Help", getattr(screen, "about", "")
            tour: Route[None] | None = getattr(screen, "tour", None)
            self._help = self.go(tour or Help(title, purpose, help_groups(screen)))

    def run_to_end(self, *, mouse: bool) -> int:
        """Run until the person leaves, and return the exit code.

        Raises:
            Exception: whatever the app could not handle, once the terminal is restored.
        """
        if sys.__stderr__ is not None and "utf" not in sys.__stderr__.encoding.lower():
            from quiz.tui.line_filters import use_signs_of_the_encoding

            use_signs_of_the_encoding(sys.__stderr__)
        if self.console.color_system == "standard":
            self._set_theme(OF_16_COLOURS.get(self.theme, self.theme))
            self.stylesheet.set_variables(self.get_css_variables())
        self.run(mouse=mouse)
        if self.failure is not None:
            raise self.failure
        return self.return_value or self.return_code or 0
