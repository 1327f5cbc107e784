"""Every kind has a form in lines, by which every response can be given."""

from __future__ import annotations

from random import Random
from string import ascii_lowercase

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Recalled, Response, Sorted
from quiz.core.content.interaction import Choose, Enter, Interaction, Match, Order, Reveal, Sort
from quiz.core.content.item import Item
from quiz.core.content.kinds import all_kinds
from quiz.plain.response_forms import Unclear, response_of, steps
from tests.sampling import tries


def example(kind: str) -> Item:
    return msgspec.convert(
        yaml.load(all_kinds()[kind].example, yaml.BaseLoader), all_kinds()[kind], strict=False
    )


def lines_of(interaction: Interaction, response: Response) -> list[str]:
    """Write a response as a learner would type it."""
    match interaction, response:
        case Choose(options=options), Chosen(chosen):
            return [" ".join(str(options.index(option) + 1) for option in chosen)]
        case Enter(), Entered(texts):
            return list(texts)
        case Order(entries=entries), Ordered(ordered):
            return [", ".join(str(entries.index(entry) + 1) for entry in ordered)]
        case Match(lefts=lefts, rights=rights), Matched(pairs):
            return [
                " ".join(f"{lefts.index(a) + 1}{ascii_lowercase[rights.index(b)]}" for a, b in pairs.items())
            ]
        case Sort(members=members, bins=bins), Sorted(sorted_into):
            return ["".join(str(bins.index(sorted_into[member]) + 1) for member in members)]
        case Reveal(), Recalled(rating):
            return ["", str(rating)]
    raise AssertionError(f"{interaction} has no form in lines")


@pytest.mark.parametrize("kind", all_kinds())
def test_the_key_can_be_given_in_lines(kind: str) -> None:
    item = example(kind)
    interaction = item.interaction().arranged(Random(3))
    asked = steps(interaction)
    lines = lines_of(interaction, item.key_response())
    assert len(asked) == len(lines)
    assert all(step.prompt for step in asked)
    response = response_of(interaction, lines)
    assert item.grade(response).score == 1
    assert interaction.is_complete(response)


@pytest.mark.parametrize("kind", all_kinds())
def test_everything_to_choose_from_is_read_out(kind: str) -> None:
    interaction = example(kind).interaction()
    said = "\n".join(line for step in steps(interaction) for line in step.lines)
    texts = [
        text
        for name in ("options", "entries", "lefts", "rights", "members", "bins")
        for text in getattr(interaction, name, ())
    ]
    assert all(text in said for text in texts)


@pytest.mark.parametrize("kind", all_kinds())
@settings(max_examples=tries(60), derandomize=True)
@given(data=st.data())
def test_any_line_is_a_response_or_a_sentence(kind: str, data: st.DataObject) -> None:
    interaction = example(kind).interaction()
    lines = data.draw(
        st.lists(st.text(max_size=30), min_size=len(steps(interaction)), max_size=len(steps(interaction)))
    )
    said = "."
    try:
        response = response_of(interaction, lines)
    except Unclear as unclear:
        said = str(unclear)
    else:
        assert isinstance(response, interaction.response_type)
    assert said.endswith(".")


@pytest.mark.parametrize("line", ["0", "5", "1 9", "²", "x", "99999999999999999999"])
def test_a_number_that_is_not_there_is_refused(line: str) -> None:
    with pytest.raises(Unclear):
        response_of(Choose(("a", "b", "c", "d")), [line])


def test_bins_are_given_by_their_numbers_as_on_the_screen() -> None:
    asked = Sort(("cat", "elm", "dog"), ("animal", "plant"))
    assert response_of(asked, ["1, 2 1"]) == Sorted({"cat": "animal", "elm": "plant", "dog": "animal"})
    for line in ("1 2", "1 2 3", "1a 2b 3a", "12121", ""):
        with pytest.raises(Unclear, match="Give 3 numbers from 1 to 2"):
            response_of(asked, [line])


def test_an_option_can_be_given_by_its_text() -> None:
    assert response_of(Choose(("Paris", "Lyon")), ["lyon"]) == Chosen(("Lyon",))
