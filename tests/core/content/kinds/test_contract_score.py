"""Every kind: the key gets the full score, nothing else does, and no response raises."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from quiz.core.content.grading import Chosen, Entered, Grade, Matched, Ordered, Response, Sorted, Verdict
from quiz.core.content.interaction import Choose, Enter, Match, Order, Sort
from quiz.core.content.item import Item
from quiz.core.text.answer_rules import AnswerRules
from tests.core.content.kinds.contract import each_kind, each_time
from tests.sampling import tries
from tests.strategies import (
    ABSURD,
    any_responses,
    example_of,
    items,
    plain_words,
    responses_to,
    steady,
    words,
)


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
    key = float(Fraction(item.key_response().texts[0].replace(",", "")))
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
@settings(steady, max_examples=tries(30))
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
@settings(steady, max_examples=tries(50))
@given(data=st.data())
def test_grading_never_raises_and_stays_between_0_and_1(kind: str, data: st.DataObject) -> None:
    item = data.draw(items(kind) | st.just(example_of(kind)))
    response = data.draw(any_responses() | responses_to(item.interaction()))
    language = data.draw(st.sampled_from(["en", "de", "fr", "pt-BR", "", "zz"]))
    grade = item.grade(response, AnswerRules(language))
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
