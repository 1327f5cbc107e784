"""Pictures beside a bank: which may be shown, told from place, size and header."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from quiz.authoring.check import checked
from quiz.banks import images
from quiz.banks.images import extent_of, image_problem
from quiz.core.content.item import Image

HEADERS = {
    "PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x05\x00\x00\x00\x07", (5, 7)),
    "GIF": (b"GIF89a\x05\x00\x07\x00", (5, 7)),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x07\x00\x05", (5, 7)),
    "WebP": (b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x04\x00\x00\x06\x00\x00", (5, 7)),
    "WebP, lossless": (
        b"RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f\x04\x80\x01\x00" + b"\x00" * 5,
        (5, 7),
    ),
    "WebP, lossy": (b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\x00" * 10 + b"\x05\x00\x07\x00", (5, 7)),
}
PNG = HEADERS["PNG"][0]


@pytest.mark.parametrize("kind", HEADERS)
def test_width_and_height_are_read_from_the_header(kind: str) -> None:
    data, extent = HEADERS[kind]
    assert extent_of(data) == extent
    for length in range(len(data) - 1):
        assert extent_of(data[:length]) in {None, extent}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_real_files_are_read(kind: str) -> None:
    pixels = pytest.importorskip("PIL.Image").new("RGB", (31, 17))
    file = io.BytesIO()
    pixels.save(file, kind)
    assert extent_of(file.getvalue()) == (31, 17)


def code(folder: Path, name: str) -> str:
    problem = image_problem(folder, Image(name, "a"))
    return problem.code if problem else ""


def test_only_what_lies_in_the_folder_or_below_is_shown(tmp_path: Path) -> None:
    home = tmp_path / "banks"
    (home / "pictures").mkdir(parents=True)
    (tmp_path / "out.png").write_bytes(PNG)
    (home / "in.png").write_bytes(PNG)
    (home / "pictures" / "in.png").write_bytes(PNG)
    (home / "link.png").symlink_to(home / "in.png")
    (home / "away.png").symlink_to(tmp_path / "out.png")
    (home / "round.png").symlink_to(home / "round.png")
    for name in ("in.png", "pictures/in.png", "link.png"):
        assert code(home, name) == ""
    for name in ("../out.png", "pictures/../../out.png", str(tmp_path / "out.png"), "c:\\x.png", "away.png"):
        assert code(home, name) == "foreign-image"
    for name in ("none.png", "round.png", "pictures", "x\0y"):
        assert code(home, name) == "missing-image"
    if hasattr(os, "mkfifo"):
        os.mkfifo(home / "pipe.png")
        assert code(home, "pipe.png") == "missing-image"


def test_what_is_huge_or_broken_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "text.png").write_text("text")
    (tmp_path / "nothing.gif").write_bytes(b"GIF89a\x00\x00\x07\x00")
    (tmp_path / "pixels.png").write_bytes(PNG[:16] + b"\x00\x01\x00\x00\x00\x01\x00\x00")
    (tmp_path / "good.png").write_bytes(PNG)
    assert [code(tmp_path, name) for name in ("text.png", "nothing.gif", "pixels.png", "good.png")] == [
        "broken-image", "broken-image", "large-image", "",
    ]  # fmt: skip
    monkeypatch.setattr(images, "MOST_BYTES", 20)
    assert code(tmp_path, "good.png") == "large-image"


BANK = """\
format: 1
bank: p
title: Pictures
notes:
  n: {title: N, text: T, image: {file: gone.png, alt: A map}}
stimuli:
  s: {image: {file: in.png, alt: A chart, credit: Somebody}}
items:
  - id: a
    stem: Which one is shown here?
    stimulus: s
    image: {file: ../out.png, alt: A dog}
    key: {text: K, image: {file: text.png, alt: A key}}
    distractors: [x, y]
    cites: [n]
    rationale: R.
"""


def test_check_tells_of_each_at_its_place_and_the_bank_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "in.png").write_bytes(PNG)
    (tmp_path / "text.png").write_text("text")
    path = tmp_path / "p.yaml"
    path.write_text(BANK)
    found = checked(path)
    assert found.bank is not None
    assert [(one.code, one.line) for one in found.findings if one.code.endswith("-image")] == [
        ("missing-image", 5), ("foreign-image", 12), ("broken-image", 13),
    ]  # fmt: skip


def test_a_picture_needs_words(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(BANK.replace(", alt: A dog", ""))
    codes = [finding.code for finding in checked(path).findings if finding.code != "missing-image"]
    assert codes == ["missing-field"]
