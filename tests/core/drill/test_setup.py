"""What can be decided before a drill starts."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from quiz.core.class_list import ClassList, Pupil
from quiz.core.content.bank import Bank
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.drill.formats import all_formats
from quiz.core.drill.room import WallSettings
from quiz.core.drill.setup import Setup
from tests.core.drill.classroom import bank, refs

CLASS = ClassList("r1", "7b", (Pupil("a", "Ada"), Pupil("b", "Bo"), Pupil("c", "Cy")))


def setup(which: str = "hot-seat", *class_lists: ClassList) -> Setup:
    return Setup((bank(20),), class_lists, format=which)


def words(made: Setup) -> dict[str, str]:
    return {row.name: row.words for row in made.rows}


def test_the_formats_come_one_after_the_other_and_round_again() -> None:
    made, seen = setup("vote"), []
    for _ in range(6):
        seen.append(made.format)
        made = made.moved("format", 1)
    assert seen == ["vote", "hot-seat", "buzz", "sprint", "everyone", "vote"]
    assert setup("vote").moved("format", -1).format == "everyone"


@pytest.mark.parametrize("which", list(all_formats()))
def test_every_row_of_every_format_can_be_moved_all_the_way_round(which: str) -> None:
    for row in setup(which, CLASS).rows:
        made = setup(which, CLASS)
        for _ in range(60):  # as many as the longest row has values
            made = made.moved(row.name, 1)
            assert made.available > 0
            assert made.settings.format in all_formats()
            assert all(shown.words for shown in made.rows)


def test_two_who_sprint_are_two() -> None:
    made = setup("sprint", CLASS).moved("who", 2)
    assert made.settings.pupils == ("a", "b")
    seen = []
    for by in (1, 1, -1, -1, -1):
        made = made.moved("second", by)
        seen.append(words(made)["second"])
        assert made.settings.pupils == ("a", {"Bo": "b", "Cy": "c"}[seen[-1]])
    assert seen == ["Cy", "Bo", "Cy", "Bo", "Cy"]
    made = made.moved("first", -1)
    assert (made.settings.pupils, words(made)["second"]) == (("c", "a"), "Ada")


def test_a_speed_bonus_is_only_where_the_format_has_one_and_a_time_limit() -> None:
    made = setup("buzz").moved("has_bonus", 1)
    assert made.settings.has_bonus
    assert made.rules == ("right 1000",)
    assert len(made.moved("seconds", 1).rules) == 2
    sprint = made.moved("format", 1)
    assert (sprint.format, sprint.settings.has_bonus, sprint.rules) == ("sprint", False, ("right 1000",))
    assert sprint.moved("format", -1).settings.has_bonus


def test_a_roster_gives_its_pupils_and_numbers_give_nobody_a_record() -> None:
    assert setup("hot-seat", CLASS).settings.pupils == ("a", "b", "c")
    assert setup("hot-seat", CLASS).settings.class_list == "r1"
    by_number = setup("hot-seat", CLASS).moved("class_list", 1)
    assert words(by_number)["class_list"] == "by numbers"
    assert by_number.typed("class_size", "3").settings.pupils == ("#1", "#2", "#3")
    assert len(setup("hot-seat").settings.pupils) == 24


def test_a_class_is_dealt_to_teams_that_may_also_stay_without_names() -> None:
    made = setup("buzz", CLASS)
    assert (made.settings.pupils, made.settings.class_list) == (("a", "b", "c"), "r1")
    nameless = made.moved("class_list", 1)
    assert words(nameless)["class_list"] == "teams without names"
    assert (nameless.settings.pupils, nameless.settings.class_list) == ((), "")
    assert "class_list" not in words(setup("buzz"))


def test_a_sprint_is_for_the_class_for_one_or_for_two() -> None:
    made = setup("sprint", CLASS)
    assert made.settings.pupils == ()
    assert made.moved("who", 1).settings.pupils == ("a",)
    two = made.moved("who", -1)
    assert two.settings.pupils == ("a", "b")
    assert two.moved("second", 1).settings.pupils == ("a", "c")
    assert words(two)["second"] == "Bo"


def test_numbers_can_be_typed_and_stepped_from() -> None:
    made = setup("vote").typed("items", "7")
    assert (words(made)["items"], made.limit) == ("7", 7)
    assert made.moved("items", 1).limit == 8
    assert made.moved("items", -1).limit == 5
    assert made.typed("items", "").limit == 12
    assert made.typed("items", "0").limit == 12
    assert made.typed("seconds", "7") == made
    assert made.typed("items", "5000").limit == 999


def test_a_sprint_takes_all_items_and_votes_only_those_with_options() -> None:
    assert (setup("sprint").available, setup("hot-seat").available) == (15, 12)
    assert setup("vote").only_options
    assert not setup("hot-seat").only_options


def test_given_items_are_all_there_is() -> None:
    made = Setup((bank(20),), given=refs(3), format="buzz")
    assert made.available == 3
    assert not {"items", "topic", "only_options"} & set(words(made))


def test_items_are_drawn_once_however_often_it_is_asked_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(
        "quiz.core.drill.setup.drill_items", lambda *_, **more: drawn.append(more["seed"]) or refs(2)
    )
    setup = Setup((bank(3),))
    assert (setup.available, len(setup.rows) > 1, setup.available, bool(setup.rules)) == (2, True, 2, True)
    assert drawn == [0]
    assert replace(setup, given=tuple(refs(1))).available == 1


def test_the_rule_follows_the_choices() -> None:
    made = setup("hot-seat")
    assert made.rules == ("right 1000", "with help 500")
    with_bonus = made.moved("has_bonus", 1)
    assert len(with_bonus.rules) == 2
    assert words(with_bonus)["has_bonus"] == "on, but needs a time limit"
    assert "499/12 × (1 − t/T)" in with_bonus.moved("seconds", 1).rules[2]


def test_a_new_class_is_chosen_at_once() -> None:
    other = ClassList("r2", "8a", (Pupil("d", "Dee"),))
    assert setup("hot-seat", CLASS).with_class_list([CLASS, other], "r2").settings.pupils == ("d",)


def with_topics() -> Setup:
    items = tuple(
        SingleChoice(id=f"i{n}", topic="ab"[n % 2], stem="s", key="x", distractors=("y",)) for n in range(7)
    )
    made = Bank(format=1, bank="t", title="T", topics={"a": "Seas", "b": "Cities"}, items=items)
    return Setup((made,), format="vote")


def test_a_topic_can_be_chosen_where_there_are_several() -> None:
    made, seen = with_topics(), []
    for _ in range(4):
        seen.append((words(made)["topic"], made.topics, made.available))
        made = made.moved("topic", 1)
    assert seen == [
        ("all", (), 7), ("Seas", ("a",), 4), ("Cities", ("b",), 3), ("all", (), 7),
    ]  # fmt: skip
    assert "topic" not in words(setup("vote"))


def test_each_row_says_what_is_usual() -> None:
    assert words(setup("vote")) == {
        "format": "Vote", "class_size": "not counted", "items": "12", "only_options": "with options",
        "seconds": "30 s", "may_change": "answers may change", "wall": "this terminal alone",
    }  # fmt: skip
    assert words(setup("hot-seat")) == {
        "format": "Hot seat", "class_list": "by numbers", "class_size": "24", "items": "12",
        "only_options": "every kind", "seconds": "no limit", "has_bonus": "off",
        "wall": "this terminal alone",
    }  # fmt: skip
    assert words(setup("sprint")) == {
        "format": "Sprint", "who": "the whole class", "items": "all 15", "only_options": "with options",
        "seconds": "90 s", "wall": "this terminal alone",
    }  # fmt: skip
    assert words(setup("everyone")) == {
        "format": "Everybody answers", "class_list": "by numbers", "class_size": "24", "items": "12",
        "only_options": "every kind", "seconds": "no limit", "has_bonus": "off",
        "may_change": "answers may change", "has_places": "shown", "wall": "this terminal alone",
    }  # fmt: skip
    assert words(setup("sprint").moved("who", 2))["second"] == "Pupil 2"
    assert words(setup("sprint").moved("who", 1))["who"] == "one pupil"


def test_a_row_that_is_not_there_is_not_moved() -> None:
    made = setup("vote")
    assert made.moved("second", 1) == made
    assert made.settings.class_size == 0
    assert made.typed("class_size", "30").settings.class_size == 30
    assert setup("vote", CLASS).settings.class_size == 3
    assert setup("buzz").settings.class_size == 0


def test_the_class_looks_at_the_terminal_a_browser_or_phones_where_pupils_answer() -> None:
    made = setup("everyone", CLASS)
    assert (words(made)["wall"], made.wall) == ("this terminal alone", None)
    made = made.moved("wall", 1)
    assert (words(made)["wall"], made.wall) == ("a browser", WallSettings())
    assert "joins" not in words(made)
    made = made.moved("wall", 1)
    assert (words(made)["joins"], made.wall) == ("by seat numbers", WallSettings(is_lan=True))
    made = made.moved("joins", 1)
    assert made.wall == WallSettings(is_lan=True, by_name=True)
    assert "joins" not in words(made.moved("class_list", 1)), "without a class list there are no names"
    buzz = replace(made, format="buzz")
    assert (words(buzz)["wall"], buzz.wall) == ("this terminal alone", None), "teams have no phones"
    assert buzz.moved("wall", 1).wall == WallSettings()


@pytest.mark.parametrize(
    "wall", [None, WallSettings(port=8123), WallSettings(is_lan=True, by_name=True, port=80)]
)
def test_what_was_said_of_the_wall_on_the_command_line_is_chosen(wall: WallSettings | None) -> None:
    made = setup("everyone", CLASS).with_wall(wall)
    assert made.wall == wall
    assert made.with_wall(None).wall is None


def rows(made: Setup) -> list[str]:
    return [f"{row.label}: {row.words}" for row in made.rows]


def test_the_rows_of_a_format_with_a_class_list() -> None:
    shared = ["Shown on: this terminal alone"]
    drawn = ["Questions: 12", "Kinds: every kind"]
    assert rows(setup("vote", CLASS)) == [
        "Format: Vote", "Pupils: 7b (3)", "Questions: 12", "Kinds: with options", "Time to think: 30 s",
        "On phones: answers may change", "Pupils' records: take in the answers", *shared,
    ]  # fmt: skip
    assert rows(setup("everyone", CLASS)) == [
        "Format: Everybody answers", "Pupils: 7b (3)", *drawn, "Time to answer: no limit", "Speed bonus: off",
        "On phones: answers may change", "Board: shown", "Pupils' records: take in the answers", *shared,
    ]  # fmt: skip
    assert rows(setup("hot-seat")) == [
        "Format: Hot seat", "Pupils: by numbers", "How many: 24", *drawn, "Time to answer: no limit",
        "Speed bonus: off", *shared,
    ]  # fmt: skip
    assert rows(setup("sprint").moved("who", 2)) == [
        "Format: Sprint", "Who: two, in turn", "Pupils: by numbers", "First: Pupil 1", "Second: Pupil 2",
        "Questions: all 15", "Kinds: with options", "Time: 90 s", *shared,
    ]  # fmt: skip
    assert [row.name for row in setup("hot-seat").rows if not row.is_changeable] == ["class_list"]


def test_the_values_of_a_row_come_round() -> None:
    cases: list[tuple[str, str, list[str]]] = [
        ("vote", "only_options", ["with options", "every kind"]),
        ("vote", "may_change", ["answers may change", "the first answer counts"]),
        ("vote", "feeds_records", ["take in the answers", "left alone"]),
        ("everyone", "has_places", ["shown", "hidden"]),
        ("everyone", "wall", ["this terminal alone", "a browser", "a browser and phones"]),
        ("sprint", "who", ["the whole class", "one pupil", "two, in turn"]),
        ("hot-seat", "class_list", ["7b (3)", "by numbers"]),
        ("buzz", "teams", ["4", "5", "6", "7", "8", "2", "3"]),
        ("sprint", "seconds", ["90 s", "120 s", "150 s", "180 s", "60 s"]),
        ("buzz", "has_bonus", ["off", "on, but needs a time limit"]),
        ("vote", "items", ["12", "15", "all 15", "5", "8", "10"]),
    ]  # fmt: skip
    for which, row, shown in cases:
        made, seen = setup(which, CLASS), list[str]()
        while not seen or words(made)[row] != shown[0]:
            seen.append(words(made)[row])
            made = made.moved(row, 1)
        assert list(dict.fromkeys(seen)) == shown
        assert words(made.moved(row, -1))[row] == seen[-1]


def test_a_class_without_names_has_2_to_60_pupils_or_as_many_as_are_typed() -> None:
    made = setup("hot-seat").typed("class_size", "60")
    assert words(made.moved("class_size", 1))["class_size"] == "2"
    assert words(made.moved("class_size", -1))["class_size"] == "59"
    assert words(setup("hot-seat").moved("class_size", 1))["class_size"] == "25"
    assert (
        words(setup("vote").typed("class_size", "60").moved("class_size", 1))["class_size"] == "not counted"
    )
    assert words(setup("vote").moved("class_size", 1))["class_size"] == "2"
    most = setup("hot-seat").typed("class_size", "201")
    assert len(most.settings.pupils) == 200
    assert words(most.moved("class_size", -1))["class_size"] == "60"
    assert words(most.moved("class_size", 1))["class_size"] == "2"


@pytest.mark.parametrize(
    ("which", "told"),
    [
        ("vote", {"seconds": 30, "roster": "r1", "pupils": ("a", "b", "c"), "class_size": 3}),
        ("hot-seat", {"roster": "r1", "pupils": ("a", "b", "c"), "class_size": 3}),
        ("buzz", {"roster": "r1", "pupils": ("a", "b", "c"), "class_size": 3, "teams": 4}),
        ("sprint", {"seconds": 90}),
        ("everyone", {"roster": "r1", "pupils": ("a", "b", "c"), "class_size": 3}),
    ],
)
def test_a_drill_is_recorded_with_what_was_set_up(which: str, told: dict[str, object]) -> None:
    usual = {
        "format": which, "seconds": 0, "has_bonus": False, "roster": "", "pupils": (), "ahead": {},
        "teams": 0, "class_size": 0, "record": 0, "may_change": True, "has_places": True,
        "feeds_records": True,
    }  # fmt: skip
    made = setup(which, CLASS)
    assert msgspec.to_builtins(made.settings) == {**usual, **told}
    for row in ("may_change", "has_places", "feeds_records"):
        is_offered = row in words(made)
        assert getattr(made.moved(row, 1).settings, row) is not is_offered


def test_what_was_typed_or_chosen_for_a_row_is_left_where_it_is_out_of_range() -> None:
    made = replace(setup("buzz"), chosen={"teams": 99, "topic": 5, "class_list": -1, "wall": 7})
    assert (words(made)["teams"], made.topics, made.class_list, made.wall) == ("4", (), None, None)
    with_topic = replace(with_topics(), chosen={"topic": 1})
    assert with_topic.topics == ("b",)
    assert replace(with_topics(), chosen={"topic": 2}).topics == ()


def test_one_sprinter_is_alone_and_a_class_of_one_has_no_second() -> None:
    one = ClassList("r2", "8a", (Pupil("d", "Dee"),))
    assert setup("sprint", one).moved("who", 2).settings.pupils == ("d",)
    assert setup("sprint", ClassList("r3", "9", ())).moved("who", 2).settings.pupils == ()
    assert setup("sprint").moved("who", 2).settings.pupils == ("#1", "#2")
    last = setup("sprint").moved("who", 2).moved("first", -1)
    assert (last.settings.pupils, words(last)["first"]) == (("#24", "#2"), "Pupil 24")


def test_a_wall_is_chosen_and_given_up_again() -> None:
    made = setup("everyone", CLASS)
    assert made.port == 0
    on_lan = made.with_wall(WallSettings(is_lan=True, by_name=True, port=80))
    assert (on_lan.port, words(on_lan)["joins"]) == (80, "by their names")
    given_up = on_lan.with_wall(None)
    assert (given_up.port, given_up.chosen) == (0, {})
    assert on_lan.with_wall(WallSettings(port=8123)).wall == WallSettings(port=8123)


def test_a_class_list_that_is_not_there_changes_no_choice() -> None:
    other = ClassList("r2", "8a", (Pupil("d", "Dee"),))
    made = setup("hot-seat", CLASS, other).with_class_list([CLASS, other], "r2")
    assert made.with_class_list([CLASS, other], "gone").class_list == other
    assert made.with_class_list([CLASS, other], "r1").class_list == CLASS
