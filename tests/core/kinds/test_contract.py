"""What every kind of item promises. A kind is tested here from the moment its file exists."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

import quiz.core.kinds
from quiz.core.bank import Bank
from quiz.core.events import Event, Mode, Opening
from quiz.core.grading import Chosen, Entered, Grade, Matched, Ordered, Response, Sorted, Verdict
from quiz.core.interaction import Choose, Enter, Interaction, Match, Order, Sort
from quiz.core.item import ABOUT_THE_ITEM, Item
from quiz.core.kinds import all_kinds
from quiz.core.kinds.flashcard import Flashcard
from quiz.core.sessions.common import Phase, Shelf
from quiz.core.sessions.study import StudySession
from tests.strategies import (
    ABSURD,
    ITEMS,
    any_responses,
    example_of,
    items,
    parsed,
    plain_words,
    responses_to,
    steady,
    unicode_text,
    words,
)

KINDS = all_kinds()
each_kind = pytest.mark.parametrize("kind", KINDS)
each_time = settings(steady, max_examples=20)
SHUFFLED = [kind for kind in KINDS if getattr(example_of(kind).interaction(), "can_shuffle", False)]


def example_data(kind: str) -> dict[str, Any]:
    data = yaml.load(KINDS[kind].example, yaml.BaseLoader)
    assert isinstance(data, dict)
    return data


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield every text of some plain data with the path to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path, value


def with_leaf(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of some plain data with another value at a path."""
    copy = deepcopy(data)
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return copy


def task_leaves(kind: str) -> list[tuple[tuple[Any, ...], Any]]:
    """Return the texts of the example that make its task: no ids, no rationale, no feedback."""
    return [
        (path, value)
        for path, value in leaves(example_data(kind))
        if path[0] not in ABOUT_THE_ITEM | {"kind"} and path[-1] != "feedback"
    ]


# --------------------------------------------------------------------------- what a kind says of itself


def test_the_kinds_of_the_design_are_there() -> None:
    assert set(KINDS) >= {
        "single-choice", "multiple-response", "true-false", "short-answer", "numeric", "cloze", "listing",
        "ordering", "matching", "sorting", "flashcard",
    }  # fmt: skip
    assert list(KINDS) == sorted(KINDS)
    assert quiz.core.kinds.DEFAULT_KIND in KINDS


@pytest.mark.parametrize("kind", ITEMS)
def test_kinds_have_strategies_that_draw_them(kind: str) -> None:
    assert kind in KINDS


@each_kind
def test_its_example_is_a_sound_item_that_shows_its_fields(kind: str) -> None:
    data = example_data(kind)
    item = parsed(data, kind)
    assert type(item) is KINDS[kind]
    assert item.kind == data["kind"] == kind
    assert list(item.problems()) == []
    assert item.rationale
    own = set(KINDS[kind].__struct_fields__) - set(Item.__struct_fields__)
    shown = own & set(data)
    required = {field.name for field in msgspec.structs.fields(KINDS[kind]) if field.required}
    assert required - {"id", "stem"} <= shown


@each_kind
def test_it_says_what_it_is_for(kind: str) -> None:
    assert KINDS[kind].summary[0].isupper()
    assert KINDS[kind].summary.endswith(".")
    assert KINDS[kind].__doc__


@each_kind
def test_an_unknown_field_is_refused_by_name(kind: str) -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field `rationalle`"):
        parsed({**example_data(kind), "rationalle": "x"}, kind)


@each_kind
def test_an_unknown_field_of_an_option_is_refused_by_name(kind: str) -> None:
    data = example_data(kind)
    options = [path[:-1] for path, _ in leaves(data) if path[-1] == "feedback" and len(path) > 1]
    for path in options:
        with pytest.raises(msgspec.ValidationError, match="unknown field `feedbak`"):
            parsed(with_leaf(data, (*path, "feedbak"), "x"), kind)


@each_kind
def test_a_missing_field_is_refused_by_name(kind: str) -> None:
    data = example_data(kind)
    required = [field.name for field in msgspec.structs.fields(KINDS[kind]) if field.required]
    assert "id" in required
    for name in required:
        short = {field: value for field, value in data.items() if field != name}
        with pytest.raises(msgspec.ValidationError, match=f"missing required field `{name}`"):
            parsed(short, kind)


