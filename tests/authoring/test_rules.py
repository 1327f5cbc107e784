"""What each rule finds, where, and what it leaves alone."""

from __future__ import annotations

import weakref

import pytest

from quiz.authoring.lint import all_rules
from quiz.authoring.lint.banks import task_of
from quiz.authoring.quality import quality_of
from quiz.authoring.rule import BankContext, Rule
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Severity
from quiz.core.content.kinds import all_kinds
from quiz.core.content.kinds.single_choice import SingleChoice
from tests.authoring.banks import bank_of, codes_in, problems_in, single

ASKED = "Which of these is the capital of France?"


def of(kind: str, fields: str) -> str:
    """Return an item of a kind that is sound but for what is asked for."""
    return f"{{id: a, kind: {kind}, rationale: R, {fields}}}"


@pytest.mark.parametrize(
    ("code", "item"),
    [
        ("all-of-the-above", single(ASKED, "All of these.", "Lyon", "Nice")),
        ("all-of-the-above", single(ASKED, "Paris", "Lyon", "Both A and B")),
        ("long-key", single(ASKED, "Paris, which lies on the river Seine", "Lyon", "Nice")),
        ("echoed-word", single("How do tourists get to the lake?", "By lake boats", "By train", "On foot")),
        ("echoed-word", single("Who leads these companies?", "The company head", "A king", "A mayor")),
        ("article-cue", single("What has a hoof is a ___.", "horse", "eagle", "otter")),
        ("article-cue", single("He was made an ...", "honorary member", "member", "guest")),
        ("shuffle-off", single(ASKED, "Paris", "Lyon", "Nice", shuffle="false")),
        ("shuffle-off", of("matching", "stem: Match., pairs: {x: p, y: q}, shuffle: false")),
        ("shuffle-off", of("sorting", "stem: Sort., categories: {A: [x], B: [y]}, shuffle: false")),
        ("quiet-negative", single("Which of these is not a city?", "Seine", "Lyon", "Nice")),
        ("quiet-negative", single("Which of these isn't a city?", "Seine", "Lyon", "Nice")),
        ("quiet-negative", of("true-false", "stem: Paris is not large., key: false")),
        ("short-stem", single("Which is true?", "Paris is a large city", "Paris is a small town")),
        ("too-long-to-project", single("word " * 50 + "?", "Paris", "Nice", tags="[wall]")),
        ("too-long-to-project", single(ASKED, "Paris", "Nice " * 30, tags="[vote]")),
        ("too-long-to-project", of("cloze", f"tags: [vote], text: '{'word ' * 45}{{{{Nile}}}}'")),
        ("key-in-hint", single(ASKED, "Paris", "Lyon", hint="It is Paris.")),
        ("no-rationale", "{id: a, stem: Which city is it?, key: Paris, distractors: [Nice]}"),
        ("names-a-position", single(ASKED, "Paris", "Lyon", rationale="The first answer is wrong.")),
        ("names-a-position", single(ASKED, "Paris", "Lyon", hint="B is wrong.")),
    ],
)  # fmt: skip
def test_it_is_found(code: str, item: str) -> None:
    assert codes_in(item) == [code]


@pytest.mark.parametrize(
    "item",
    [
        single(ASKED, "Paris", "Lyon", "Nice"),
        single("Which is so?", "Water always boils", "Ice always sinks", "Salt melts"),
        single("Which is so?", "Water boils", "Nearly all ice sinks", "Salt melts"),
        single("What is so of water?", "It boils at a hundred", "It freezes at ten"),
        single("Which river do tourists follow?", "The river Nile", "The river Po", "The Alps"),
        single("A red fruit is called an", "apple", "orange", "elderberry"),
        single("A red fruit is called a(n)", "apple", "pear", "plum"),
        single("He went to a", "university", "European school", "one-room school"),
        single("She became an", "MP", "FBI agent", "heir", "umpire"),
        single("Which of these is NOT a city?", "Seine", "Lyon", "Nice"),
        single("Who said “I do not know”?", "Nobody", "Plato", "Kant"),
        single("Which of these is large, and not only high?", "K2", "Etna"),
        single("Why is it so in the article, and not in the book?", "Chance", "Luck"),
        single("How many legs has a spider?", "8", "2", "four", "1"),
        single("Which?", "A hen", "A cock", stimulus="s"),
        single(ASKED, "Paris", "Lyon", rationale="Vitamin A is none. Its last king chose it."),
        of("short-answer", "stem: Which is not a river?, key: Alps"),
        "{id: a, kind: flashcard, stem: What is it?, back: A river}",
        of("true-false", "stem: Paris is large., key: true, shuffle: false"),
        of("numeric", "stem: How many of the 12 are odd?, key: '6', hint: Half of 12."),
        of("cloze", "text: 'A {{river}} flows.', hint: The first option is wrong."),
    ],
)
def test_it_is_left_alone(item: str) -> None:
    head = "stimuli: {s: {text: A farm.}}\n" if "stimulus" in item else ""
    assert codes_in(item, head) == []


