"""Home's figures: today's share apart from what waits, what was left, and counts that agree everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import msgspec
import pytest

from quiz.cli.main import main
from quiz.config.settings import Config
from quiz.core.drill.settings import DrillSettings
from quiz.core.events.model import EventKind
from quiz.core.exam.settings import ExamSettings
from quiz.core.session import Phase
from quiz.core.study.progress import progress
from quiz.core.study_filter import StudyFilter
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.services.exam.start import start_exam
from quiz.services.home import bank_topics, bank_view, home_view, pace_ms
from quiz.services.left_sessions import end_session
from quiz.services.statistics import bank_figures, overview_of
from quiz.services.study.daily_limits import TEN_MORE
from quiz.services.study.live import LiveStudy
from quiz.services.study.start import open_study, start_study
from quiz.services.workspace import Workspace
from tests.fakes import DAY, HOUR, MINUTE, SECOND, FakeClock, make_workspace
from tests.sample_banks import SMALL

ITEM = "  - {id: i%d, stem: 'Question %d?', key: right, distractors: [wrong, worse]}\n"
Write = Callable[..., Path]
Open = Callable[..., Workspace]


def of_items(count: int, name: str = "many") -> str:
    head = f"format: 1\nbank: {name}\ntitle: {name.title()}\nlanguage: en\nitems:\n"
    return head + "".join(ITEM % (k, k) for k in range(count))


@pytest.fixture
def opened(tmp_path: Path, clock: FakeClock, bank_file: Write) -> Iterator[Open]:
    made: list[Workspace] = []

    def opening(*banks: str, **config: object) -> Workspace:
        files = [bank_file(text, f"bank-{k}.yaml") for k, text in enumerate(banks)]
        made.append(make_workspace(tmp_path, *files, config=Config(**config), clock=clock))
        return made[-1]

    yield opening
    for workspace in made:
        workspace.record.close()


def answer(live: LiveStudy, clock: FakeClock, *, right: bool = True) -> None:
    clock.go_on(10 * SECOND)
    item = live.session.current.item
    live.submit(item.key_response() if right else type(item.key_response())(("wrong",)))


def answer_all(live: LiveStudy, clock: FakeClock, limit: int = 1000) -> int:
    given = 0
    while live.session.phase is not Phase.FINISHED and given < limit:
        answer(live, clock)
        live.advance()
        given += 1
    return given


def test_home_opens_though_a_bank_changes_while_it_is_counted(
    opened: Open, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = opened(SMALL)
    live = start_study(workspace, StudyFilter(), [item.ref for item in workspace.candidates()][:2])
    assert live is not None
    answer_all(live, clock)
    found = workspace.library.summaries()
    monkeypatch.setattr(workspace.library, "summaries", lambda: found)
    Path(found[0].path).write_text("format: 1\n", encoding="utf-8")
    view = home_view(workspace)
    assert view.lines[0].counts.items == 4
    assert sum(day.items for day in view.forecast.days) == 0


def test_items_that_were_replaced_are_counted_nowhere(opened: Open, clock: FakeClock) -> None:
    """Two items are answered, then all four are replaced by others: none is due, four are new."""
    workspace = opened(SMALL)
    live = start_study(workspace, StudyFilter(), [item.ref for item in workspace.candidates()][:2])
    assert live is not None
    answer_all(live, clock)
    clock.go_on(30 * DAY)
    (row,) = home_view(workspace).lines
    assert (row.counts.due, row.counts.new) == (2, 2)
    path = Path(workspace.library.summary("small").path)
    path.write_text(path.read_text(encoding="utf-8").replace("- id: ", "- id: other-"), encoding="utf-8")
    view = home_view(workspace)
    (row,) = view.lines
    told = [
        row.counts,
        bank_view(workspace, "small").counts,
        overview_of(workspace, workspace.learner).banks[0].knowledge,
        bank_figures(workspace, "small", workspace.learner).knowledge,
    ]
    assert all(counts == told[0] for counts in told)
    assert (row.counts.due, row.counts.new, row.counts.known, row.counts.share) == (0, 4, 0, 0)
    assert (view.due, view.today.due, view.today.new) == (0, 0, 4)
    assert overview_of(workspace, workspace.learner).forecast.today == 0
    assert bank_figures(workspace, "small", workspace.learner).due == 0


def test_a_bank_whose_file_goes_this_moment_has_no_topics(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = opened(SMALL, of_items(2, "few"))
    found = workspace.library.usable()
    Path(found[0].path).unlink()
    workspace.library.summaries()
    monkeypatch.setattr(workspace.library, "usable", lambda: found)
    assert [bank.title for bank in bank_topics(workspace, workspace.learner)] == ["Few"]


def test_todays_share_is_told_apart_from_what_waits(opened: Open, clock: FakeClock) -> None:
    workspace = opened(of_items(31), of_items(5, "few"), new_per_day=20)
    view = home_view(workspace)
    assert [(row.today.new, row.today.new_waiting) for row in view.lines] == [(20, 11), (5, 0)]
    assert (view.today.new, view.today.new_waiting) == (20, 16)
    live = open_study(workspace, StudyFilter(banks=("many",)))
    assert live is not None
    assert answer_all(live, clock) == 20
    view = home_view(workspace)
    assert [(row.today.new, row.today.new_waiting) for row in view.lines] == [(0, 11), (0, 5)]
    assert (view.done, view.today.items, view.is_day_complete) == (20, 0, True)
    assert open_study(workspace, StudyFilter()) is None
    more = open_study(workspace, StudyFilter(banks=("many",), more_new=TEN_MORE))
    assert more is not None
    assert answer_all(more, clock) == TEN_MORE
    assert home_view(workspace).lines[0].today.new_waiting == 1
    clock.go_on(DAY)
    view = home_view(workspace)
    assert (view.today.new, view.today.due) == (6, 0)
    pace = pace_ms(workspace.record.days(workspace.learner.id), workspace.today)
    assert view.minutes * MINUTE >= 6 * pace > (view.minutes - 1) * MINUTE


def test_a_limit_of_due_items_is_told_as_well(opened: Open, clock: FakeClock) -> None:
    workspace = opened(of_items(12), due_per_day=5)
    live = open_study(workspace, StudyFilter())
    assert live is not None
    answer_all(live, clock)
    clock.go_on(30 * DAY)
    assert (home_view(workspace).today.due, home_view(workspace).today.due_waiting) == (5, 7)
    live = open_study(workspace, StudyFilter())
    assert live is not None
    assert answer_all(live, clock) == 5
    assert (home_view(workspace).today.due, home_view(workspace).today.due_waiting) == (0, 7)
    assert open_study(workspace, StudyFilter()) is None


def test_new_items_that_are_put_off_or_suspended_are_not_promised(opened: Open, clock: FakeClock) -> None:
    workspace = opened(of_items(3))
    live = open_study(workspace, StudyFilter())
    assert live is not None
    live.bury()
    live.suspend()
    live.suspend()
    assert home_view(workspace).today.new == 0
    assert open_study(workspace, StudyFilter()) is None
    clock.go_on(DAY)
    assert home_view(workspace).today.new == 1


def test_studying_goes_on_where_one_was(opened: Open, clock: FakeClock) -> None:
    workspace = opened(of_items(8), of_items(4, "few"))
    live = open_study(workspace, StudyFilter(banks=("many",)))
    assert live is not None
    for _ in range(3):
        answer(live, clock)
        live.advance()
    (left,) = home_view(workspace).left
    assert (left.answered, left.items, left.mode) == (3, 8, "study")
    again = open_study(workspace, StudyFilter())
    assert again is not None
    assert again.session.header.id == live.session.header.id
    assert again.session.queue[:5] == live.session.queue
    assert {ref.bank for ref in again.session.queue[5:]} == {"few"}
    assert len(again.session.queue) == 5 + 4
    answer(again, clock)
    resumed = open_study(workspace, StudyFilter())
    assert resumed is not None
    assert (resumed.session.header.id, len(resumed.session.queue)) == (live.session.header.id, 8)
    (left,) = home_view(workspace).left
    assert (left.answered, left.items) == (4, 12)
    assert answer_all(resumed, clock) == 8
    assert home_view(workspace).left == ()
    assert workspace.record.rebuild_memory() == 0


@pytest.mark.parametrize(
    ("synced", "is_another", "is_gone_on_with"),
    [("", True, True), ("/sync", True, False), ("/sync", False, True)],
)
def test_a_session_of_another_device_that_this_one_syncs_with_is_left_to_it(
    opened: Open,
    clock: FakeClock,
    synced: str,
    is_another: bool,
    is_gone_on_with: bool,
) -> None:
    workspace = opened(of_items(8), sync_folder=synced)
    live = open_study(workspace, StudyFilter())
    assert live is not None
    answer(live, clock)
    if is_another:
        workspace.device = "another"
    clock.go_on(HOUR)
    assert len(home_view(workspace).left) == is_gone_on_with
    again = open_study(workspace, StudyFilter())
    assert again is not None
    assert (again.session.header.id == live.session.header.id) == is_gone_on_with
    events = workspace.record.events(live.session.header.id)
    assert EventKind.END not in {event.kind for event in events}


def test_what_is_folded_in_keeps_to_todays_share(opened: Open, clock: FakeClock) -> None:
    workspace = opened(of_items(40), new_per_day=10)
    live = open_study(workspace, StudyFilter())
    assert live is not None
    for _ in range(4):
        answer(live, clock)
        live.advance()
    again = open_study(workspace, StudyFilter())
    assert again is not None
    assert again.session.queue == live.session.queue
    clock.go_on(30 * DAY)
    again = open_study(workspace, StudyFilter())
    assert again is not None
    refs = [ref.item for ref in again.session.queue]
    assert len(refs) == len(set(refs)) == 10 + 4  # four come back, and ten are new


def test_another_bank_begins_anew_and_only_one_session_stays_open(opened: Open, clock: FakeClock) -> None:
    workspace = opened(of_items(8), of_items(4, "few"))
    one = open_study(workspace, StudyFilter(banks=("many",)))
    assert one is not None
    answer(one, clock)
    clock.go_on(HOUR)
    other = open_study(workspace, StudyFilter(banks=("few",)))
    assert other is not None
    assert other.session.header.id != one.session.header.id
    answer(other, clock)
    (left,) = home_view(workspace).left
    assert left.header.id == other.session.header.id
    assert len(workspace.record.unfinished(workspace.learner.id)) == 1
    ended = workspace.record.events(one.session.header.id)
    assert [event.kind.value for event in ended] == ["attempt", "end"]


def test_a_session_that_another_window_may_be_at_is_not_ended(opened: Open, clock: FakeClock) -> None:
    workspace = opened(of_items(8), of_items(4, "few"))
    one = open_study(workspace, StudyFilter(banks=("many",)))
    assert one is not None
    answer(one, clock)
    other = open_study(workspace, StudyFilter(banks=("few",)))
    assert other is not None
    answer(other, clock)
    one.advance()
    answer(one, clock)
    assert [left.mode for left in home_view(workspace).left] == ["study"]


def test_a_session_without_an_answer_leaves_nothing(opened: Open) -> None:
    workspace = opened(of_items(8))
    assert open_study(workspace, StudyFilter()) is not None
    assert open_study(workspace, StudyFilter()) is not None
    assert list(workspace.record.everything()) == []
    assert home_view(workspace).left == ()


def test_exams_and_drills_that_were_left_are_a_list(opened: Open, clock: FakeClock) -> None:
    workspace = opened(SMALL)
    live = open_study(workspace, StudyFilter())
    assert live is not None
    answer(live, clock)
    for _ in range(2):
        clock.go_on(MINUTE)
        start_exam(workspace, (), ExamSettings(items=3))
    clock.go_on(MINUTE)
    start_drill(workspace, DrillPlan(settings=DrillSettings(format="vote")))
    left = home_view(workspace).left
    assert [one.mode for one in left] == ["drill", "exam", "exam", "study"]
    end_session(workspace, left[1].header)
    assert len(home_view(workspace).left) == 3


def test_answers_that_came_back_are_counted_once(opened: Open, clock: FakeClock) -> None:
    workspace = opened(of_items(6))
    live = open_study(workspace, StudyFilter())
    assert live is not None
    for _ in range(12):
        answer(live, clock, right=False)
        live.advance()
    (left,) = home_view(workspace).left
    assert left.answered <= left.items == 6


@pytest.mark.parametrize("seed", range(3))
def test_a_played_week_agrees_with_the_record(opened: Open, clock: FakeClock, seed: int) -> None:
    """Six days, two misses in ten: at every step Home's figures are those counted from the memories."""
    workspace, rng = opened(of_items(25), of_items(15, "few"), new_per_day=9), Random(seed)
    for _ in range(6):
        live = open_study(workspace, StudyFilter())
        steps = 0
        while live is not None and live.session.phase is not Phase.FINISHED and steps < 60:
            steps += 1
            answer(live, clock, right=rng.random() < 0.8)
            check(workspace)
            live.advance()
            if rng.random() < 0.05:
                live = open_study(workspace, StudyFilter())
        clock.go_on(DAY)
        check(workspace)