@each_kind
def test_a_field_of_another_shape_is_refused_with_its_place(kind: str) -> None:
    for name in set(example_data(kind)) - {"kind"}:
        with pytest.raises(msgspec.ValidationError, match=rf"\$\.{name}"):
            parsed({**example_data(kind), name: [["a", ["list"]]]}, kind)


# --------------------------------------------------------------------------- the key and nothing else


@each_kind
@each_time
@given(data=st.data())
def test_the_key_gets_the_full_score(kind: str, data: st.DataObject) -> None:
    item = data.draw(items(kind))
    response = item.key_response()
    grade = item.grade(response)
    assert grade.score == 1
    assert grade.verdict is Verdict.CORRECT
    assert all(part.is_right and not part.is_near for part in grade.parts)
    assert item.interaction().is_complete(response)
    assert isinstance(response, item.interaction().response_type)


@each_kind
def test_the_examples_key_gets_the_full_score(kind: str) -> None:
    item = example_of(kind)
    assert item.grade(item.key_response()).score == 1


def means_the_same(item: Item, response: Response) -> bool:
    """Say whether a response gives what the key gives, judged by the interaction and not by the kind."""
    key = item.key_response()
    match item.interaction(), response, key:
        case Choose(), Chosen(given), Chosen(wanted):
            return set(given) == set(wanted)
        case Order(), Ordered(given), Ordered(wanted):
            return given == wanted
        case (Match(), Matched(given), Matched(wanted)) | (Sort(), Sorted(given), Sorted(wanted)):
            return {side: given.get(side) for side in wanted} == wanted
        case Enter(fields), Entered(given), Entered(wanted):
            if len(given) < len(fields):
                return False
            texts = [*wanted, *(text for _, text in item.fields_to_check())]
            accepted = [plain(text) for text in texts]
            return all(
                any(abs(len(text) - len(typed)) <= 3 and OSA.distance(text, typed) <= 3 for text in accepted)
                for typed in map(plain, given[: len(fields)])
            )
    return False


def plain(text: str) -> str:
    """Return a text's letters and digits."""
    return "".join(character for character in text.casefold() if character.isalnum())


def wrong_numbers(item: Item) -> st.SearchStrategy[Response]:
    """Return numbers far from an item's key: by more than its strategy's tolerances."""
    key = float(eval(item.key_response().texts[0].replace(",", "")))
    away = max(6, abs(key) * 0.06)
    return st.integers(1, 10**9).flatmap(
        lambda far: st.sampled_from([f"{key + away + far:.2f}", f"{key - away - far:.2f}"])
    ).map(lambda typed: Entered((typed,)))  # fmt: skip


def almost_right(item: Item) -> list[Response]:
    """Return responses that are one step away from the key."""
    interaction, key = item.interaction(), item.key_response()
    found: list[Response] = []
    match interaction, key:
        case Choose(options), Chosen(chosen):
            others = [option for option in options if option not in chosen]
            less = [[each for each in chosen if each != option] for option in chosen]
            found += [Chosen((*chosen, other)) for other in others] + [Chosen(tuple(rest)) for rest in less]
            found += [Chosen((*rest, other)) for rest in less for other in others]
        case Order(), Ordered(entries):
            turns = [
                (*entries[:place], *entries[place : place + 2][::-1]) for place in range(len(entries) - 1)
            ]
            found += [Ordered((*turned, *entries[len(turned) :])) for turned in turns]
        case Match(_, rights), Matched(pairs):
            found += [Matched({**pairs, left: right}) for left in pairs for right in rights]
        case Sort(_, bins), Sorted(kept):
            found += [Sorted({**kept, member: name}) for member in kept for name in bins]
        case Enter(), Entered(texts):
            for place in range(len(texts)):
                changes = {"", "zzzzzzzzz", *texts, *(text for _, text in item.fields_to_check())}
                found += [Entered((*texts[:place], text, *texts[place + 1 :])) for text in changes]
                found.append(Entered(texts[:place]))
    return found


def other_responses(item: Item) -> st.SearchStrategy[Response]:
    """Return responses to an item of which many are nearly right."""
    interaction, key = item.interaction(), item.key_response()
    if isinstance(interaction, Enter) and interaction.fields[0].is_number:
        return wrong_numbers(item)
    if isinstance(interaction, Enter) and isinstance(key, Entered):
        texts = st.sampled_from(key.texts) | plain_words | words | st.sampled_from(ABSURD)
        return st.lists(texts, max_size=len(interaction.fields) + 1).map(tuple).map(Entered)
    return responses_to(interaction)


