"""A fault for each of twenty rules, and as many items that look like them and are sound."""

from __future__ import annotations

import pytest

from quiz.authoring.check import checked_text
from tests.authoring.banks import codes_in, problems_in, single

FIGURE = "Which river is shown in the image below?"


def of(kind: str, fields: str) -> str:
    return f"{{id: a, kind: {kind}, rationale: R, {fields}}}"


def both(one: str, other: str) -> str:
    return f"{one}\n{other}"


SEEDED = [
    ("mangled-text", single("Which city is MÃ¼nchen?", "Munich", "Bonn")),
    ("mangled-text", single("Who wrote the play \ufffdon Carlos?", "Schiller", "Goethe")),
    ("literal-markup", single("Which **two-handed** tool is it?", "A saw", "A nail")),
    ("literal-markup", single("What does `len` return?", "A length", "A name")),
    ("literal-markup", single("Which gas is CO<sub>2</sub>?", "Carbonic", "Nitrous")),
    ("labelled-option", single("Which is a river?", "A) Seine", "B) Etna", "C) Nice")),
    ("answer-in-option", single("Which is a river?", "Seine (correct)", "Etna", "Nice")),
    ("answer-in-option", single("Which is a river?", "Seine", "Correct answer: A", "Nice")),
    ("equal-numbers", single("How much of it is left?", "0.25", "0.5", "0.50")),
    ("wide-tolerance", of("numeric", "stem: How many are there?, key: '20', tolerance: 60%")),
    (
        "count-mismatch",
        of("multiple-response", "stem: Which two are rivers?, keys: [Seine, Po, Elbe], distractors: [Etna]"),
    ),
    ("count-mismatch", of("listing", "stem: Name four rivers of Europe., keys: [Seine, Po, Elbe]")),
    ("missing-figure", single(FIGURE, "The Po", "The Elbe")),
    (
        "key-elsewhere-wrong",
        both(
            single("Which is the longest river?", "Nile", "Po", "Elbe"),
            single("Which is the longest river?", "Amazon", "Nile", "Oder", id="b"),
        ),
    ),
    (
        "several-keys",
        both(
            of("short-answer", "stem: Which river crosses Paris?, key: Seine"),
            of("short-answer", "stem: Which river crosses Paris?, key: The Marne").replace("id: a", "id: b"),
        ),
    ),
    ("quiet-negative", single("All of these are rivers except one.", "Etna", "Po", "Elbe")),
    ("quiet-negative", single("Which author has never won the prize?", "Kafka", "Mann", "Böll")),
    ("short-stem", single("Which is correct?", "Ice floats on water", "Ice sinks in water")),
    ("echoed-word", single("What does a wave machine make in a pool?", "High waves", "Foam", "Noise")),
    (
        "long-key",
        single("What is a glacier?", "A slowly moving mass of ice made of snow", "A river", "A sheet"),
    ),
    ("all-of-the-above", single("Which city is on the Seine?", "Paris", "Lyon", "None of the above")),
    ("article-cue", single("A red fruit is called an", "apple", "pear", "plum")),
    ("key-in-stem", of("short-answer", "stem: On which river is Nile City?, key: Nile")),
    ("key-in-hint", of("short-answer", "stem: Which river?, key: Nile, hint: The Nile.")),
    ("names-a-position", single("Which city is it?", "Paris", "Lyon", rationale="Option A is right.")),
    ("shuffle-off", of("ordering", "stem: Which order?, order: [x, y], shuffle: false")),
    ("duplicate-item", both(single("Who is it?", "Ada", "Bo"), single("Who is it?", "Ada", "Cy", id="b"))),
]  # fmt: skip

SOUND = [
    single("Which city is München?", "Munich", "Bonn"),
    single("Who wrote “Â propos”?", "Nobody", "Plato"),
    single("Which sum is 2 ** 3 ** 4?", "Large", "Small"),
    single("Which sign does a * b * c have?", "Plus", "Minus"),
    single("Is 3 < 4 and 5 > 4?", "Both are", "One is"),
    single("Which grade is better?", "A", "B", "C"),
    single("Who discovered the waves?", "H. Hertz", "A. Volta", "G. Ohm"),
    single("What is the correct answer to a salute?", "Another one", "A bow", "A nod"),
    single("How much of it is left?", "0.25", "0.5", "0.75"),
    of("numeric", "stem: How many are there?, key: '20', tolerance: 40%"),
    of("multiple-response", "stem: Which two are rivers?, keys: [Seine, Po], distractors: [Etna]"),
    of("listing", "stem: Name two rivers of Europe., keys: [Seine, Po, Elbe], ask_for: 2"),
    of("listing", "stem: Name the rivers that two countries share., keys: [Seine, Po, Elbe]"),
    single(FIGURE, "The Po", "The Elbe", stimulus="s"),
    single("What figure does the table below freezing stand for?", "Ten", "Two", stimulus="s"),
    both(
        single("Which of these is a river?", "Nile", "Etna", "Rome"),
        single("Which of these is a river?", "Po", "Bonn", "Oslo", id="b"),
    ),
    single("What happens when a file is not saved?", "It is lost", "It grows"),
    single("Who wrote a play in which nobody is named who does not die?", "Shakespeare", "Goethe"),
    single("Who was Ada Lovelace?", "A mathematician and writer", "A painter from Florence"),
    single("Where do you buy flowers at a florist's?", "In Florida", "In Georgia", "In Texas"),
    of("short-answer", "stem: Was it in the Jurassic or the Carboniferous?, key: Carboniferous"),
    of("short-answer", "stem: 'Find the mammal: pangolin, albatross, darter', key: the pangolin"),
    of("short-answer", "stem: Which organ was it? A = Kidney B = Liver C = Heart, key: Kidney"),
    of("short-answer", "stem: Who spent four weeks in the charts as the High Numbers?, key: The Who"),
    single("Which novel is the longest?", "The Strange Case of Doctor Jekyll and Mister Hyde", "Emma", "She"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "items"), SEEDED)
