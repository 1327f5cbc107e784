"""A stylesheet that reads only what is new when a screen brings a sheet of its own."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class KeptStylesheet(Stylesheet):
    """A stylesheet that keeps the rules it has read until the colours change.

    Textual's own reads every sheet again each time that a screen with a sheet is opened for the first time.
    """

    def reparse(self) -> None:
        """Read what was added since, or everything where the colours have changed.

        Raises:
            StylesheetParseError: a sheet holds errors.
        """
        self.parse()
