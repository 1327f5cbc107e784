"""Drawing a screen with less work than Textual's own compositor, on which it builds (checked with 8.2.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import cast

from textual._compositor import Compositor, ReflowResult
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class ThriftyCompositor(Compositor):
    """Arranges widgets once in a layout, and draws only those of which something is to be seen.

    Textual's own forgets what it has just arranged. It draws every widget of the screen for each change,
    those that others cover as well.
    """

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out a widget and its children; return which are hidden, shown and resized by that."""
        result = super().reflow(parent, size)
        self._full_map_invalidated = False
        return result

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """Return the pieces of each line by the cells where they begin; outside the crop they may be None."""
        cuts = self.cuts
        chops: list[dict[int, Strip | None]] = [dict.fromkeys(line[:-1]) for line in cuts]
        left, right = crop.column_span
        wanted = {
            y: {cut for cut, end in pairwise(cuts[y]) if cut < right and end > left}
            for y in crop.line_range
            if y < len(cuts) and is_rendered_line(y)
        }
        for widget, (region, clip) in self.visible_widgets.items():  # the front ones first
            if not wanted:
                break
            shown = region.intersection(clip)
            first, last = shown.column_span
            lines = [
                y for y in shown.line_range if y in wanted and any(first <= cut < last for cut in wanted[y])
            ]
            if not lines:
                continue
            top, height = lines[0], lines[-1] - lines[0] + 1
            strips = widget.render_lines(Region(shown.x - region.x, top - region.y, shown.width, height))
            for y in lines:
                here = [cut for cut in cuts[y] if first <= cut <= last]
                pieces = strips[y - top].divide([cut - first for cut in here[1:]])
                for cut, piece in zip(here, pieces, strict=False):
                    if chops[y][cut] is None:
                        chops[y][cut] = piece
                wanted[y].difference_update(here[:-1])
                if not wanted[y]:
                    del wanted[y]
        return cast("Sequence[Mapping[int, Strip]]", chops)