@each_kind
@settings(steady, max_examples=30)
@given(data=st.data())
def test_nothing_else_gets_the_full_score(kind: str, data: st.DataObject) -> None:
    item = data.draw(items(kind) | st.just(example_of(kind)))
    if item.is_self_graded:
        return
    responses = [data.draw(other_responses(item)), data.draw(any_responses()), *almost_right(item)]
    for response in responses:
        if not means_the_same(item, response):
            assert item.grade(response).score < 1, response


@each_kind
@each_time
@given(data=st.data())
def test_an_empty_response_is_refused_or_gets_nothing(kind: str, data: st.DataObject) -> None:
    item = data.draw(items(kind))
    interaction = item.interaction()
    blanks: list[Response] = [interaction.response_type()]
    if isinstance(interaction, Enter):
        blanks += [Entered(("",) * len(interaction.fields)), Entered((" \t ",))]
    for blank in blanks:
        assert not interaction.is_complete(blank) or item.grade(blank).score == 0
        assert item.grade(blank).score == 0


@each_kind
@settings(steady, max_examples=50)
@given(data=st.data())
def test_grading_never_raises_and_stays_between_0_and_1(kind: str, data: st.DataObject) -> None:
    item = data.draw(items(kind) | st.just(example_of(kind)))
    response = data.draw(any_responses() | responses_to(item.interaction()))
    language = data.draw(st.sampled_from(["en", "de", "fr", "pt-BR", "", "zz"]))
    grade = item.grade(response, language)
    assert isinstance(grade, Grade)
    assert 0 <= grade.score <= 1
    assert isinstance(item.interaction().is_complete(response), bool)


@each_kind
def test_grading_survives_each_absurd_text(kind: str) -> None:
    item = example_of(kind)
    places = len(item.key_response().texts) if isinstance(item.key_response(), Entered) else 2
    for absurd in ABSURD:
        texts = (absurd,) * places
        sides = {absurd: absurd}
        for response in (Entered(texts), Chosen(texts), Ordered(texts), Matched(sides), Sorted(sides)):
            assert item.grade(response).score == 0, (absurd[:20], type(response))


@each_kind
@each_time
@given(data=st.data())
def test_order_makes_no_difference_where_none_was_asked_for(kind: str, data: st.DataObject) -> None:
    item = data.draw(items(kind))
    interaction = item.interaction()
    is_typed = isinstance(interaction, Enter)
    response = data.draw(other_responses(item) if is_typed else responses_to(interaction))
    rng = Random(data.draw(st.integers(0, 99)))
    other: Response = response
    match interaction, response:
        case Choose(), Chosen(options):
            other = Chosen(tuple(rng.sample(options, len(options))))
        case Enter(fields, is_list=True), Entered(texts) if len(texts) <= len(fields):
            other = Entered(tuple(rng.sample(texts, len(texts))))
        case Match(), Matched(pairs):
            other = Matched(dict(rng.sample([*pairs.items()], len(pairs))))
        case Sort(), Sorted(bins):
            other = Sorted(dict(rng.sample([*bins.items()], len(bins))))
    assert item.grade(other).score == item.grade(response).score


# --------------------------------------------------------------------------- as plain data


@each_kind
@each_time
@given(data=st.data())
def test_all_of_it_survives_json(kind: str, data: st.DataObject) -> None:
    item = data.draw(items(kind))
    arranged = item.interaction().arranged(Random(1))
    response = data.draw(responses_to(arranged, unicode_text))
    assert msgspec.json.decode(msgspec.json.encode(response), type=Response) == response
    grade = item.grade(response)
    assert msgspec.json.decode(msgspec.json.encode(grade), type=Grade) == grade
    assert msgspec.json.decode(msgspec.json.encode(arranged), type=Interaction) == arranged
    assert msgspec.json.decode(msgspec.json.encode(item), type=KINDS[kind]) == item


