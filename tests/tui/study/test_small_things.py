"""What a day's study asks of the screen: what it says, what it shows, and how few keys it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from quiz.config.settings import Config
from quiz.core.content.grading import Confidence
from quiz.core.study_filter import StudyFilter
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.home.settings import SettingsScreen
from quiz.tui.responses.row import ResponseRow
from quiz.tui.routes import Study
from quiz.tui.study.results import ResultsScreen
from quiz.tui.widgets.item_pane import ItemPane
from quiz.tui.widgets.row_list import RowList
from tests.fakes import HOUR, SECOND, FakeClock, make_workspace
from tests.sample_banks import SMALL
from tests.screens import NAMES, flat, places_of, press, shown

Make = Callable[..., QuizApp]

CARDS = """\
format: 1
bank: small
title: Cards
items:
  - {id: one, kind: flashcard, stem: Front one, back: Back one}
  - {id: two, kind: flashcard, stem: Front two, back: Back two}
"""
SORTED = """\
format: 1
bank: small
title: Sorted
items:
  - {id: one, kind: true-false, stem: Is it so?, key: true}
  - {id: two, kind: sorting, stem: Into which?, categories: {Left: [Ash, Oak], Right: [Elm]}}
"""
ENTER = """\
format: 1
bank: small
title: What enter does
items:
  - {id: one, kind: sorting, stem: Into which?, categories: {Left: [Ash, Oak], Right: [Elm]}}
  - {id: two, kind: matching, stem: Which belong together?, pairs: {Left: Right, Up: Down}}
  - {id: three, kind: listing, stem: Name two seas., keys: [Baltic, Black]}
  - {id: four, kind: cloze, text: "It is {{cold}} and {{wet}}."}
"""
WISHES = """\
format: 1
bank: small
title: Wishes
stimuli:
  exports: {title: Exports, table: [[Year, Norland], [2000, Oil], [2005, Oil], [2010, Tin], [2015, Tin]]}
items:
  - id: one
    kind: matching
    stem: Which belong together?
    pairs: {Left: Right, Up: Down}
    distractors: [{text: Wrong, feedback: That is no side.}]
  - id: two
    stimulus: exports
    stem: What did the country sell in the year two thousand, and in which of these years did it sell more?
    key: The first
    distractors: [{text: The second, feedback: It is the other way round.}, The third, The fourth]
    shuffle: false
    rationale: The table says which, and that it fell with every year that came after the first of all.
"""
LONG = """\
format: 1
bank: small
title: Long
notes:
  note:
    title: The note
    where: the third of many long pages, near its foot, beneath a picture of the harbour
    text: |
      It begins with much that has nothing to do with the question. It goes on like that for a while, and then
      for a while more, until everybody has forgotten what was asked. The ambassador came from Ruritania. Then
      it ends, after some more words that nobody needs to read at all, and yet they are there to be read.
items:
  - id: one
    stem: Where did the ambassador come from, whom everybody expected to see on that very evening?
    key: Ruritania, which lies beyond the mountains and is seldom visited by anybody at all these days
    distractors:
      - Graustark, which lies beyond the lake and is seldom visited by anybody at all these days either
      - Orsinia, which lies beyond the river and is seldom visited by anybody at all these days either
      - Syldavia, which lies beyond the woods and is seldom visited by anybody at all these days either
      - Borduria, which lies beyond the plain and is seldom visited by anybody at all these days either
      - Zubrowka, which lies beyond the peaks and is seldom visited by anybody at all these days either
    shuffle: false
    rationale: The ambassador was Ruritanian.
    cites: [note]
