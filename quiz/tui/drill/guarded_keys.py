"""The teacher's keys while pupils may press theirs: each with ctrl, so that no slip takes a step."""

from __future__ import annotations

from inspect import isawaitable
from typing import Any, ClassVar, Final

from textual.binding import BindingType

from quiz.core.drill.settings import Stage
from quiz.tui.bindings import bar_key, key
from quiz.tui.drill.drill_keys import D
from quiz.tui.drill.screen import DrillScreen

GUARDED: Final = frozenset(
    {
        "reveal", "judge", "undo", "pause", "go_on", "skip", "extend", "board", "join", "end", "leave",
        "note", "start", "next",
    }
)  # fmt: skip
"""The actions whose usual keys do nothing meanwhile."""


class GuardedKeys(DrillScreen[D]):
    """A drill in which pupils share the teacher's keyboard."""

    GUARDED_KEYS: ClassVar[list[BindingType]] = [
        bar_key("drill.guarded-right", "ctrl+y", "guarded('judge', True)", "Right", "What was said is right"),
        bar_key(
            "drill.guarded-wrong", "ctrl+n", "guarded('judge', False)", "Wrong", "What was said is wrong"
        ),
        bar_key(
            "drill.guarded-reveal", "ctrl+k", "guarded('reveal')", "Correct answer", "Show the correct answer"
        ),
        bar_key("drill.guarded-undo", "ctrl+u", "guarded('undo')", "Undo", "Take the last key back"),
        bar_key(
            "drill.guarded-skip", "ctrl+s", "guarded('skip')", "Skip", "Leave this question without a verdict"
        ),
        bar_key("drill.guarded-pause", "ctrl+g", "guarded('pause')", "Pause", "Stop the clock"),
        bar_key("drill.guarded-go-on", "ctrl+g", "guarded('go_on')", "Go on", "Let the clock run again"),
        key("drill.guarded-extend", "ctrl+e", "guarded('extend')", "+30 s", "Give 30 seconds more"),
        key("drill.guarded-board", "ctrl+b", "guarded('board')", "Board", "Show the board, or hide it"),
        key("drill.guarded-join", "ctrl+t", "guarded('join')", "Join", "Take in one who comes late"),
        key("drill.guarded-end", "ctrl+x", "guarded('end')", "End", "End the drill early"),
        key("drill.guarded-leave", "ctrl+l", "guarded('leave')", "Leave", "Leave; go on later"),
    ]
    """What a subclass binds beside its pupils' keys."""

    @property
    def are_keys_open(self) -> bool:
        """Whether a pupil may press a key now."""
        return self.drill.stage in {Stage.ASKING, Stage.ANSWERING}

    def key_of(self, name: str) -> str:
        """Return the key of one of the drill's bindings as it is now."""
        guarded = f"guarded-{name}"
        is_guarded = self.are_keys_open and any(
            getattr(binding, "id", "") == f"drill.{guarded}" for binding in self.GUARDED_KEYS
        )
        return super().key_of(guarded if is_guarded else name)

    async def action_guarded(self, action: str, *parameters: Any) -> None:
        """Do what a key with ctrl does."""
        done = getattr(self, f"action_{action}")(*parameters)
        if isawaitable(done):
            await done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the teacher's keys with ctrl while pupils' keys are open, and without it otherwise."""
        if action == "guarded":
            return self.are_keys_open and super().check_action(str(parameters[0]), parameters[1:])
        if action in GUARDED and self.are_keys_open:
            return False
        return super().check_action(action, parameters)
