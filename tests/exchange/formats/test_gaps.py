"""Gaps with options, and braces that are none, through the formats that know gaps."""

from __future__ import annotations

import msgspec
import pytest

from quiz.core.content.bank import Bank
from quiz.core.content.item import Option
from quiz.core.content.kinds.cloze import Cloze
from quiz.exchange.declaration import ForeignFile
from quiz.exchange.formats import all_formats

CHOSEN = Cloze(
    id="sea", text="The {{Baltic}} is a {{sea}}.", options={"Baltic": ("Rhine", "Elbe"), "sea": ("river",)}
)


def bank_of(item: Cloze) -> Bank:
    return Bank(format=1, bank="b", title="B", items=(item,))


def back(name: str, item: Cloze) -> Cloze:
    form = all_formats()[name]
    assert form.read
    assert form.write
    imported = form.read(ForeignFile(f"b{form.endings[0]}", form.write(bank_of(item), {}).data))
    assert imported.bank is not None, imported.refusals
    (found,) = imported.bank.items
    assert isinstance(found, Cloze)
    return found


@pytest.mark.parametrize("name", ["moodle-xml", "qti"])
def test_what_there_is_to_choose_from_comes_back(name: str) -> None:
    found = back(name, CHOSEN)
    assert (found.text, found.options) == (CHOSEN.text, CHOSEN.options)


def test_what_is_said_to_a_wrong_choice_comes_back_from_moodle() -> None:
    item = msgspec.structs.replace(CHOSEN, refuse={"Baltic": (Option("Rhine", "A river."),)})
    assert back("moodle-xml", item).refuse == item.refuse


def test_where_only_some_gaps_are_chosen_moodle_keeps_both_and_qti_says_what_is_lost() -> None:
    item = msgspec.structs.replace(CHOSEN, options={"sea": ("river",)})
    assert back("moodle-xml", item).options == item.options
    assert back("qti", item).options == {}
    write = all_formats()["qti"].write
    assert write
    assert any("words to choose from" in loss.what for loss in write(bank_of(item), {}).losses)


@pytest.mark.parametrize("name", ["moodle-xml", "qti", "anki", "anki-text"])
def test_braces_that_are_none_are_shown_as_such(name: str) -> None:
    item = Cloze(id="b", text=r"In Jinja \{{x}} is a {{variable}}.")
    found = back(name, item)
    assert found.gaps == ("variable",)
    assert found.around[0].replace(" ", "") == "InJinja{{x}}isa"


def test_pages_and_texts_show_what_there_is_to_choose_from() -> None:
    page, text = (all_formats()[name].write for name in ("html", "text"))
    assert page
    assert text
    assert '"options": ["Baltic", "Elbe", "Rhine"]' in page(bank_of(CHOSEN), {}).data.decode()
    assert "gap 1: Baltic / Elbe / Rhine" in text(bank_of(CHOSEN), {}).data.decode()


MOODLE = """
<quiz><question type="gapselect"><questiontext format="html"><text>Cats [[1]] and dogs [[3]].</text>
</questiontext><selectoption><text>meow</text><group>1</group></selectoption>
<selectoption><text>moo</text><group>1</group></selectoption>
<selectoption><text>bark</text><group>2</group></selectoption></question></quiz>"""
ITEM = """
<assessmentItem identifier="i" title="t"><responseDeclaration identifier="R" cardinality="single">
<correctResponse>{}</correctResponse></responseDeclaration><itemBody>{}</itemBody></assessmentItem>"""
CHOSEN_INLINE = """
<p>It is <inlineChoiceInteraction responseIdentifier="R"><inlineChoice identifier="G">green</inlineChoice>
<inlineChoice identifier="B">blue</inlineChoice></inlineChoiceInteraction>, I say.</p>"""
DRAGGED = """
<gapMatchInteraction responseIdentifier="R"><gapText identifier="A">hot</gapText>
<gapText identifier="B">cold</gapText><gapText identifier="C">wet</gapText>
<p>Fire is <gap identifier="g1"/>, ice <gap identifier="g2"/>.</p></gapMatchInteraction>"""
QTI = ITEM.format("<value>G</value>", CHOSEN_INLINE)
MATCHED = ITEM.format("<value>A g1</value><value>B g2</value>", DRAGGED)


@pytest.mark.parametrize(
    ("name", "source", "text", "options"),
    [
        ("moodle-xml", MOODLE, "Cats {{meow}} and dogs {{bark}}.", {"meow": ("moo",)}),
        ("qti", QTI, "It is {{green}}, I say.", {"green": ("blue",)}),
        (
            "qti", MATCHED, "Fire is {{hot}}, ice {{cold}}.",
            {"hot": ("cold", "wet"), "cold": ("hot", "wet")},
        ),
    ],
)  # fmt: skip
def test_lists_of_other_programs_are_options(
    name: str, source: str, text: str, options: dict[str, tuple[str, ...]]
) -> None:
    form = all_formats()[name]
    assert form.read
    imported = form.read(ForeignFile("a.xml", source.encode()))
    assert imported.bank is not None, imported.refusals
    (item,) = imported.bank.items
    assert isinstance(item, Cloze)
    assert (item.text, item.options) == (text, options)
    assert imported.losses == ()
