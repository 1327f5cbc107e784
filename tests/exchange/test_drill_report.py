"""A drill's report as text, JSON, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import json

import msgspec
import pytest

from quiz.core.class_list import competitor_names
from quiz.core.content.grading import Ordered
from quiz.core.content.interaction import Order
from quiz.core.drill.report import DrillReport, report_of
from quiz.core.drill.settings import Channel
from quiz.core.text.projector_fit import cells
from quiz.core.text.safe_text import visible
from quiz.exchange.drill_report import FORMATS
from tests.core.drill.classroom import Classroom

NAMES = {"one": "=HYPERLINK(1)", "two": "*Bo* | [x](y)\x1b[2J"}


@pytest.fixture
def seats() -> DrillReport:
    """Two pupils, of whom the first to be drawn was right and the other wrong."""
    room = Classroom.of("hot-seat", 4, pupils=tuple(NAMES)).start()
    for is_right in (True, False):
        room.do(room.drill.draw)
        room.do(lambda at, right=is_right: room.drill.judge(at, is_right=right))
        room.do(room.drill.next)
    return report_of(room.drill, competitor_names(room.drill.competitors, NAMES), {"class": "For the class"})


@pytest.fixture
def votes() -> DrillReport:
    """One item that was voted on twice."""
    room = Classroom.of("vote", 2).start()
    for hands in (7, 19):
        room.do(room.drill.count, 0, hands)
        room.do(room.drill.count, 1, 26 - hands)
        room.do(room.drill.close)
        if hands == 7:
            room.do(room.drill.vote_again)
    room.do(room.drill.reveal)
    room.do(room.drill.end)
    return report_of(room.drill, {}, {})


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_form_tells_who_did_what_and_nothing_that_a_terminal_obeys(
    seats: DrillReport, form: str
) -> None:
    text = FORMATS[form](seats)
    assert "Which is number 0?" in text
    assert "1000" in text
    assert "\x1b" not in text
    assert text.endswith("\n")
    assert FORMATS[form](seats) == text


def test_who_answered_which_item_and_of_how_many_is_told(seats: DrillReport, votes: DrillReport) -> None:
    first, second = json.loads(FORMATS["json"](seats))["items"]
    assert [answer["score"] for answer in (*first["answers"], *second["answers"])] == [1.0, 0.0]
    assert {answer["who"] for answer in (*first["answers"], *second["answers"])} == {
        visible(name) for name in NAMES.values()
    }
    assert "100 % of 1 missed" in FORMATS["text"](seats)
    assert json.loads(FORMATS["json"](votes))["items"][0]["tried"] == 26
    named = msgspec.structs.replace(seats, class_name="7b")
    assert json.loads(FORMATS["json"](named))["class"] == "7b"
    assert FORMATS["text"](named).splitlines()[0].endswith(" · 7b")


def test_csv_has_a_row_for_everybody_and_everything_and_no_formula(
    seats: DrillReport, votes: DrillReport
) -> None:
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](seats))))
    assert [row["about"] for row in rows] == ["competitor", "competitor", "item", "answer", "item", "answer"]
    assert {row["who_or_item"] for row in rows[:2]} >= {"'=HYPERLINK(1)"}
    assert sorted(row["points"] for row in rows[:2]) == ["0", "1000"]
    assert [row["teach_again"] for row in rows[2::2]] == ["no", "yes"]
    assert [(row["who_or_item"], row["right"], row["wrong"]) for row in rows[3::2]] == [
        ("class/item-0", "1", "0"), ("class/item-1", "0", "1"),
    ]  # fmt: skip
    assert {row["text"] for row in rows[3::2]} == {row["who_or_item"] for row in rows[:2]}
    named = msgspec.structs.replace(seats, class_name="7b")
    assert {row["class"] for row in csv.DictReader(io.StringIO(FORMATS["csv"](named)))} == {"7b"}
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](votes))))
    assert [row["about"] for row in rows].count("key") == 1
    assert (rows[1]["first_vote"], rows[1]["second_vote"]) == ("7", "19")


def test_markdown_shows_names_and_stems_as_they_are_written(seats: DrillReport, votes: DrillReport) -> None:
    text = FORMATS["md"](seats)
    assert "\\*Bo\\* \\| \\[x\\](y)" in text
    assert "not finished" in text
    text = FORMATS["md"](votes)
    assert "| 7 | 19 |" in text
    assert "not finished" not in text


def test_markdown_leaves_out_columns_that_say_nothing(seats: DrillReport, votes: DrillReport) -> None:
    assert "| Item | Right | Wrong | Missed | Answers |" in FORMATS["md"](seats)
    told = FORMATS["md"](votes)
    assert "| Item | Right | Wrong | First vote | Second vote | Missed |" in told
    right, wrong = "27 % of 26", "73 % of 26"
    assert any(
        f"| {cells} |" in told
        for cells in (f"19 | 7 | {right} | {wrong} | {right}", f"7 | 19 | {wrong} | {right} | {wrong}")
    )


def test_the_absent_the_uncalled_and_the_wrong_do_not_share_a_place() -> None:
    pupils = ("one", "two", "three", "four")
    room = Classroom.of("hot-seat", 4, pupils=pupils).start()
    room.do(room.drill.draw)
    wrong = room.drill.seat
    room.do(lambda at: room.drill.judge(at, is_right=False))
    absent = next(pupil for pupil in pupils if pupil != wrong)
    room.do(room.drill.next)
    room.do(lambda at: room.drill.mark_absent(absent, at))
    room.do(room.drill.show_board, is_shown=False)
    told = report_of(room.drill, {pupil: pupil.title() for pupil in pupils}, {})
    assert [line.name for line in told.competitors] == [wrong.title()]
    assert told.absent == (absent.title(),)
    assert set(told.not_called) == {pupil.title() for pupil in pupils if pupil not in {wrong, absent}}
    assert not told.is_board_shown
    for form in ("text", "md"):
        assert f"Absent: {absent.title()}." in FORMATS[form](told)
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](told))))
    assert [row["about"] for row in rows][:4] == ["competitor", "not called", "not called", "absent"]
    assert json.loads(FORMATS["json"](told))["absent"] == [absent.title()]


def test_a_vote_whose_key_was_never_shown_says_so() -> None:
    room = Classroom.of("vote", 2).start()
    room.do(room.drill.count, 0, 7)
    room.do(room.drill.close)
    room.do(room.drill.end)
    text = FORMATS["text"](report_of(room.drill, {}, {}))
    assert "the key was not shown" in text
    assert "Nothing: hardly anything was missed." in text


def test_columns_stand_below_each_other_in_any_script() -> None:
    room = Classroom.of("hot-seat", 4, pupils=("one", "two")).start()
    for _ in range(2):
        room.do(room.drill.draw)
        room.do(lambda at: room.drill.judge(at, is_right=True))
        room.do(room.drill.next)
    names = competitor_names(room.drill.competitors, {"one": "王小明", "two": "Wilhelmina"})
    head, *board = FORMATS["text"](report_of(room.drill, names, {})).splitlines()[3:6]
    assert len({cells(line) for line in (head, *board)}) == 1


def test_json_holds_all_facts(seats: DrillReport, votes: DrillReport) -> None:
    told = json.loads(FORMATS["json"](seats))
    assert told["teach_again"] == ["class/item-1"]
    assert [line["place"] for line in told["board"]] == [1, 2]
    told = json.loads(FORMATS["json"](votes))
    assert [vote["hands"] for vote in told["items"][0]["votes"]][:2] == [[7, 19], [19, 7]]


def test_text_is_aligned(seats: DrillReport) -> None:
    lines = FORMATS["text"](seats).splitlines()
    board = lines[3:6]
    assert len({len(line) for line in board}) == 1
    assert "To teach again" in lines


def test_every_form_names_the_members_of_the_teams() -> None:
    room = Classroom.of("buzz", 2, teams=2, pupils=("one", "two")).start()
    names = competitor_names(room.drill.named, NAMES)
    report = report_of(room.drill, names, {})
    dealt = {line.name: line.members for line in report.competitors}
    assert sorted(name for members in dealt.values() for name in members) == sorted(
        names[pupil] for pupil in NAMES
    )
    assert {
        line["who"]: tuple(line["members"]) for line in json.loads(FORMATS["json"](report))["board"]
    } == dealt
    team = next(team for team, members in dealt.items() if members == (names["one"],))
    assert f"  {team}: =HYPERLINK(1)" in FORMATS["text"](report).splitlines()
    assert f"- {team}: =HYPERLINK(1)" in FORMATS["md"](report).splitlines()
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](report))))
    told = [(row["who_or_item"].lstrip("'"), row["text"]) for row in rows if row["about"] == "member"]
    assert ("=HYPERLINK(1)", team) in told
    assert all(len(row) == len(rows[0]) for row in rows)


def test_every_form_tells_what_each_pupil_answered() -> None:
    room = Classroom.of("everyone", 8, pupils=("one", "two")).start()
    while not isinstance(room.drill.interaction, Order):
        room.do(room.drill.skip)
    order = room.drill.current.item.order
    partly = (order[1], order[2], order[0])
    room.do(room.drill.answer_of, "one", Ordered(order), Channel.PHONE)
    room.do(room.drill.answer_of, "two", Ordered(partly), Channel.DESK)
    room.do(room.drill.reveal)
    room.do(room.drill.end)
    report = report_of(room.drill, competitor_names(room.drill.named, {"one": "Ada", "two": "Bo"}), {})
    assert report.items[-1].missed == 0.25
    told = json.loads(FORMATS["json"](report))
    assert [(line["who"], line["partly_right"], line["with_help"]) for line in told["board"]] == [
        ("Ada", 0, 0), ("Bo", 1, 0),
    ]  # fmt: skip
    given = " → ".join(partly)
    assert told["items"][-1]["answers"] == [
        {"who": "Ada", "score": 1.0, "given": " → ".join(order)},
        {"who": "Bo", "score": 0.5, "given": given},
    ]
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"](report))))
    answers = [row for row in rows if row["about"] == "answer"]
    assert [(row["text"], row["score"], row["given"]) for row in answers][1] == ("Bo", "0.5", given)
    assert f"Bo ({given})" in FORMATS["text"](report)
    assert "Partly right" in FORMATS["text"](report)
    assert "(25 % of points missed)" in FORMATS["text"](report)
    assert f"| Bo | {given} | ◐ |" in FORMATS["md"](report)
    told_in_items = FORMATS["md"](report).partition("## Items")[2]
    assert told_in_items.count("Bo") == 1, "who answered is told once"
    assert "Partly right" in FORMATS["md"](report)
