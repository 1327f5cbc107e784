"""The pictures of options: only of those that are shown, in an order that does not tell the key."""

from __future__ import annotations

from quiz.core.content.bank import Bank, Note
from quiz.core.content.images import images_of, in_words, option_images, with_files
from quiz.core.content.item import Image, Option
from quiz.core.content.kinds.matching import Matching
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.content.kinds.single_choice import SingleChoice

SUN, MOON = Image("s.png", "A disc", "NASA"), Image("m.png", "A sickle")


def test_the_order_of_pictures_does_not_tell_the_key() -> None:
    item = SingleChoice(
        id="i", stem="S", key=Option("sun", image=SUN), distractors=(Option("moon", image=MOON),)
    )
    assert list(option_images(item).items()) == [("moon", MOON), ("sun", SUN)]


def test_pictures_of_what_is_typed_are_not_shown_before_the_answer() -> None:
    item = ShortAnswer(id="i", stem="S", key=Option("sun", image=SUN), accept=(Option("Sol", image=MOON),))
    assert option_images(item) == {}


def test_right_sides_of_pairs_have_their_pictures() -> None:
    item = Matching(id="i", stem="S", pairs={"day": Option("sun", image=SUN), "night": "moon"})
    assert option_images(item) == {"sun": SUN}


def test_words_stand_for_a_picture() -> None:
    assert in_words(SUN) == "Picture: A disc (NASA)"
    assert in_words(MOON) == "Picture: A sickle"


def test_only_files_that_are_renamed_change_a_bank() -> None:
    item = SingleChoice(
        id="i", stem="S", key=Option("sun", image=SUN), distractors=(Option("moon", image=MOON), "star")
    )
    made = Bank(
        format=1,
        bank="b",
        title="T",
        items=(item,),
        notes={"n": Note("N", "x", image=MOON), "o": Note("O", "x")},
    )
    assert with_files(made, lambda file: file) is made
    renamed = with_files(made, lambda file: {"m.png": "new.png"}.get(file, file))
    assert [(where, image.file) for where, image in images_of(renamed)] == [
        (("notes", "n", "image"), "new.png"), (("items", 0, "key", "image"), "s.png"),
        (("items", 0, "distractors", 0, "image"), "new.png"),
    ]  # fmt: skip
    assert [where for where, _ in images_of(made)] == [where for where, _ in images_of(renamed)]