"""


@pytest.fixture
def make_app(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Make]:
    made: list[Workspace] = []

    def make(bank: str = SMALL, **config: object) -> QuizApp:
        workspace = make_workspace(tmp_path, bank_file(bank), config=Config(**config), clock=clock)
        made.append(workspace)
        return QuizApp(workspace, Study(StudyFilter(banks=("small",))))

    yield make
    for workspace in made:
        workspace.record.close()


def notices(app: QuizApp) -> list[str]:
    return [notice.message for notice in app._notifications]


async def test_feedback_names_the_option_it_is_about(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, clock, "2", "enter")
        assert "✗ 2 Lyon your answer" in flat(app)
        assert "✗ Not quite. Lyon is the third largest." in flat(app)


@pytest.mark.parametrize("is_given_twice", [False, True])
async def test_feedback_on_a_side_stands_beneath_its_pair_or_names_it(
    make_app: Make, clock: FakeClock, is_given_twice: bool
) -> None:
    app = make_app(WISHES)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        labels = {row.plain_text: row.label or "" for row in app.screen.query(ResponseRow)}
        second = labels["Wrong" if is_given_twice else "Down"]
        await press(pilot, clock, labels["Left"], labels["Wrong"], second, "enter")
        assert flat(app).count("That is no side.") == 1
        assert ("Wrong: That is no side." in flat(app)) is is_given_twice


async def test_a_stimulus_leaves_the_stem_and_the_right_answer_in_sight(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app(WISHES)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "s", "2", "enter")
        said = flat(app)
        assert "What did the country sell" in said
        assert "✓ 1 The first correct answer" in said
        assert "every year that came after the first of all." in said
        frame = [line.rstrip() for line in shown(app).splitlines() if "Exports" in line]
        assert frame[0].endswith("╮")


async def test_the_usual_spelling_is_told_once(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, clock, "1", "enter", "enter")
        await press(pilot, clock, *"Pacifik", "enter")
        assert flat(app).count("usual spelling") == 1


async def test_skipping_and_putting_off_say_what_they_did(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await press(pilot, clock, "minus")
        assert notices(app)[-1] == "Put off until tomorrow. f9 takes it back."  # u is typed into the field
        await press(pilot, clock, "f6")
        assert notices(app)[-1] == "Put off: it comes again at the end. u takes it back."
        await press(pilot, clock, "s", "s", "f6")
        assert notices(app)[-1] == "Left out of this session. u takes it back."
        await press(pilot, clock, "u")
        assert notices(app) == []
        await press(pilot, clock, "f9", "u", "u", "f9")
        assert "Which city is the capital of France?" in flat(app)
        assert not app.screen.query(Input)


async def test_undo_takes_back_what_was_just_sorted_before_the_last_answer(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app(SORTED)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, clock, "1", "enter", "enter", "1", "2")
        assert "1 of 3 is not sorted yet." in flat(app)
        await press(pilot, clock, "u")
        assert "2 of 3 are not sorted yet." in flat(app)
        assert "u Undo" in flat(app)
        await press(pilot, clock, "u")
        assert "3 of 3 are not sorted yet." in flat(app)
        await press(pilot, clock, "u")
        assert "Is it so?" in flat(app)
        assert "u Undo" not in flat(app)


async def test_undo_while_typing_takes_back_what_was_typed(make_app: Make, clock: FakeClock) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, clock, "1", "enter", "enter", *"Pa", "f9")
        assert app.screen.query_one(Input).value == ""
        await press(pilot, clock, "f9")
        assert "Which city is the capital of France?" in flat(app)


async def test_the_clock_of_a_session_that_was_left_goes_on(make_app: Make, clock: FakeClock) -> None:
    """It is the time spent answering, as the end tells it: verdicts and breaks do not count."""
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        clock.go_on(19 * SECOND)
        await press(pilot, clock, "1")
        await press(pilot, clock, "enter")
        assert "1 of 4 0:21" in flat(app)
        clock.go_on(HOUR)
        await press(pilot, clock, "enter", "escape")
        clock.go_on(HOUR)
        app.go(Study(StudyFilter()))
        await pilot.pause()
        assert "2 of 4 0:21" in flat(app)


async def test_a_flashcard_takes_two_keys(make_app: Make, clock: FakeClock) -> None:
    app = make_app(CARDS)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        assert shown(app).splitlines()[-1].split("  ")[1] == "⏎ Show the back"
        await press(pilot, clock, "space")
        assert "Back one" in flat(app)
        bar = shown(app).splitlines()[-1]
        assert "1 Again  2 Hard  3 Good  4 Easy" in bar
        assert "Answer" not in bar
        await press(pilot, clock, "3")
        assert "Front two" in flat(app)
        await press(pilot, clock, "u")
        assert "Front one" in flat(app)
        await press(pilot, clock, "space", "3", "space", "3")
        assert isinstance(app.screen, ResultsScreen)


async def test_a_verdict_shows_the_missed_row_and_the_note_s_sentence(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "6", "enter")
        said = flat(app)
        assert "your answer" in said
        assert "✗ Not quite. The ambassador was Ruritanian." in said
        await press(pilot, clock, "pagedown", "pagedown")
        assert "The ambassador came from Ruritania." in flat(app)
        assert "It begins with much" not in flat(app)
        assert (
            "The note · the third of many long pages, near its foot, beneath a picture of the harbour"
            in flat(app)
        )


async def test_a_note_is_shown_whole_where_there_is_room(make_app: Make, clock: FakeClock) -> None:
    app = make_app(LONG)
    async with app.run_test(size=(120, 50)) as pilot:
        await press(pilot, clock, "1", "enter")
        assert "It begins with much" in flat(app)
        assert "to be read." in flat(app)


async def test_settings_can_be_changed_while_studying_and_count_at_once(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, clock, "1")
        assert "fairly sure" not in flat(app)
        await press(pilot, clock, "comma")
        assert isinstance(app.screen, SettingsScreen)
        rows = app.screen.query_one(RowList)
        rows.cursor = [row.key for row in rows.rows].index("confidence")
        await pilot.pause()
        await press(pilot, clock, "enter", "escape")
        assert "⏎ Fairly sure" in flat(app)
        assert "1 ● Paris" in shown(app)  # what was chosen is still there
        await press(pilot, clock, "f2")
        assert app.screen.live.session.attempt.confidence is Confidence.SURE


async def test_labels_take_their_keys_and_the_bar_names_the_others(make_app: Make, clock: FakeClock) -> None:
    pairs = ", ".join(f"left {number}: right {number}" for number in range(1, 8))
    app = make_app(
        "format: 1\nbank: small\ntitle: Pairs\nitems:\n"
        f"  - {{id: one, kind: matching, stem: Match., pairs: {{{pairs}}}}}\n"
    )
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert [len(places_of(app, f" {letter} ")) > 0 for letter in "abcdefg"] == [True] * 7
        assert "f7 Flag" in shown(app).splitlines()[-1]
        await press(pilot, clock, "f")
        assert not app.screen.live.session.flagged
        assert app.screen.response.open_count == 6
        await pilot.resize_terminal(76, 30)
        await pilot.pause()
        assert "esc Leave" in shown(app).splitlines()[-1]


async def test_an_item_beside_its_rail_finds_its_place_at_any_height(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(SMALL)
    times = 0
    set_out = ItemPane.set_out

    def counted(pane: ItemPane) -> None:
        nonlocal times
        times += 1
        set_out(pane)

    monkeypatch.setattr(ItemPane, "set_out", counted)
    async with app.run_test(size=(110, 24)) as pilot:
        for height in range(24, 44):
            await pilot.resize_terminal(110, height)
            await pilot.pause()
    assert times < 100


async def test_the_key_bar_and_the_button_say_what_enter_does(make_app: Make, clock: FakeClock) -> None:
    app = make_app(ENTER)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for keys, said in (
            ("111", "Answer"), ("→", "Sort"), ("⏎", "Answer"), ("⏎", "Next"), ("⏎", ""), ("aa", "Answer"),
            ("→", "Pair"), ("⏎", "Answer"), ("⏎", "Next"), ("⏎b", "Add"), ("⌫", ""), ("b⏎", "Answer"),
            ("c⏎⏎", "Next"), ("⏎c", "Next gap"), ("⏎", "Answer"), ("↑", "Next gap"),
        ):  # fmt: skip
            await press(pilot, clock, *(NAMES.get(key, key) for key in keys))
            assert flat(app).count(f"⏎ {said} ") == (2 if said else 0), keys


@pytest.mark.parametrize(("height", "is_told"), [(44, True), (43, False)])
async def test_a_high_rail_tells_after_the_verdict_what_was_answered_before(
    make_app: Make, clock: FakeClock, height: int, is_told: bool
) -> None:
    app = make_app(SORTED.split("  - {id: two", maxsplit=1)[0])
    async with app.run_test(size=(120, height)) as pilot:
        await press(pilot, clock, "2", "enter", "enter")
        clock.go_on(HOUR)
        await pilot.pause()
        assert "✗ 18 Jun 2025" not in flat(app)
        await press(pilot, clock, "1", "enter")
        await pilot.pause()
        rail = "|".join(line[85:].strip() for line in shown(app).splitlines())
        assert ("|✓ 18 Jun 2025  after 1 h|True||✗ 18 Jun 2025|False|" in rail) is is_told