@each_kind
def test_the_fingerprint_ignores_spacing_and_case(kind: str) -> None:
    data, print_of_it = example_data(kind), example_of(kind).fingerprint
    tried = 0
    for path, text in task_leaves(kind):
        for same in (text.swapcase(), f"  {text} ", text.replace(" ", "\n\t ")):
            try:
                item = parsed(with_leaf(data, path, same), kind)
            except msgspec.ValidationError:
                continue
            tried += 1
            assert item.fingerprint == print_of_it, path
    assert tried >= 3


@each_kind
def test_the_fingerprint_ignores_what_is_about_the_item(kind: str) -> None:
    data, print_of_it = example_data(kind), example_of(kind).fingerprint
    others: dict[str, Any] = {
        "id": "other-id", "topic": "other", "stimulus": "other", "rationale": "Another.", "cites": ["one"],
        "hint": "Another.", "tags": ["one"], "weight": "2", "shuffle": "false", "difficulty": "hard",
        "lint": {"ignore": ["x"], "reason": "y"},
    }  # fmt: skip
    assert set(others) <= ABOUT_THE_ITEM
    for name, value in others.items():
        assert parsed({**data, name: value}, kind).fingerprint == print_of_it, name


@each_kind
def test_the_fingerprint_ignores_feedback(kind: str) -> None:
    data, print_of_it = example_data(kind), example_of(kind).fingerprint
    for path, text in leaves(data):
        if path[-1] == "feedback":
            assert parsed(with_leaf(data, path, "Another feedback."), kind).fingerprint == print_of_it, path
            continue
        try:
            item = parsed(with_leaf(data, path, {"text": text, "feedback": "Feedback, new."}), kind)
        except msgspec.ValidationError:
            continue
        assert item.fingerprint == print_of_it, path


@each_kind
def test_the_fingerprint_changes_with_stem_options_and_key(kind: str) -> None:
    data, prints = example_data(kind), {example_of(kind).fingerprint}
    for path, text in task_leaves(kind):
        other = {"true": "false", "false": "true"}.get(text, f"{text}7")
        prints.add(parsed(with_leaf(data, path, other), kind).fingerprint)
    assert len(prints) == len(task_leaves(kind)) + 1
    assert len(prints) >= 3
    assert all(len(each) == 16 and int(each, 16) >= 0 for each in prints)


def test_fingerprints_tell_kinds_apart() -> None:
    class OtherCard(Flashcard, frozen=True, kw_only=True, tag="other-card"):
        """A kind with the same fields."""

    card, other = (kind(id="a", stem="s", back="b") for kind in (Flashcard, OtherCard))
    assert card.fingerprint != other.fingerprint


@each_kind
@each_time
@given(data=st.data())
def test_its_key_can_be_read(kind: str, data: st.DataObject) -> None:
    item = data.draw(items(kind))
    assert item.key_text().strip()
    assert example_of(kind).key_text().strip()


@each_kind
def test_every_text_of_it_can_be_checked(kind: str) -> None:
    data = example_data(kind)
    checked = {text for _, text in example_of(kind).fields_to_check()}
    texts = {text for path, text in leaves(data) if path[0] != "key" or kind != "true-false"}
    assert texts <= checked


# --------------------------------------------------------------------------- the interaction


def parts_of(interaction: Interaction) -> list[tuple[str, ...]]:
    """Return the sequences that an interaction shows and may shuffle."""
    match interaction:
        case Choose(options):
            return [options]
        case Order(entries):
            return [entries]
        case Match(lefts, rights):
            return [lefts, rights]
        case Sort(members):
            return [members]
    return []


@each_kind
@each_time
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_an_arrangement_is_a_permutation_that_a_seed_decides(
    kind: str, data: st.DataObject, seed: int
) -> None:
    interaction = data.draw(items(kind)).interaction()
    arranged = interaction.arranged(Random(seed))
    assert arranged == interaction.arranged(Random(seed))
    for before, after in zip(parts_of(interaction), parts_of(arranged), strict=True):
        assert sorted(after) == sorted(before)
    same = {"options", "entries", "lefts", "rights", "members"}
    for name in interaction.__struct_fields__:
        assert name in same or getattr(arranged, name) == getattr(interaction, name)


@each_kind
@each_time
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_shuffle_false_keeps_the_order(kind: str, data: st.DataObject, seed: int) -> None:
    item = msgspec.structs.replace(data.draw(items(kind)), shuffle=False)
    assert item.interaction().arranged(Random(seed)) == item.interaction()


