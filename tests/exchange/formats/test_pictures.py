"""Pictures of stems, stimuli and options, into every format that keeps them and out of it again."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from quiz.banks.files import read_bank_text
from quiz.core.content.bank import Bank, Stimulus
from quiz.core.content.images import NO_WORDS, images_of, with_files
from quiz.core.content.item import Image, Option
from quiz.core.content.kinds.cloze import Cloze
from quiz.core.content.kinds.flashcard import Flashcard
from quiz.core.content.kinds.matching import Matching
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.exchange.archive import Archive, packed
from quiz.exchange.declaration import ForeignFile, Imported, losses_of
from quiz.exchange.formats import all_formats
from quiz.exchange.picture_shelf import ONLY_A_PICTURE, PictureShelf
from quiz.services.exchange import put_away, read_foreign
from quiz.services.exporting import exported, write_export


def png(colour: int) -> bytes:
    """Return a picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes([0, colour]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


MAP, TOWN, RIVER = png(1), png(2), png(3)
MEDIA = {"m/map of.png": MAP, "m/town.png": TOWN, "m/river.png": RIVER}
ITEM = SingleChoice(
    id="where", stem="Where is it?", image=Image("m/map of.png", "A map", "Somebody, CC0"),
    key=Option("A town", "Yes.", Image("m/town.png", "Houses")),
    distractors=(Option("A river", image=Image("m/river.png", "Water")), "Nowhere"),
)  # fmt: skip
BANK = Bank(format=1, bank="seen", title="Seen", items=(ITEM,))
KEEPING = {"moodle-xml": True, "qti": True, "checkbox": False}
"""Formats that keep pictures of choices both ways, and whether they keep their credits."""


def read(name: str, data: bytes, beside: Callable[[str], bytes | None] = lambda _: None) -> Imported:
    form = all_formats()[name]
    assert form.read
    return form.read(ForeignFile(f"a{form.endings[0]}", data, beside))


def bank_in(imported: Imported) -> Bank:
    assert imported.bank is not None, imported.refusals
    return imported.bank


def shown(bank: Bank, media: dict[str, bytes]) -> list[tuple[bytes, str, str]]:
    """Return what is to be seen of a bank's pictures: what they hold, their words and their credits."""
    return [(media[image.file], image.alt, image.credit) for _, image in images_of(bank)]


@pytest.mark.parametrize("name", KEEPING)
def test_pictures_of_choices_come_back(name: str) -> None:
    form = all_formats()[name]
    assert form.write
    assert not [loss for loss in losses_of(form, BANK) if "picture" in loss.what]
    written = form.write(BANK, MEDIA)
    imported = read(name, written.data, {n.replace(" ", "%20"): d for n, d in written.beside.items()}.get)
    credit = "Somebody, CC0" if KEEPING[name] else ""
    assert shown(bank_in(imported), dict(imported.media)) == [
        (MAP, "A map", credit), (TOWN, "Houses", ""), (RIVER, "Water", ""),
    ]  # fmt: skip
    (back,) = bank_in(imported).items
    assert back.stem == "Where is it?"
    assert [option.text for option in (back.key, back.distractors[0])] == ["A town", "A river"]  # type: ignore[attr-defined]
    assert not [loss for loss in imported.losses if "picture" in loss.what]


def test_anki_gets_its_media_and_gives_the_first_picture_of_a_front() -> None:
    form = all_formats()["anki"]
    assert form.write
    card = Flashcard(id="card", stem="What is it?", back="A town", image=Image("m/town.png", "Houses"))
    gaps = Cloze(id="gaps", text="The {{river}} flows.", image=Image("m/river.png", "Water"))
    written = form.write(msgspec.structs.replace(BANK, items=(card, gaps)), MEDIA)
    archive = Archive(written.data)
    named = json.loads(archive.read("media"))
    assert {name: archive.read(at) for at, name in named.items()} == {"town.png": TOWN, "river.png": RIVER}
    imported = read("anki", written.data)
    found = zip(bank_in(imported).items, shown(bank_in(imported), dict(imported.media)), strict=True)
    assert {item.id: picture for item, picture in found} == {
        "card": (TOWN, "Houses", ""), "gaps": (RIVER, "Water", ""),
    }  # fmt: skip


def test_a_page_for_practice_holds_its_pictures_in_itself() -> None:
    form = all_formats()["html"]
    assert form.write
    page = form.write(BANK, MEDIA).data.decode()
    for data in MEDIA.values():
        assert f"data:image/png;base64,{base64.b64encode(data).decode()}" in page
    assert '"alt": "A map"' in page
    assert "Picture: A map (Somebody, CC0)" in form.write(BANK, {}).data.decode()


@pytest.mark.parametrize("name", ["text", "text-with-key", "quizlet", "anki-text"])
def test_texts_say_what_pictures_show(name: str) -> None:
    form = all_formats()[name]
    assert form.write
    text = form.write(BANK, MEDIA).data.decode()
    assert "[Picture: A map (Somebody, CC0)]" in " ".join(text.replace("<br>", " ").split())
    assert "A river: [Picture: Water]" in text
    assert "pictures (“image”)" in {loss.what for loss in losses_of(form, BANK)}


@pytest.mark.parametrize("name", ["gift", "csv", "aiken"])
def test_where_pictures_are_lost_it_is_told(name: str) -> None:
    stimulus = Stimulus(image=Image("m/map of.png", "A map"))
    item = SingleChoice(id="i", stem="Where?", stimulus="s", key="Here", distractors=("There",))
    bank = msgspec.structs.replace(BANK, items=(item,), stimuli={"s": stimulus})
    form = all_formats()[name]
    assert "the picture of its stimulus" in {loss.what for loss in losses_of(form, bank)}
    assert "pictures (“image”)" in {loss.what for loss in losses_of(form, BANK)}


@pytest.mark.parametrize("name", ["moodle-xml", "qti", "html"])
def test_pictures_of_pairs_are_told_to_be_lost(name: str) -> None:
    item = Matching(
        id="m", stem="Match.", pairs={"a": Option("b", image=Image("m/town.png", "Houses")), "c": "d"}
    )
    form = all_formats()[name]
    assert form.write
    losses = form.write(msgspec.structs.replace(BANK, items=(item,)), MEDIA).losses
    assert "pictures of its options" in {loss.what for loss in losses}


def test_a_picture_is_kept_once_and_only_where_it_is_one() -> None:
    held = {"a b/x.png": MAP, "y.jpg": MAP, "z.png": b"no picture", "huge.png": MAP + b"\0" * 9_000_000}
    shelf = PictureShelf(held.get)
    first, second = shelf.keep("a b/x.png", " A\nmap "), shelf.keep("y.jpg")
    assert first
    assert second
    assert first.fields["file"] == second.fields["file"] == next(iter(shelf.media))
    assert first.fields["alt"] == "A map"
    assert second.fields["alt"] == NO_WORDS
    assert second.name == "y"
    assert not any(map(shelf.keep, ("z.png", "huge.png", "none.png", "data:image/png;base64,AAAA", "")))
    assert len(shelf.media) == 1
    data = shelf.keep(f"data:image/png;base64,{base64.b64encode(TOWN).decode()}")
    assert data
    assert data.fields["file"].startswith("picture-")


def test_a_question_that_is_only_a_picture_and_options_that_are() -> None:
    pictures = "".join(
        f'<file name="{name}" path="/" encoding="base64">{base64.b64encode(data).decode()}</file>'
        for name, data in (("map.png", MAP), ("town.png", TOWN))
    )
    answers = "".join(
        f'<answer fraction="{worth}" format="html"><text>&lt;img src="@@PLUGINFILE@@/{name}"&gt;</text>'
        f"{pictures}</answer>"
        for worth, name in ((100, "map.png"), (0, "town.png"), (0, "gone.png"))
    )
    source = (
        '<quiz><question type="multichoice"><questiontext format="html"><text>&lt;img src="@@PLUGINFILE@@/'
        f'map.png" /&gt;</text>{pictures}</questiontext>{answers}</question></quiz>'
    )
    imported = read("moodle-xml", source.encode())
    (item,) = bank_in(imported).items
    assert item.stem == ONLY_A_PICTURE
    assert (item.key.text, item.distractors[0].text) == ("map", "town")  # type: ignore[attr-defined]
    assert {loss.what for loss in imported.losses} == {"the picture gone.png"}
    assert set(imported.media.values()) == {MAP, TOWN}


def test_packages_of_qti_find_pictures_beside_their_documents_and_in_the_web_folder() -> None:
    document = (
        '<assessmentItem identifier="i" title="t"><responseDeclaration identifier="R" cardinality="single">'
        "<correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody><p>See "
        '<img src="../pics/map%20of.png" alt="A map"/></p><choiceInteraction responseIdentifier="R">'
        '<simpleChoice identifier="A"><object type="image/png" data="town.png">Houses</object></simpleChoice>'
        '<simpleChoice identifier="B">No</simpleChoice></choiceInteraction></itemBody></assessmentItem>'
    )
    files = {"imsmanifest.xml": b"<manifest/>", "items/i.xml": document.encode(), "items/town.png": TOWN}
    imported = read("qti", packed({**files, "pics/map of.png": MAP}))
    assert shown(bank_in(imported), dict(imported.media)) == [(MAP, "A map", ""), (TOWN, "Houses", "")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hashcards", "Q: Where? ![A map](map.png)\nA: Here ![x](town.png)\n"),
        ("obsidian", "#flashcards\n\nWhere? ![[map.png]]::Here\n"),
        ("checkbox", "## Where? ![A map](./map.png)\n- [x] Here\n- [ ] There\n"),
    ],
)
def test_notes_find_pictures_beside_them(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "map.png").write_bytes(MAP)
    (tmp_path / "in" / "cards.md").write_text(text, encoding="utf-8")
    reading = read_foreign(tmp_path / "in" / "cards.md")
    assert reading.format.name == name
    assert list(reading.imported.media.values()) == [MAP]
    assert not any("map" in loss.what for loss in reading.imported.losses)


