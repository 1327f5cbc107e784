"""What a real terminal is asked before the first picture, and what is drawn by its replies."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.terminal import Terminal

pytestmark = pytest.mark.extra("PIL", "textual_image")

BANK = """
format: 1
bank: seen
title: Seen
items:
  - {id: sea, kind: short-answer, stem: Which sea?, key: Baltic, image: {file: p.png, alt: A map of a sea}}
"""
DEVICE, CELL = b"\x1b[c", b"\x1b[16t"
KITTY_QUERY = re.compile(rb"\x1b_G[^\x1b]*?i=(\d+)[^\x1b]*?a=q[^\x1b]*\x1b\\")
KITTY_DATA = re.compile(rb"\x1b_Gi=\d+,m=[01],f=100")
SIXELS = re.compile(rb"\x1bP[0-9;]*q")
BLOCKS = re.compile("▀".encode())
PLAIN = b"\x1b[?62;22c"


class AskedTerminal(Terminal):
    """A terminal that replies to what it is asked, as one that can draw pictures does, or as none."""

    device = PLAIN
    """What it says it is; a 4 among the numbers is sixel."""
    kitty_reply = b""
    """How it replies to a picture in kitty's protocol, with the picture's number; empty if it does not."""

    def read(self, seconds: float) -> None:
        before = len(self.written)
        super().read(seconds)
        new = self.written[before:]
        for query in KITTY_QUERY.finditer(new):
            if self.kitty_reply:
                os.write(self._fd, self.kitty_reply % query[1])
        if DEVICE in new:
            os.write(self._fd, self.device)
        if CELL in new:
            os.write(self._fd, b"\x1b[6;20;10t")


class KittyTerminal(AskedTerminal):
    kitty_reply = b"\x1b_Gi=%s;OK\x1b\\"


class SixelTerminal(AskedTerminal):
    device = b"\x1b[?62;4;22c"


class OddTerminal(AskedTerminal):
    """Replies in a way that what draws pictures does not understand."""

    kitty_reply = b"\x1b_G%s\x1b\\"


def drawn(
    kind: type[Terminal], tmp_path: Path, awaited: re.Pattern[bytes] | None, wish: str = "auto"
) -> bytes:
    """Return all that a terminal was sent until an item with a picture was there, and no longer asked."""
    (tmp_path / "seen.yaml").write_text(BANK, encoding="utf-8")
    from PIL import Image as pixels  # noqa: N813

    pixels.effect_noise((60, 40), 90).save(tmp_path / "p.png")
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text(f'pictures = "{wish}"\n', encoding="utf-8")
    with kind(["preview", str(tmp_path / "seen.yaml")], home=home, size=(80, 30)) as terminal:
        terminal.wait_for("Which sea?", "Picture: A map of a sea")
        if awaited is None:
            terminal.wait_until(
                lambda _: CELL in terminal.written or KITTY_QUERY.search(terminal.written), "it"
            )
            terminal.read(0.5)
        else:
            terminal.wait_until(lambda _: awaited.search(terminal.written) is not None, "the picture")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        return terminal.written


def test_a_terminal_that_speaks_kittys_protocol_gets_its_pictures(tmp_path: Path) -> None:
    written = drawn(KittyTerminal, tmp_path, KITTY_DATA)
    assert DEVICE in written
    assert KITTY_QUERY.search(written)
    assert CELL in written
    assert not SIXELS.search(written)


@pytest.mark.long
def test_a_terminal_that_has_sixels_gets_these(tmp_path: Path) -> None:
    written = drawn(SixelTerminal, tmp_path, SIXELS)
    assert DEVICE in written
    assert not KITTY_DATA.search(written)


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "wish"),
    [(AskedTerminal, "kitty"), (AskedTerminal, "sixel"), (KittyTerminal, "blocks"), (AskedTerminal, "auto")],
)
def test_the_setting_goes_before_what_the_terminal_says(
    tmp_path: Path, kind: type[Terminal], wish: str
) -> None:
    ways = {"kitty": KITTY_DATA, "sixel": SIXELS, "blocks": BLOCKS}
    chosen = "blocks" if wish == "auto" else wish
    written = drawn(kind, tmp_path, ways[chosen], wish)
    assert {name for name, way in ways.items() if way.search(written)} == {chosen}


@pytest.mark.long
def test_pictures_that_are_off_are_not_asked_for(tmp_path: Path) -> None:
    written = drawn(KittyTerminal, tmp_path, re.compile(b"Picture: A map"), "off")
    assert DEVICE not in written
    assert not KITTY_QUERY.search(written)


@pytest.mark.long
def test_a_terminal_that_replies_oddly_shows_the_words(tmp_path: Path) -> None:
    written = drawn(OddTerminal, tmp_path, None)
    assert KITTY_QUERY.search(written)
    assert not any(way.search(written) for way in (KITTY_DATA, SIXELS, BLOCKS))
