"""The pictures in docs/screenshots: each is made by the script, and the same each time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts import class_pictures, screenshots

ROOT = Path(__file__).parent.parent


def words_in(svg: str) -> str:
    """Return the text that a picture shows, with single spaces."""
    shown = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    return " ".join(shown.replace("&#160;", " ").replace("&#x27;", "'").split())


def test_there_is_a_picture_of_each_scene_and_of_nothing_else() -> None:
    assert {path.stem for path in screenshots.TARGET.iterdir()} == set(screenshots.SCENES)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param(
            "home", ("Who is courting whom", "Last exams", "questions due today."), marks=pytest.mark.long
        ),
        ("study", ("✗ Not quite.", "your answer", "correct answer", "back in this session")),
        pytest.param("test", ("6 of 12", "left", "Hand in"), marks=pytest.mark.long),
        pytest.param("result", ("✓ Passed", "By topic", "Time per item"), marks=pytest.mark.long),
        ("drill", ("19 of 24 right", "38 % before: a gain of 41")),
        ("statistics", ("right in four weeks", "due today; ", "days in a row")),
    ],
)
async def test_a_scene_shows_what_it_is_there_for(name: str, said: tuple[str, ...], tmp_path: Path) -> None:
    svg = await screenshots.take(screenshots.SCENES[name], tmp_path)
    for words in said:
        assert words in words_in(svg)


async def test_the_clock_stands_still(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    scene = screenshots.SCENES["test"]
    assert await screenshots.take(scene, tmp_path / "one") == await screenshots.take(scene, tmp_path / "two")


def test_a_picture_that_is_stale_is_found_and_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(screenshots, "TARGET", tmp_path)
    assert screenshots.main(["--check", "briefing"]) == 1
    assert "briefing.svg is stale" in capsys.readouterr().err
    assert screenshots.main(["briefing"]) == 0
    assert screenshots.main(["--check", "briefing"]) == 0
    assert screenshots.main(["nothing"]) == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("marking", ("Hanna Groß, form A: 15 of 20 (75 %)", "Jakob Ivanov, form A: 6 of 20 questions")),
        pytest.param("results", ("Pupil 25", "The whole (23 pupils)"), marks=pytest.mark.long),
        pytest.param("grades", ("Zoe Zimmer", "grade 1"), marks=pytest.mark.long),
        pytest.param("questions", ("n = 23", "with the rest"), marks=pytest.mark.long),
        pytest.param("left-out", ("of 19", "left out, decided on"), marks=pytest.mark.long),
    ],
)
async def test_the_class_of_25_is_shown_as_it_is(name: str, said: tuple[str, ...], tmp_path: Path) -> None:
    assert (class_pictures.TARGET / f"{name}.svg").exists()
    svg = await screenshots.take(class_pictures.SCENES[name], tmp_path)
    for words in said:
        assert words in words_in(svg)