def test_findings_stand_where_the_fault_is() -> None:
    places = {
        problem.code: problem.where
        for problem in problems_in(
            single(
                "A fruit is an", "apple", "pear", "None of these", hint="Option B is wrong.", shuffle="false"
            )
        )
    }
    assert places == {
        "all-of-the-above": ("items", 0, "distractors", 1),
        "article-cue": ("items", 0, "distractors", 0),
        "names-a-position": ("items", 0, "hint"),
        "shuffle-off": ("items", 0, "shuffle"),
    }


def test_options_with_feedback_are_options() -> None:
    item = (
        "{id: a, stem: Which of these cities is it?, key: {text: Paris, feedback: Yes.}, rationale: R,"
        " distractors: [{text: All of the above, feedback: Option A is right.}, Nice]}"
    )
    assert {problem.code: problem.where for problem in problems_in(item)} == {
        "all-of-the-above": ("items", 0, "distractors", 0, "text"),
        "names-a-position": ("items", 0, "distractors", 0, "feedback"),
    }


# --------------------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("language", "code", "item"),
    [
        ("de", "quiet-negative", single("Welche Stadt liegt nicht am Rhein?", "Berlin", "Bonn", "Mainz")),
        ("de-AT", "all-of-the-above", single("Welche Stadt ist es?", "Wien", "Graz", "Keine der genannten")),
        (
            "de",
            "names-a-position",
            single("Welche Stadt ist es?", "Wien", "Graz", rationale="Antwort B stimmt."),
        ),
        ("fr", "all-of-the-above", single("Quelle est la ville ?", "Paris", "Aucune de ces réponses")),
        ("es", "quiet-negative", single("¿Cuál no es una ciudad?", "Ebro", "Madrid")),
    ],
)
def test_other_languages_have_lists_of_their_own(language: str, code: str, item: str) -> None:
    assert codes_in(item, f"language: {language}\n") == [code]


def test_a_rule_without_a_list_is_off() -> None:
    item = single(
        "Mikä ei ole? An", "Apple is not", "None of the above", "Pear always", rationale="Option A."
    )
    assert codes_in(item, "language: fi\n") == []
    assert "all-of-the-above" in codes_in(item, "language: en\n")


def test_words_are_kept_as_they_are_looked_for() -> None:
    from quiz.authoring.word_lists import WORDS
    from quiz.core.text.answer_matching import normalised

    for language, words in WORDS.items():
        for word in words.absolutes | words.fillers | words.hedges:
            left = normalised(f"x {word} x", language).split()[1:-1]
            assert left in ([word], []), (language, word)  # articles go


# --------------------------------------------------------------------------- banks


def test_the_same_item_twice_is_an_error() -> None:
    items = f"{single(ASKED, 'Paris', 'Lyon')}\n{single(ASKED.upper(), 'PARIS', 'Nice', id='b')}"
    (problem,) = problems_in(items)
    assert (problem.code, problem.severity, problem.where) == ("duplicate-item", Severity.ERROR, ("items", 1))
    assert "“a”" in problem.message


def test_the_same_statement_is_the_same_item_whichever_way_it_is_judged() -> None:
    statement = "{{id: {id}, kind: true-false, stem: Paris is large., key: {key}, rationale: R}}"
    assert codes_in(f"{statement.format(id='a', key='true')}\n{statement.format(id='b', key='false')}") == [
        "duplicate-item"
    ]


def test_items_that_differ_in_kind_key_text_or_stimulus_are_not_the_same() -> None:
    assert (
        codes_in(
            f"{single(ASKED, 'Paris', 'Lyon')}\n"
            f"{single(ASKED, 'Paris city', 'Lyon city', id='b')}\n"
            f"{single(ASKED, 'Paris', 'Lyon', id='c', stimulus='s')}\n"
            f"{{id: d, kind: short-answer, stem: '{ASKED}', key: Paris, rationale: R}}\n"
            "{id: e, kind: cloze, text: 'The {{Nile}}.', rationale: R}\n"
            "{id: f, kind: cloze, text: 'The {{Po}}.', rationale: R}\n",
            "stimuli: {s: {text: A map.}}\n",
        )
        == []
    )


def test_what_nobody_asks_about_is_found() -> None:
    head = (
        "notes: {n: {title: N, text: x}, m: {title: M, text: x}}\n"
        "stimuli: {s: {text: x}}\ntopics: {a: A, b: B, c: C}\n"
    )
    items = "\n".join(
        single(f"{ASKED} {number}", "Paris", "Lyon", id=name, topic=topic, cites="[n]")
        for number, (name, topic) in enumerate([("x", "a"), ("y", "a"), ("z", "b")])
    )
    assert {(problem.code, problem.where) for problem in problems_in(items, head)} == {
        ("note-never-asked", ("notes", "m")),
        ("unused-stimulus", ("stimuli", "s")),
        ("thin-topic", ("topics", "b")),
        ("thin-topic", ("topics", "c")),
    }


def test_a_single_topic_may_have_a_single_item() -> None:
    assert codes_in(single(ASKED, "Paris", "Lyon", topic="a"), "topics: {a: A}\n") == []


