"""A stylesheet that parses only what is new when a screen has a sheet of its own."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class KeptStylesheet(Stylesheet):
    """A stylesheet that keeps its parsed rules until the colours change.

    Textual's own parses every sheet again each time a screen with a sheet is first opened, and when the
    app begins, with the colours that it has already.
    """

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the theme's variables; the rules are parsed anew where these are others than before."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what was added since, or everything if the colours have changed.

        Raises:
            StylesheetParseError: a sheet holds errors.
        """
        self.parse()