@pytest.mark.parametrize("kind", SHUFFLED)
def test_arrangements_differ_from_seed_to_seed(kind: str) -> None:
    item = example_of(kind)
    arranged = [tuple(parts_of(item.interaction().arranged(Random(seed)))) for seed in range(40)]
    for place in range(len(arranged[0])):
        assert len({parts[place] for parts in arranged}) > 1


def test_true_and_false_keep_their_order() -> None:
    assert "true-false" not in SHUFFLED
    for seed in range(40):
        assert example_of("true-false").interaction().arranged(Random(seed)).options == ("True", "False")


@settings(steady)
@given(item=items("ordering"), seed=st.integers(0, 2**32))
def test_an_ordering_never_begins_solved(item: Item, seed: int) -> None:
    arranged = msgspec.structs.replace(item, shuffle=True).interaction().arranged(Random(seed))
    assert item.grade(Ordered(arranged.entries)).score < 1


@each_kind
@each_time
@given(data=st.data())
def test_it_says_what_to_do(kind: str, data: st.DataObject) -> None:
    instruction = data.draw(items(kind)).interaction().instruction
    assert instruction[0].isupper()
    assert instruction.endswith(".")
    assert "1 answers" not in instruction
    assert "1 gaps" not in instruction


# --------------------------------------------------------------------------- a kind that nobody listed

ODD_ONE_OUT = '''
"""One thing among several that does not belong."""

from quiz.core.grading import Chosen, Grade
from quiz.core.interaction import Choose
from quiz.core.item import Item, Text


class OddOneOut(Item, frozen=True, kw_only=True, tag="odd-one-out"):
    """An item that asks which of several things does not belong."""

    odd: Text
    others: tuple[Text, ...]

    summary = "Choose what does not belong."
    example = "id: odd\\nkind: odd-one-out\\nstem: Which is no fish?\\nodd: Whale\\nothers: [Cod, Eel]\\n"

    def interaction(self):
        return Choose((self.odd, *self.others), can_shuffle=self.shuffle)

    def key_response(self):
        return Chosen((self.odd,))

    def key_text(self):
        return self.odd

    def grade(self, response, language="en"):
        return Grade(float(response == self.key_response()))
'''


@pytest.fixture
def new_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "odd_one_out.py").write_text(ODD_ONE_OUT, encoding="utf-8")
    monkeypatch.setattr(quiz.core.kinds, "__path__", [*quiz.core.kinds.__path__, str(tmp_path)])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    all_kinds.cache_clear()
    yield "odd-one-out"
    sys.modules.pop("quiz.core.kinds.odd_one_out", None)
    vars(quiz.core.kinds).pop("odd_one_out", None)
    all_kinds.cache_clear()


def test_a_new_kind_is_one_new_file(new_kind: str) -> None:
    kind = all_kinds()[new_kind]
    item = msgspec.convert(yaml.load(kind.example, yaml.BaseLoader), kind, strict=False)
    assert item.kind == new_kind

    bank = Bank(format=1, bank="fish", title="Fish", items=(item,))
    shelf = Shelf.of(bank)
    opening = Opening(
        id="01890000-0000-7000-8000-000000000000", learner="mina", device="desk", mode=Mode.STUDY,
        banks=("fish",), seed=1, items=tuple(shelf), started=0,
    )  # fmt: skip
    session = StudySession.begin(opening, shelf)
    assert sorted(session.interaction.options) == ["Cod", "Eel", "Whale"]

    wrong = session.submit(Chosen(("Cod",)), at=1, duration_ms=1)
    assert (wrong.score, wrong.verdict) == (0, Verdict.INCORRECT)
    session = session.apply(wrong).advance()
    right = session.submit(Chosen(("Whale",)), at=2, duration_ms=1)
    assert (right.score, right.fingerprint) == (1, item.fingerprint)

    told = msgspec.json.decode(msgspec.json.encode([wrong, right]), type=list[Event])
    assert told == [wrong, right]
    rebuilt = StudySession.begin(opening, shelf, told)
    assert rebuilt.grade == Grade(1.0)
    assert rebuilt.advance().phase is Phase.FINISHED


def test_the_new_kind_is_gone_again() -> None:
    assert "odd-one-out" not in all_kinds()
