"""What every response widget can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from quiz.core.content.grading import Grade, Response
from quiz.core.content.interaction import Enter, Interaction
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.tui.widgets.action_line import ActionLine

STACKED_BELOW = 60
"""The width in cells below which things that stand side by side are stacked."""

Hint = tuple[tuple[str, str], ...]
"""What the keys do, as pairs of key and effect."""


class ResponseWidget(Widget):
    """Takes a response to an interaction. It knows nothing of keys until it is told to mark.

    What was given so far is a value, `response`: a key or a click makes another one of it by `change`, undo
    brings the one before back, and `redraw` shows whichever it is.
    """

    DEFAULT_CSS = """
    ResponseWidget {
        height: auto; width: 1fr;
        &:disabled:can-focus { opacity: 100%; }
    }
    """

    virtual_size = var(Size(0, 0))
    """It never scrolls, so its height alone asks for no second layout."""
    takes_text: ClassVar[bool] = False
    """Whether letters and digits are typed into it, so that they cannot be keys."""

    is_marked = False
    """Whether it shows verdicts and takes no more keys."""

    @dataclass
    class Changed(Message):
        """The response is another than before."""

        widget: ResponseWidget
        response: Response

        @property
        def control(self) -> ResponseWidget:
            """The widget that it was given in."""
            return self.widget

    class HintChanged(Message):
        """The keys do something else than before."""

    @dataclass
    class Submitted(Message):
        """The response was handed in."""

        widget: ResponseWidget
        response: Response

        @property
        def control(self) -> ResponseWidget:
            """The widget that it was given in."""
            return self.widget

    def __init__(
        self, interaction: Interaction, response: Response | None = None, markup: Markup = NO_MARKUP
    ) -> None:
        super().__init__()
        self._begin(interaction, response, markup)

    def _begin(self, interaction: Interaction, response: Response | None, markup: Markup) -> None:
        self.interaction = interaction
        self.markup = markup
        self.grade: Grade | None = None
        self.key: Response | None = None
        self._response = self.fitting(response)
        self._past: list[Response] = []
        self._is_handed_in = False
        self._said_of_enter = ""

    def can_ask(self, interaction: Interaction) -> bool:  # noqa: ARG002
        """Return whether `ask` can put another interaction in place of this one."""
        return False

    def ask(self, interaction: Interaction, markup: Markup) -> None:
        """Ask something else in place of what is marked, as a widget that is new would."""
        self._begin(interaction, None, markup)
        self.is_marked = False
        with self.app.batch_update():
            self.remove_class("-marked")
            self.disabled = False
            self.renew()
            self.redraw()
        self.focus(scroll_visible=False)

    def renew(self) -> None:
        """Show another interaction where `can_ask` said so."""

    @property
    def hint(self) -> Hint:
        """What labels do that are no bindings, for the key bar; `HintChanged` tells when it is another."""
        return ()

    @property
    def submits(self) -> str:
        """What enter does just now, in a word or two; empty where it hands the response in."""
        return ""

    @property
    def response(self) -> Response:
        """The response as it stands."""
        return self._response

    @property
    def takes_keys(self) -> bool:
        """Whether keys and clicks still change it; those that come later are for what it leads to."""
        return not (self.is_marked or self._is_handed_in)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys to the screen once the response is handed in."""
        return self.takes_keys and super().check_action(action, parameters)

    @property
    def is_complete(self) -> bool:
        """Whether the response can be handed in."""
        return self.interaction.is_complete(self.response)

    @property
    def unready(self) -> str:
        """What is still to be done before it can be handed in, as a sentence; empty if nothing."""
        raise NotImplementedError

    def fitting(self, response: Response | None) -> Response:
        """Return as much of a response as fits the interaction; without one, the response to begin with."""
        raise NotImplementedError

    def show_intervals(self, intervals: dict[int, str]) -> None:
        """Show when each rating would bring the item back, where there are ratings."""

    def redraw(self) -> None:
        """Show the response as it stands, with its verdicts where it is marked."""
        raise NotImplementedError

    def mark(self, grade: Grade, key: Response) -> None:
        """Show verdicts in place: what was given, what was right, each as a word, a symbol and a colour.

        The widget takes no more keys or clicks afterwards. It may be marked again, after an override.
        """
        self.grade, self.key = grade, key
        self.is_marked = True
        with self.app.batch_update():  # all rows are styled anew once
            if self.has_focus:
                self.screen.set_focus(None)  # disabling it would look for the next widget to focus
            self.add_class("-marked")
            self.disabled = True
            self.redraw()

    def explain(self, grade: Grade) -> frozenset[str]:  # noqa: ARG002
        """Take what there is to say of parts of the answer; return what will stand beside its part."""
        return frozenset()

    def fit(self, width: int, room: int, spare: int) -> int:  # noqa: ARG002
        """Take no more rows than there are once it is marked, as far as that can be; return how many.

        It is so many cells wide. Where it leaves the `spare` rows as well its rows stand apart. It returns 0
        where it takes its rows whatever there are.
        """
        return 0

    def walk(self, by: int) -> bool:  # noqa: ARG002
        """Show the part after or before the one at hand; say whether there is one."""
        return False

    @property
    def folds(self) -> str:
        """What can be walked along while there is no room for all of it at once; empty otherwise."""
        return ""

    def submit(self) -> None:
        """Hand the response in, once, if it is complete; say what is missing otherwise."""
        if not self.takes_keys:
            return
        if self.is_complete:
            self._is_handed_in = True
            self.post_message(self.Submitted(self, self.response))
        else:
            self.complain(self.unready)

    def reopen(self) -> None:
        """Take keys again after a response that could not be graded."""
        self._is_handed_in = False

    def change(self, response: Response) -> None:
        """Take another response in place of the one so far, which undo brings back."""
        if response != self._response:
            self._past.append(self._response)
            self._response = response
            self.redraw()
            self.changed()

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of the response that can be taken back."""
        return bool(self._past) and not self.is_marked

    def undo(self) -> None:
        """Bring the response back that there was before the last change."""
        if self._past:
            self._response = self._past.pop()
            self.redraw()
            self.changed()
        else:
            self.app.bell()

    def changed(self) -> None:
        """Tell that the response is another than before."""
        self.post_message(self.Changed(self, self.response))
        self.tell_of_enter()

    def tell_of_enter(self) -> None:
        """Tell if enter does something else than before."""
        if self.submits != self._said_of_enter:
            self._said_of_enter = self.submits
            self.post_message(self.HintChanged())

    def complain(self, sentence: str) -> None:
        """Say why something cannot be done, on the line beneath where there is one."""
        self.app.bell()
        lines = list(self.screen.query(ActionLine))
        if lines:
            lines[0].complain(sentence)
        else:
            self.notify(sentence, timeout=3)

    def spread(self, width: int, room: int) -> int:  # noqa: ARG002
        """Set rows apart where so many rows and cells leave room for it; return about how many are taken."""
        return len(self.interaction.fields) * 2 + 2 if isinstance(self.interaction, Enter) else 4

    def action_submit(self) -> None:
        """Do what enter does: hand the response in, unless `submits` says something else."""
        self.submit()

    def action_undo(self) -> None:
        """Take the last change back."""
        self.undo()

    def is_stacked(self, width: int) -> bool:
        """Return whether what stands side by side is stacked in a width in cells."""
        return width < STACKED_BELOW

    def on_resize(self, event: events.Resize) -> None:
        """Stack what stands side by side where it is narrow."""
        self.set_class(self.is_stacked(event.size.width), "-stacked")
        self.redraw()
