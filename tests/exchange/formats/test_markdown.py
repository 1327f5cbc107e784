"""Markdown: check boxes, hashcards, Obsidian; and Aiken."""

from __future__ import annotations

from quiz.banks.files import read_bank_text
from quiz.banks.writer import bank_text
from quiz.core.content.bank import Bank, Stimulus
from quiz.core.content.item import Item, feedback_of
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.exchange.declaration import ForeignFile, Imported
from quiz.exchange.formats import all_formats, recognised


def read(text: str, expected: str) -> Imported:
    source = ForeignFile("some.md", text.encode())
    form = recognised(source)
    assert form is not None
    assert form.name == expected
    assert form.read is not None
    return form.read(source)


def items(text: str, expected: str) -> tuple[Item, ...]:
    imported = read(text, expected)
    assert imported.bank is not None, imported.refusals
    return imported.bank.items


CHECKBOX = """\
## Git

#### Q1. What does `git init` do?

- [ ] nothing
  > It does something.
- [x] makes a **repository**
- [ ] deletes one

[Reference](https://example.org) It makes one.

#### Q2. What is printed?

```python
print(1 + 1)
```

- [x] 2
- [ ] 11

#### Q3. Which of these is right?

- [ ] one

```js
const a = 1
```

- [x] other

```js
const a = 2
```

#### Q4. Nobody knows

- [ ] a
- [ ] b
"""


def test_quizzes_with_check_boxes() -> None:
    imported = read(CHECKBOX, "checkbox")
    assert imported.bank is not None
    first, second, third = imported.bank.items
    assert imported.bank.markup == ("code",)
    assert isinstance(first, SingleChoice)
    assert (first.stem, first.key_text()) == ("What does `git init` do?", "makes a repository")
    assert feedback_of(first.distractors[0]) == "It does something."
    assert first.rationale == "Reference It makes one."
    assert imported.bank.stimuli[second.stimulus].code == "print(1 + 1)"
    assert imported.bank.stimuli[second.stimulus].language == "python"
    assert third.key_text() == "other\n\nconst a = 2"
    assert [refusal.place for refusal in imported.refusals] == [
        f"line {CHECKBOX.split(chr(10)).index('#### Q4. Nobody knows') + 1}"
    ]


def test_quizzes_between_tags_and_blanks() -> None:
    text = "<quiz>\nWhich?\n- [x] a\n- [x] b\n- [ ] c\n</quiz>\n\ntext\n\n<quiz>\n2 + 2 = [[4]]\n</quiz>\n"
    choice, cloze = items(text, "checkbox")
    assert (choice.kind, choice.key_text()) == ("multiple-response", "a; b")
    assert cloze.key_text() == "2 + 2 = 4"


def test_hashcards() -> None:
    head = '---\nname = "Space"\n---\n'
    text = f"{head}Q: What is\nthe sun?\nA: A *star*\n---\nC: The [moon] is a [rock].\nQ: no answer\n"
    imported = read(text, "hashcards")
    assert imported.bank is not None
    assert imported.bank.title == "Space"
    card, cloze = imported.bank.items
    assert (card.stem, card.key_text()) == ("What is\nthe sun?", "A star")
    assert getattr(cloze, "text", "") == "The {{moon}} is a {{rock}}."
    assert [refusal.place for refusal in imported.refusals] == ["line 9"]


def test_obsidian() -> None:
    text = (
        "# Space #flashcards\n\nplain text\n\nSun::Star\n<!--SR:!2024-01-01,3,250-->\n\nMoon:::Luna\n\n"
        "Which\nplanet?\n?\nMars\n\nThe ==sun== is hot.\n\n```\na::b\n```\n"
    )
    imported = read(text, "obsidian")
    assert imported.bank is not None
    assert [(item.kind, item.key_text()) for item in imported.bank.items] == [
        ("flashcard", "Star"), ("flashcard", "Luna"), ("flashcard", "Moon"), ("flashcard", "Mars"),
        ("cloze", "The sun is hot."),
    ]  # fmt: skip
    assert [loss.what for loss in imported.losses] == ["when it is due"]
    assert list(imported.bank.topics.values()) == ["Space"]


def test_aiken() -> None:
    odd = "No options\nANSWER: A\n\nOdd?\nA. x\nB. y\nANSWER: C\n"
    text = f"Which?\nA) one\nB. two\nsecond line\nANSWER: B\n\n{odd}"
    imported = read(text, "aiken")
    assert imported.bank is not None
    assert [item.key_text() for item in imported.bank.items] == ["two\nsecond line"]
    assert [refusal.place for refusal in imported.refusals] == ["line 7", "line 10"]


def test_code_loses_what_no_bank_may_hold() -> None:
    form = all_formats()["checkbox"]
    assert form.read
    source = b"# What?\n```c\na\x03b\n```\n- [x] 1\n- [ ] 2\n"
    bank = form.read(ForeignFile("a.md", source)).bank
    assert bank is not None
    assert read_bank_text(bank_text(bank).encode(), "b.yaml").bank == bank
    assert next(iter(bank.stimuli.values())).code == "a\u2403b"


def test_code_goes_out_as_code_and_comes_back() -> None:
    form = all_formats()["checkbox"]
    assert form.read
    assert form.write
    item = SingleChoice(
        id="a", stem="What does `f()` give?", stimulus="s", key="`1`", distractors=("2 * 3 * 4",),
        rationale="See `f`.",
    )  # fmt: skip
    stimulus = Stimulus(code="# no heading\ndef f():\n    return 1", language="python")
    bank = Bank(format=1, bank="b", title="B", markup=("code",), stimuli={"s": stimulus}, items=(item,))
    back = form.read(ForeignFile("a.md", form.write(bank, {}).data)).bank
    assert back is not None
    assert back.markup == ("code",)
    assert list(back.stimuli.values()) == [stimulus]
    (found,) = back.items
    assert (found.stem, found.rationale) == (item.stem, item.rationale)
    assert isinstance(found, SingleChoice)
    assert (found.key, found.distractors) == (item.key, item.distractors)
