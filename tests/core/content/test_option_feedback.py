"""What an item says of each of its options."""

from __future__ import annotations

import pytest

from quiz.core.content.item import Item, Option
from quiz.core.content.kinds.cloze import Cloze
from quiz.core.content.kinds.flashcard import Flashcard
from quiz.core.content.kinds.listing import Entry, Listing
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.content.option_feedback import option_feedback

CHOICE = SingleChoice(
    id="a", stem="?", key=Option("yes", "Right so."), distractors=("no", Option("maybe", "Never."))
)
CLOZE = Cloze(id="b", text="A {{gap}}.", refuse={"gap": (Option("hole", "Too deep."),)})
LISTING = Listing(id="c", stem="?", keys=("one", Entry("two", feedback="Both.")))


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (CHOICE, (("yes", "Right so."), ("maybe", "Never."))),
        (CLOZE, (("hole", "Too deep."),)),
        (LISTING, (("two", "Both."),)),
        (Flashcard(id="d", stem="?", back="!"), ()),
    ],
)
def test_every_option_with_feedback_is_found(item: Item, said: tuple[tuple[str, str], ...]) -> None:
    assert option_feedback(item) == said
