"""Drawing a screen with less work than Textual's own compositor, on which it builds (checked with 8.2.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby, pairwise

from textual._compositor import ChopsUpdate, Compositor, ReflowResult
from textual.geometry import Region, Size
from textual.map_geometry import MapGeometry
from textual.reactive import Reactive
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget


class ThriftyCompositor(Compositor):
    """Arranges widgets once in a layout, and draws only those of which something is to be seen.

    Textual's own forgets what it has just arranged, and has all of it arranged again where the content of a
    widget has another size than before. It draws every widget of the screen for each change, those that
    others cover as well, draws each line of an empty box anew, and cuts every line wherever any widget
    begins or ends.
    """

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out a widget and its children; return which are hidden, shown and resized by that."""
        result = super().reflow(parent, size)
        self._full_map_invalidated = False
        for widget, place in self._full_map.items():
            if widget.virtual_size != place.virtual_size and not isinstance(widget, ScrollView):
                _take_content_size(widget, place)
        return result

    def render_partial_update(self) -> ChopsUpdate | None:
        """Draw what has changed; None if nothing has."""
        changed = self._dirty_regions.copy()
        self._dirty_regions.clear()
        spans = [span for span in self._regions_to_spans(changed) if 0 <= span[0] < len(self.cuts)]
        if not spans:
            return None
        wanted: dict[int, set[int]] = {}
        for y, left, right in spans:
            wanted.setdefault(y, set()).update(self._cuts_within(y, left, right))
        chops = self._pieces(wanted)
        return ChopsUpdate(
            chops, spans, [[x + piece.cell_length for x, piece in line.items()] for line in chops]
        )

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """Return the pieces of each line by the cells where they begin, what is outside the crop left out."""
        lines = (y for y in crop.line_range if y < len(self.cuts) and is_rendered_line(y))
        return self._pieces({y: self._cuts_within(y, *crop.column_span) for y in lines})

    def _cuts_within(self, y: int, left: int, right: int) -> set[int]:
        """Return where the parts of a line begin of which something is between two columns."""
        return {cut for cut, end in pairwise(self.cuts[y]) if cut < right and end > left}

    def _pieces(self, wanted: dict[int, set[int]]) -> Sequence[Mapping[int, Strip]]:
        """Draw the wanted parts of lines, by the cells where they begin; those of a widget are one piece."""
        cuts = self.cuts
        chops: list[dict[int, Strip]] = [{} for _ in cuts]
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
            strips = _drawn(widget, Region(shown.x - region.x, top - region.y, shown.width, height))
            for y in lines:
                here = [cut for cut in cuts[y] if first <= cut <= last]
                for begin, end in _gaps(here, wanted[y]):
                    chops[y][begin] = strips[y - top].crop(begin - first, end - first)
                wanted[y].difference_update(here[:-1])
                if not wanted[y]:
                    del wanted[y]
        return [dict(sorted(line.items())) for line in chops]


def _take_content_size(widget: Widget, place: MapGeometry) -> None:
    """Tell a widget that its content has another size, which asks for no other layout as with Textual."""
    before = widget.virtual_size
    widget._size_updated(place.region.size, place.virtual_size, place.container_size, layout=False)
    Reactive._check_watchers(widget, "virtual_size", before)


def _gaps(cuts: Sequence[int], wanted: AbstractSet[int]) -> Iterator[tuple[int, int]]:
    """Yield where what is wanted begins and ends, in a line with such cuts."""
    for is_wanted, parts in groupby(pairwise(cuts), lambda part: part[0] in wanted):
        if is_wanted:
            begun = list(parts)
            yield begun[0][0], begun[-1][1]


def _drawn(widget: Widget, crop: Region) -> Sequence[Strip]:
    """Return the lines of a widget in a part of it; those of an empty box are alike."""
    if not _is_empty_box(widget):
        return widget.render_lines(crop)
    gutter = widget.styles.gutter
    content = range(gutter.top, widget.region.height - gutter.bottom)
    by_place: dict[bool, Strip] = {}
    strips = []
    for y in crop.line_range:
        is_content = y in content
        if is_content not in by_place:
            [by_place[is_content]] = widget.render_lines(Region(crop.x, y, crop.width, 1))
        strips.append(by_place[is_content])
    return strips


def _is_empty_box(widget: Widget) -> bool:
    """Return whether all that a widget draws of its own is the ground."""
    kind, styles = type(widget), widget.styles
    if kind.render_line is not Widget.render_line or kind.render_lines is not Widget.render_lines:
        return False
    if isinstance(widget, Screen):
        is_empty = kind.render is Screen.render and styles.background.a == 1
    else:
        is_empty = kind.render is Widget.render and widget.is_container and not styles.has_rule("keyline")
    return is_empty and not any(edge for edge, _ in (*styles.border, *styles.outline))
