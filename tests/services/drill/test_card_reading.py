"""Cards in photographs: read with the right letter or not at all, in no file, whatever is sent."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from quiz.core.drill.card_markers import LETTERS, MOST_CARDS, CardReadings, marker, readings_of
from quiz.errors import ExchangeError
from quiz.services.drill import card_reading
from quiz.services.drill.card_reading import MOST_BYTES, read_cards, read_cards_in
from tests.services.drill.held_cards import HeldCard, classroom

pytestmark = pytest.mark.extra("cv2")

Cells = tuple[tuple[bool, ...], ...]

SMALL = {"width": 1600, "height": 1200, "blur": 0.7, "shake": 1.0, "noise": 3.0, "clutter": 40}
"""A photograph that is made and read quickly, of cards that are no farther than 3.5 m away."""
PLACES = [(x, y, z) for z, y in ((2.2, 0.4), (3.4, -0.5)) for x in (-1.2, -0.6, 0.0, 0.6, 1.2)]
TURNED, TWICE, STRANGER, ELSEWHERE = 7, 6, 8, 9
"""The numbers of a card that is turned too far, of two cards that are the same, and of cards to ignore."""
READ = CardReadings({1: "A", 2: "B", 3: "C", 4: "D", 5: "A"}, frozenset({TURNED, TWICE}))
EXPECTED = range(1, 9)


def letters(cards: tuple[HeldCard, ...]) -> dict[int, str]:
    return {card.number: card.letter for card in cards}


def read(jpeg: bytes, expected: range = EXPECTED) -> CardReadings:
    """Return what the cards say, read in this process."""
    import cv2
    import numpy as np

    from quiz.services.drill.card_vision import seen_cards

    grey = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    return readings_of(seen_cards(grey), expected)


@pytest.fixture(scope="module")
def photograph() -> bytes:
    """A photograph of ten cards, turned and tilted a little, and of strangers among them."""
    from tests.services.drill import photographs

    rng = Random(4)
    cards = [
        HeldCard(
            number + 1, LETTERS[number % 4], *PLACES[number],
            yaw=rng.uniform(-25, 25), pitch=rng.uniform(-20, 20), roll=rng.uniform(-18, 18),
        )
        for number in range(len(PLACES))
    ]  # fmt: skip
    cards[TURNED - 1] = replace(cards[TURNED - 1], yaw=0.0, pitch=0.0, roll=45.0)
    cards[9] = replace(cards[9], number=TWICE, letter="C")
    six_by_six = tuple(tuple(rng.random() < 0.5 for _ in range(6)) for _ in range(6))
    cards[STRANGER - 1] = replace(cards[STRANGER - 1], cells=six_by_six)
    return photographs.photograph(photographs.Shot(5, tuple(cards), **SMALL))


def test_cards_are_read_in_a_process_of_their_own(photograph: bytes, tmp_path: Path) -> None:
    path = tmp_path / "class.jpg"
    path.write_bytes(photograph)
    assert read_cards_in(path, EXPECTED) == READ
    assert [*tmp_path.iterdir()] == [path]


def test_only_expected_cards_count(photograph: bytes) -> None:
    assert read(photograph, range(2, 4)) == CardReadings({2: "B", 3: "C"})
    assert read(photograph, range(STRANGER, MOST_CARDS + 1)) == CardReadings({ELSEWHERE: "A"})


def test_a_photograph_is_turned_as_its_camera_says(photograph: bytes) -> None:
    import cv2
    import numpy as np

    sideways = np.rot90(cv2.imdecode(np.frombuffer(photograph, np.uint8), cv2.IMREAD_GRAYSCALE))
    data = cv2.imencode(".jpg", sideways)[1].tobytes()
    turned = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, 6, 0, 0)
    data = data[:2] + b"\xff\xe1" + struct.pack(">H", len(turned) + 2) + turned + data[2:]
    assert read(data) == READ


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is not a JPEG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "is not a JPEG"),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), "is too large"),
    ],
)
def test_what_is_no_photograph_is_refused_before_it_is_decoded(data: bytes, sentence: str) -> None:
    with pytest.raises(ExchangeError, match=sentence):
        read_cards(data, range(1, 9))


@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff\xe0" + bytes(99), b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff"]
)
def test_a_broken_or_huge_photograph_is_refused_without_a_word_of_the_decoder(
    data: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ExchangeError, match=r"cannot be read\. Take another"):
        read_cards(data, range(1, 9))
    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"gone\.jpg cannot be read: No such file"):
        read_cards_in(tmp_path / "gone.jpg", range(1, 9))


def test_without_the_extra_a_sentence_tells_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_reading.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ExchangeError, match=r"pip install 'quizterm\[cards\]'"):
        read_cards(b"\xff\xd8\xff", range(1, 9))


@pytest.mark.long
def test_twenty_four_photographs_of_a_class() -> None:
    from tests.services.drill.photographs import moment
    from tests.services.drill.photographs import photograph as taken

    cards = right = in_two = 0
    for scene in range(12):
        held, found = classroom(scene), CardReadings({})
        for shot in (0, 1):
            readings = read(taken(moment(held, 1000 + 2 * scene + shot)), range(1, len(held) + 1))
            said = letters(held)
            assert readings.letters.items() <= said.items(), (scene, shot)
            cards, right = cards + len(held), right + len(readings.letters)
            found = CardReadings({**found.letters, **readings.letters})
        in_two += len(found.letters)
    print(f"read in one photograph {right / cards:.1%}, in two {2 * in_two / cards:.1%}")
    assert right / cards >= 0.9
    assert 2 * in_two / cards >= 0.98


@pytest.mark.long
def test_cards_held_in_any_way_are_never_read_with_another_letter() -> None:
    from tests.services.drill.photographs import letter_seen, moment
    from tests.services.drill.photographs import photograph as taken

    rng, right = Random(2), 0
    for scene in range(12):
        shot = moment(classroom(100 + scene), 9000 + scene)
        held = [
            replace(card, yaw=rng.uniform(-65, 65), pitch=rng.uniform(-60, 60), roll=rng.uniform(-44, 44))
            for card in shot.cards
        ]
        blurred = replace(shot, blur=rng.uniform(0.5, 2.5), shake=rng.uniform(0, 9), cards=tuple(held))
        readings = read(taken(blurred), range(1, MOST_CARDS + 1))
        seen = {card.number: letter_seen(card, blurred) for card in held}
        assert readings.letters.items() <= seen.items(), scene
        right += len(readings.letters)
    assert right >= 50  # many are left unread


@pytest.mark.long
def test_three_hundred_strangers_are_no_cards() -> None:
    from tests.services.drill.photographs import moment
    from tests.services.drill.photographs import photograph as taken

    rng, strangers = Random(1), markers_of_others()
    for scene in range(12):
        strange = tuple(replace(card, cells=rng.choice(strangers)) for card in classroom(scene))
        assert read(taken(moment(strange, 5000 + scene)), range(1, MOST_CARDS + 1)) == CardReadings({})


def markers_of_others() -> list[Cells]:
    """Return ArUco's other markers of this size, and as many of the next."""
    import cv2

    found = []
    for name in (cv2.aruco.DICT_5X5_1000, cv2.aruco.DICT_6X6_1000):
        known = cv2.aruco.getPredefinedDictionary(name)
        bits = [known.getBitsFromByteList(row[None], known.markerSize) for row in known.bytesList]
        found += [tuple(tuple(bool(bit) for bit in row) for row in one) for one in bits]
    return [cells for cells in found if cells not in {marker(number) for number in range(1, MOST_CARDS + 1)}]
