"""What the shipped banks promise: how many items of which kind and level, and a briefing that fits them."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from quiz.authoring.rule import BankContext, ItemContext
from quiz.banks.library import Library
from quiz.core.content.bank import Bank, Note
from quiz.core.content.item import Item
from quiz.core.content.kinds import all_kinds
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.drill.items import has_option_keys
from scripts import facts, shipped_index, wording
from tests.questions.shipped import FOLDER, shipped_banks

LEVELS = ("level-remember", "level-understand", "level-apply", "level-analyse")
WIDTH_BESIDE_CONTENTS = 39
"""How many columns a block has on the briefing's page, if the terminal has 80."""
ARTICLE = os.environ.get("QUIZ_ARTICLE", "")
"""The file with the article's text, read here because tests run without the program's own variables."""
BANKS = pytest.mark.parametrize("bank", shipped_banks(), ids=lambda bank: bank.bank)


def all_items() -> list[Item]:
    return [item for bank in shipped_banks() for item in bank.items]


def sources_asked(bank: Bank, item: Item) -> set[str]:
    return {bank.notes[name].source for name in item.cites}


def items_on_the_article() -> list[Item]:
    return [item for bank in shipped_banks() for item in bank.items if "article" in sources_asked(bank, item)]


def test_the_words_come_first_and_the_article_after_them() -> None:
    cards = Library(folders=[FOLDER]).summaries()
    assert [card.id for card in cards] == ["words", "courtship", "forces", "long-road"]
    assert [bank.bank for bank in shipped_banks()] == [card.id for card in cards]


def test_there_are_enough_items_and_not_too_many() -> None:
    assert 64 <= len(all_items()) <= 80


def test_every_kind_is_there() -> None:
    assert {item.kind for item in all_items()} == set(all_kinds())


def test_a_class_can_vote_on_most_of_them() -> None:
    assert sum(map(has_option_keys, all_items())) >= 45


def test_each_item_has_one_level_and_is_either_core_or_extra() -> None:
    for item in all_items():
        tags = Counter(item.tags)
        assert sum(tags[level] for level in LEVELS) == 1, item.id
        assert tags["core"] + tags["extra"] == 1, item.id


def test_the_core_is_a_course_of_its_own() -> None:
    assert 36 <= sum("core" in item.tags for item in all_items()) <= 44
    for bank in shipped_banks():
        asked = {name for item in bank.items if "core" in item.tags for name in item.cites}
        assert {name for name in bank.notes if bank.notes[name].source != "afterwards"} <= asked, bank.bank


def test_the_article_is_asked_for_understanding() -> None:
    items = items_on_the_article()
    levels = Counter(tag for item in items for tag in item.tags if tag in LEVELS)
    assert levels["level-remember"] <= 0.30 * len(items)
    assert levels["level-understand"] >= 0.45 * len(items)
    assert levels["level-apply"] + levels["level-analyse"] >= 0.20 * len(items)


@BANKS
def test_each_note_is_asked_by_two_items_at_least(bank: Bank) -> None:
    asked = Counter(name for item in bank.items for name in item.cites)
    assert {name: asked[name] for name in bank.notes if asked[name] < 2} == {}
    assert facts.uncovered([bank]) == []


def test_the_page_of_facts_is_up_to_date() -> None:
    assert facts.PAGE.read_text(encoding="utf-8") == facts.page(list(shipped_banks())), "run scripts/facts.py"


def test_their_index_is_up_to_date() -> None:
    assert shipped_index.INDEX.read_bytes() == shipped_index.content(), "run scripts/shipped_index.py"


def test_what_came_after_the_article_is_extra_and_says_so() -> None:
    bank = shipped_banks()[-1]
    after = [item for item in bank.items if "afterwards" in sources_asked(bank, item)]
    assert after
    assert all("extra" in item.tags and len(item.cites) == 1 for item in after)
    assert "beyond the article" in bank.notes["what-came-after"].text


# --------------------------------------------------------------------------- the briefing


def notes() -> list[Note]:
    return [note for bank in shipped_banks() for note in bank.notes.values()]


def test_the_briefing_takes_ten_minutes() -> None:
    assert sum(len(note.text.split()) for note in notes()) < 1850


def test_a_diagram_and_a_table_stand_beside_the_contents_on_80_columns() -> None:
    drawn = [block for note in notes() for block in re.findall(r"```\n(.*?)```", note.text, re.DOTALL)]
    assert len(drawn) == 2
    assert max(len(line) for block in drawn for line in block.splitlines()) <= WIDTH_BESIDE_CONTENTS


# --------------------------------------------------------------------------- what gives a key away


def content_words(text: str, looked: ItemContext) -> set[str]:
    """Return the beginnings of a text's words, without those that every text has."""
    return {word[:5] for word in looked.words_in(text) if len(word) > 3 and word not in looked.words.fillers}


@BANKS
def test_no_hint_holds_a_word_of_the_key_alone(bank: Bank) -> None:
    for looked in BankContext(bank).items:
        typed: tuple[str, ...] = getattr(looked.item.key_response(), "texts", ())
        keys = [choice.text for choice in looked.keys] or typed
        others = [looked.item.stem, *(choice.text for choice in looked.distractors)]
        telling = content_words(" ".join(keys), looked) - content_words(" ".join(others), looked)
        assert not telling & content_words(looked.item.hint, looked), looked.item.id


def test_neither_the_longest_nor_the_shortest_option_is_the_key_too_often() -> None:
    choices = [
        looked.keys + looked.distractors
        for bank in shipped_banks()
        for looked in BankContext(bank).items
        if isinstance(looked.item, SingleChoice)
    ]
    for first in (max, min):
        found = sum(
            options[0].cells == first(option.cells for option in options)
            and [option.cells for option in options].count(options[0].cells) == 1
            for options in choices
        )
        assert found <= len(choices) / 3


# --------------------------------------------------------------------------- words of the article


def test_a_run_of_seven_words_of_a_source_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "source.txt"
    stem = next(item.stem for item in all_items() if len(wording.words_of(item.stem)) > 6)
    run = wording.words_of(stem)[:7]
    source.write_text(f"Before it, {' '.join(run)} after it.", encoding="utf-8")
    assert wording.main([str(source)]) == 1
    assert f"“{' '.join(run)}”" in capsys.readouterr().out
    source.write_text(f"Before it, {' '.join(run[:6])} after it.", encoding="utf-8")
    assert wording.main([str(source)]) == 0


if ARTICLE:  # where QUIZ_ARTICLE names the file of the article, which is nobody's to pass on

    def test_no_more_than_six_words_of_the_article_stand_in_a_row() -> None:
        assert Path(ARTICLE).is_file()
        assert wording.main([ARTICLE]) == 0