def check(workspace: Workspace) -> None:
    """Compare Home's figures with an independent count over the memories."""
    view, day_end = home_view(workspace), workspace.day_end
    memories = workspace.record.memories(workspace.learner.id)
    known = {candidate.ref for candidate in workspace.candidates()}
    due = [ref for ref, memory in memories.items() if ref in known and memory.is_due(day_end)]
    new = [ref for ref in known if ref not in memories or memories[ref].is_new]
    assert view.due == len(due)
    assert sum(row.counts.new for row in view.lines) == len(new)
    assert view.today.new + view.today.new_waiting == len(new)
    first_today = [
        m
        for m in memories.values()
        if m.reviews == 1 and m.card and m.card.last_review >= workspace.day_start
    ]
    assert view.today.new == min(len(new), max(0, 9 - len(first_today)))
    figures = overview_of(workspace, workspace.learner)
    assert [line.knowledge for line in figures.banks] == [row.counts for row in view.lines]
    assert figures.forecast.today == view.due


def test_the_list_of_banks_counts_as_home_does(
    opened: Open,
    clock: FakeClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    workspace = opened(of_items(6))
    live = open_study(workspace, StudyFilter())
    assert live is not None
    answer(live, clock)
    monkeypatch.setattr("quiz.paths.record_file", lambda: tmp_path / "history.db")
    monkeypatch.setattr("quiz.clock.SystemClock", lambda: clock)
    file = workspace.library.summary("many").path
    assert main(["list", file, "--json", "--set", "learner=mina"]) == 0
    told = {bank["id"]: bank["counts"] for bank in json.loads(capsys.readouterr().out)}
    assert told["many"] == msgspec.to_builtins(home_view(workspace).lines[0].counts)
    monkeypatch.setattr("quiz.paths.record_file", lambda: tmp_path / "none.db")
    assert main(["list", file, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["counts"] is None
    assert not (tmp_path / "none.db").exists()


def test_a_day_begins_anew_whatever_was_left_the_day_before(opened: Open, clock: FakeClock) -> None:
    """What was missed comes back as due, what was not asked is new again, and the session left has ended."""
    workspace = opened(of_items(31), new_per_day=20)
    live = open_study(workspace, StudyFilter())
    assert live is not None
    answer(live, clock, right=False)
    live.advance()
    assert answer_all(live, clock, limit=2) == 2
    workspace.let_go()
    left = live.session.header
    view = home_view(workspace)
    assert (view.is_begun, [told.header.id for told in view.left], view.left_aside) == (True, [left.id], ())
    clock.go_on(DAY)
    view = home_view(workspace)
    assert (view.is_begun, view.left, view.today.new) == (False, (), 20)
    begun = open_study(workspace, StudyFilter())
    assert begun is not None
    assert begun.session.header.id != left.id
    at = progress(begun.session)
    assert (at.place, at.total) == (1, view.today.items)
    answer(begun, clock)
    assert [told.header.id for told in workspace.record.unfinished(workspace.learner.id)] == [
        begun.session.header.id
    ]