def test_nothing_outside_of_the_folder_is_opened(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out.png").write_bytes(MAP)
    (tmp_path / "in" / "link.png").symlink_to(tmp_path / "out.png")
    (tmp_path / "in" / "cards.md").write_text(
        f"Q: ![a](../out.png) ![b](link.png) ![c]({tmp_path}/out.png) ![d](file:///etc/passwd) Where?\n"
        "A: Here\n",
        encoding="utf-8",
    )
    reading = read_foreign(tmp_path / "in" / "cards.md")
    assert not reading.imported.media
    assert len([loss for loss in reading.imported.losses if "picture" in loss.what]) == 4


def test_pictures_lie_in_a_folder_beside_the_bank_and_go_out_from_there(tmp_path: Path) -> None:
    form = all_formats()["qti"]
    assert form.write
    imported = read("qti", form.write(BANK, MEDIA).data)
    path = tmp_path / "banks" / "mine.yaml"
    outcome = put_away(bank_in(imported), path, media=imported.media)
    assert outcome.is_new
    bank = read_bank_text(path.read_bytes(), str(path)).bank
    assert bank is not None
    files = [image.file for _, image in images_of(bank)]
    assert [(path.parent / file).read_bytes() for file in files] == [MAP, TOWN, RIVER]
    assert all(file.startswith("mine-media/") for file in files)
    again = put_away(bank_in(imported), path, media=imported.media)
    assert (again.added, again.changed, again.kept) == ((), (), ())
    (path.parent / files[1]).unlink()
    put_away(bank_in(imported), path, media=imported.media)
    assert (path.parent / files[1]).read_bytes() == TOWN
    export = exported(bank, all_formats()["checkbox"], path.parent)
    assert not any("cannot be read" in loss.what for loss in export.losses)
    (tmp_path / "out").mkdir()
    write_export(tmp_path / "out" / "quiz.md", export)
    assert sorted(one.suffix for one in (tmp_path / "out").iterdir()) == [".md", ".png", ".png", ".png"]
    (path.parent / files[0]).unlink()
    missing = exported(bank, all_formats()["checkbox"], path.parent).losses
    assert any(files[0] in loss.what for loss in missing)


def test_files_of_pictures_are_renamed_wherever_they_are() -> None:
    renamed = with_files(BANK, lambda name: name.replace("m/", "n/"))
    assert [image.file for _, image in images_of(renamed)] == ["n/map of.png", "n/town.png", "n/river.png"]
    assert with_files(BANK, lambda name: name) is BANK
