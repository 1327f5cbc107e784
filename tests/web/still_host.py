"""A drill that stands still, for its states alone. It needs no extra."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quiz.core.drill.drill import Drill
from quiz.services.drill.live import LiveDrill


class StillHost:
    """A drill, without anybody who could ask for anything."""

    def __init__(self, live: LiveDrill[Any]) -> None:
        self.live = live

    @property
    def drill(self) -> Drill:
        return self.live.drill

    @property
    def names(self) -> Mapping[str, str]:
        return self.live.names

    @property
    def numbers(self) -> Mapping[str, int]:
        return self.live.numbers

    def now(self) -> int:
        return self.live.now()