def test_a_seeded_fault_is_found_and_nothing_else(code: str, items: str) -> None:
    assert codes_in(items) == [code]


@pytest.mark.parametrize("items", SOUND)
def test_what_looks_like_a_fault_is_left_alone(items: str) -> None:
    assert codes_in(items, "stimuli: {s: {text: A map.}}\n" if "stimulus" in items else "") == []


def test_there_are_faults_of_twenty_rules_and_as_many_sound_items() -> None:
    assert len({code for code, _ in SEEDED}) >= 20 <= len(SOUND)


def findings_of(items: str, head: str = "") -> list[tuple[str, str, str]]:
    text = f"format: 1\nbank: b\ntitle: T\n{head}items:\n{items}"
    return [(one.code, one.item, one.path) for one in checked_text(text.encode(), "b.yaml").findings]


# --------------------------------------------------------------------------- as it is written

WRITTEN = "  - {{id: a, stem: Does it live in water?, key: {key}, distractors: {others}, rationale: R}}\n"


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ("[Yes, because it swims, It depends]", ["comma-in-list"]),
        ("['Yes, because it swims', It depends]", []),
        ("[Lyon, Aix, Nice]", []),
        ("[Up and down, left and right]", []),
        ("[Yes, because it swims, No, because it walks]", ["comma-in-list"] * 2),
        ("[Global Light, the Screen mode, Knockout]", []),
        ("[In Belgium, from a ship]", ["comma-in-list"]),
        ("['Ghent, Belgium', from a ship]", []),
        ("[He never tried., by car]", []),
        ("[None of these, after the war]", ["all-of-the-above"]),
        ("[Falling, Setting, in Aquarius]", []),
        ("[No change is needed, in a hybrid cloud, one more host]", []),
    ],
)
def test_a_comma_that_splits_a_sentence(others: str, found: list[str]) -> None:
    assert [code for code, *_ in findings_of(WRITTEN.format(key="K", others=others))] == found


def test_a_comma_within_braces_says_what_to_do() -> None:
    (found,) = checked_text(
        b"format: 1\nbank: b\ntitle: T\nitems:\n"
        b"  - {id: a, stem: S, key: {text: Yes, because it swims}, distractors: [D], rationale: R}\n",
        "b.yaml",
    ).findings
    assert (found.code, found.item, found.path) == ("comma-in-text", "a", "items[0].key.because it swims")
    assert "quotes" in found.help


@pytest.mark.parametrize(
    ("key", "is_told"),
    [
        ("no", True),
        ("012", True),
        ("12:30", True),
        ("1.50", True),
        ("'no'", False),
        ("none", False),
        ("12", False),
    ],
)
def test_a_key_that_other_programs_read_otherwise(key: str, is_told: bool) -> None:
    codes = [code for code, *_ in findings_of(WRITTEN.format(key=key, others="[Dee]"))]
    assert codes == (["read-otherwise"] if is_told else [])


# --------------------------------------------------------------------------- once for a bank


def test_rationales_that_most_items_lack_are_asked_for_once() -> None:
    items = "\n".join(
        f"{{id: i{n}, stem: Which river is number {n}?, key: Po, distractors: [Oder]}}" for n in range(9)
    )
    (problem,) = [problem for problem in problems_in(items) if problem.code == "no-rationale"]
    assert problem.where == ("items",)
    assert "9 items of 9" in problem.message


def test_words_that_claim_too_much_are_a_note_on_the_bank() -> None:
    def bank(right: int) -> str:
        return "\n".join(
            single(
                f"What is so of thing number {n}?",
                "It always does what it must" if n < right else "It does what it must",
                "It never does what it must" if n >= right else "It does it now and then",
                "It does nothing by itself", id=f"i{n}",
            )
            for n in range(14)
        )  # fmt: skip

    (problem,) = [problem for problem in problems_in(bank(0)) if problem.code == "absolute-distractor"]
    assert (problem.severity.value, problem.where) == ("note", ("items",))
    assert "14 of 14" in problem.message
    assert "absolute-distractor" not in codes_in(bank(5))


def test_advice_is_in_the_words_of_the_banks_language() -> None:
    german = problems_in(single("Welche Stadt liegt nicht am Rhein?", "Berlin", "Bonn"), "language: de\n")
    assert ["NICHT" in problem.help for problem in german] == [True]
    english = problems_in(single("Which city is not on the Rhine?", "Berlin", "Bonn"))
    assert ["NOT, EXCEPT" in problem.help for problem in english] == [True]
