"""All that is wrong with a file is said at once, whatever comes first."""

from __future__ import annotations

import pytest

from quiz.authoring.check import checked_text
from quiz.authoring.fix import fixed
from quiz.banks.files import read_bank_text

HEAD = "format: 1\nbank: b\ntitle: T\nitems:\n"


def item(number: int, **fields: str) -> str:
    stem = f"Which river is number {number}?"
    told = {
        "id": f"i{number}",
        "stem": stem,
        "key": "Po",
        "distractors": "[Oder]",
        "rationale": "R",
        **fields,
    }
    return "  - " + "    ".join(f"{name}: {text}\n" for name, text in told.items())


def found_in(text: str) -> list[tuple[int, str, str]]:
    return [(one.line, one.code, one.item) for one in checked_text(text.encode(), "b.yaml").findings]


def test_ten_colons_are_named_at_once_and_put_in_quotes() -> None:
    items = "".join(item(n, stem=f"What is it: river {n}?  # as 'said'") for n in range(10))
    text = HEAD + "# first\n" + items
    assert found_in(text) == [(7 + 5 * n, "colon-in-text", f"i{n}") for n in range(10)]
    after, mended = fixed(text.encode(), "b.yaml")
    assert mended.quoted == 10
    assert after.decode() == text.replace("What is it: river", "'What is it: river").replace("?  #", "?'  #")
    assert checked_text(after, "b.yaml").findings == ()


def test_what_follows_a_broken_item_is_checked_as_ever() -> None:
    text = (
        HEAD
        + item(0)
        + item(1, key="[Po")
        + item(2, stem="Which is not a river?")
        + item(3, distractors="[Po]")
    )
    assert found_in(text) == [
        (12, "unclosed-list", "i1"),
        (16, "quiet-negative", "i2"),
        (23, "key-among-distractors", "i3"),
    ]


def test_an_item_with_an_error_hides_no_warning_of_another() -> None:
    text = HEAD + item(0, kye="Po") + item(1, stem="Which is not a river?")
    assert [code for _, code, _ in found_in(text)] == ["unknown-field", "quiet-negative"]


def test_a_text_over_several_lines_is_put_in_quotes_as_a_whole() -> None:
    text = HEAD + item(0, stem="What is this: a river\n      or a hill?")
    after, mended = fixed(text.encode(), "b.yaml")
    assert mended.quoted == 1
    bank = read_bank_text(after, "b.yaml").bank
    assert bank is not None
    assert bank.items[0].stem == "What is this: a river or a hill?"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_code_fence_is_named_and_taken_off(ending: str) -> None:
    text = HEAD + item(0)
    fenced = f"```yaml\n{text}```\n".replace("\n", ending).encode()
    assert [one.code for one in checked_text(fenced, "b.yaml").findings] == ["code-fence"]
    after, mended = fixed(fenced, "b.yaml")
    assert mended.fences == 2
    assert after.decode().rstrip() == text.replace("\n", ending).rstrip()


def test_a_fault_before_the_items_is_said_alone() -> None:
    assert [code for _, code, _ in found_in("format: 1\ntitle: T: x\nitems:\n" + item(0))] == [
        "colon-in-text"
    ]


# --------------------------------------------------------------------------- what can still be used


@pytest.mark.parametrize(
    "wrong",
    [{"distractors": "[Po]"}, {"topic": "gone"}, {"kind": "riddle"}, {"hint": "[a, b]"}, {"weight": "much"}],
)
def test_an_unusable_item_leaves_the_others_usable(wrong: dict[str, str]) -> None:
    reading = read_bank_text((HEAD + item(0) + item(1, **wrong) + item(2)).encode(), "b.yaml")
    assert reading.bank is None
    assert reading.usable is not None
    assert [one.id for one in reading.usable.items] == ["i0", "i2"]
    assert (reading.left_out, reading.place_of("i2"), reading.place_of("i1")) == (1, 2, None)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + item(0) + item(1, id="i0"),
        HEAD + item(0) + item(1, id="No Id"),
        HEAD + item(0) + item(1).replace("id: i1\n    ", ""),
        HEAD + item(0) + item(1, key="[Po"),
        HEAD + item(0) + item(1, key="*alias"),
        HEAD.replace("title", "titel") + item(0),
        HEAD + item(0, distractors="[Po]"),
        HEAD + item(0) + "  - a text\n",
    ],
)
def test_a_bank_whose_ids_or_structure_are_not_sound_is_not_used(text: str) -> None:
    reading = read_bank_text(text.encode(), "b.yaml")
    assert (reading.bank, reading.usable, reading.left_out) == (None, None, 0)