# --------------------------------------------------------------------------- keys of a bank


def statements(true: int, false: int) -> str:
    return "\n".join(
        f"{{id: s{number}, kind: true-false, stem: Statement {number} is so., rationale: R, "
        f"key: {'true' if number < true else 'false'}}}"
        for number in range(true + false)
    )


def test_statements_that_are_mostly_true_are_found() -> None:
    (problem,) = problems_in(statements(18, 2))
    assert problem.code == "key-positions"
    assert "True 18×, False 2×" in problem.message
    assert "chi-square 12.8, 1 df, p = 0.0003" in problem.message
    assert codes_in(statements(11, 9)) == []


def test_few_statements_tell_nothing() -> None:
    assert codes_in(statements(9, 0)) == []


def test_shuffled_keys_have_no_position() -> None:
    items = "\n".join(
        single(f"{ASKED} {number}", "Paris", "Lyon", "Nice", id=f"i{number}") for number in range(40)
    )
    assert "key-positions" not in codes_in(items)


def test_the_longest_option_as_key_is_found_where_it_is_no_chance() -> None:
    def items(longest: int, total: int = 12) -> str:
        return "\n".join(
            single(
                f"{ASKED} {number}", "Parisian" if number < longest else "Paris",
                "Lyon", "Metz", "Nice" if number < longest else "Toulon", id=f"i{number}",
            )
            for number in range(total)
        )  # fmt: skip

    (problem,) = problems_in(items(9))
    assert problem.code == "longest-is-key"
    assert "in 9 of 12 items" in problem.message
    assert "3.0" in problem.message
    assert codes_in(items(5)) == []


# --------------------------------------------------------------------------- what is let stand

NEGATIVE = "Which of these is not a city?"


def test_what_is_let_stand_is_left_out() -> None:
    lint = "{ignore: [quiet-negative], reason: The law says so.}"
    assert codes_in(single(NEGATIVE, "Seine", "Lyon", lint=lint)) == []
    assert codes_in(single(NEGATIVE, "Seine", "Lyon"), f"lint: {lint}\n") == []


def test_it_is_left_out_for_its_item_alone() -> None:
    lint = "{ignore: [quiet-negative], reason: The law says so.}"
    other = single(NEGATIVE.replace("city", "river"), "Lyon", "Po", id="b")
    (problem,) = problems_in(f"{single(NEGATIVE, 'Seine', 'Lyon', lint=lint)}\n{other}")
    assert (problem.code, problem.where) == ("quiet-negative", ("items", 1, "stem"))


@pytest.mark.parametrize(
    ("ignore", "code", "said"),
    [
        ("quiet-negativ", "bad-ignore", "Did you mean “quiet-negative”?"),
        ("missing-field", "bad-ignore", "cannot be accepted"),
        ("long-key", "idle-ignore", "no “long-key”"),
    ],
)
def test_codes_that_let_nothing_stand_are_found(ignore: str, code: str, said: str) -> None:
    (problem,) = problems_in(single(ASKED, "Paris", "Lyon", lint=f"{{ignore: [{ignore}], reason: R}}"))
    assert (problem.code, problem.where) == (code, ("items", 0, "lint", "ignore", 0))
    assert said in problem.message


def test_a_reason_is_asked_for() -> None:
    (problem,) = problems_in(single(NEGATIVE, "Seine", "Lyon", lint="{ignore: [quiet-negative]}"))
    assert (problem.code, problem.where) == ("ignored-without-reason", ("items", 0, "lint"))


def test_even_that_may_stand() -> None:
    lint = "{ignore: [quiet-negative, ignored-without-reason]}"
    assert codes_in(single(NEGATIVE, "Seine", "Lyon", lint=lint)) == []


# --------------------------------------------------------------------------- all rules


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_says_why_and_what_to_do(rule: Rule) -> None:
    assert rule.why.endswith(".")
    assert rule.mend.endswith(".")
    assert rule.code == rule.code.lower()


@pytest.mark.parametrize("kind", all_kinds())
def test_every_kinds_example_is_well_written(kind: str) -> None:
    from tests.strategies import example_of

    bank = Bank(format=1, bank="b", title="T", items=(example_of(kind),))
    assert quality_of(bank).problems == ()


def numbered(many: int) -> Bank:
    """Return a bank of items that ask for different things."""
    items = (single(f"Which one is no. {at}?", f"City {at}", "Lyon", id=f"a{at}") for at in range(many))
    return bank_of("\n".join(items))


def test_all_rules_take_one_look_at_each_item(monkeypatch: pytest.MonkeyPatch) -> None:
    bank, looks, interaction = numbered(20), [], SingleChoice.interaction
    monkeypatch.setattr(SingleChoice, "interaction", lambda item: looks.append(item) or interaction(item))
    quality_of(bank)
    assert len(looks) == len(bank.items)


def test_what_was_worked_out_of_an_item_is_let_go_of() -> None:
    looked_through = BankContext(numbered(9)).looked_through([task_of])
    contexts = [weakref.ref(context) for context in looked_through]
    assert sum(context() is not None for context in contexts) <= 1
