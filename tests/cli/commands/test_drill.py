"""`quiz drill`, `quiz class` and a drill's `quiz result`."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path
from typing import Any

import pytest

from quiz import paths
from quiz.cli.commands import drill
from quiz.cli.main import main
from quiz.core.drill.room import WallSettings
from quiz.core.drill.settings import DrillSettings
from quiz.errors import UsageError
from quiz.record.sqlite_record import SqliteRecord
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.services.workspace import Workspace


def args(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    drill.add_arguments(parser)
    return parser.parse_args(given)


def plan(workspace: Workspace, *given: str) -> DrillPlan:
    return drill.plan_from(args(*given), workspace, ("courtship",), ())


def test_flags_become_a_plan(workspace: Workspace) -> None:
    class_list = workspace.record.class_lists.add("7b", ["Ada", "Bo"]).class_list
    made = plan(
        workspace, "--format", "hot-seat", "--class", "7B", "--seconds", "20", "--speed-bonus",
        "--items", "5", "--topic", "visit", "--seed", "3",
    )  # fmt: skip
    assert made == DrillPlan(
        banks=("courtship",),
        settings=DrillSettings(
            format="hot-seat", seconds=20, has_bonus=True, class_list=class_list.id, class_size=2,
            pupils=tuple(pupil.id for pupil in class_list.pupils),
        ),
        limit=5,
        topics=("visit",),
        seed=3,
    )  # fmt: skip


def test_what_is_not_said_is_as_usual(workspace: Workspace) -> None:
    assert plan(workspace, "--format", "hot-seat").settings.pupils[-1] == "#24"
    assert plan(workspace, "--format", "buzz").settings.teams == 4
    assert plan(workspace, "--format", "vote").settings.seconds == 30
    sprint = plan(workspace, "--format", "sprint")
    assert (sprint.settings.seconds, sprint.settings.pupils, sprint.limit) == (90, (), None)
    assert [plan(workspace, "--format", which).only_options for which in ("vote", "hot-seat")] == [
        True,
        False,
    ]
    assert not plan(workspace, "--format", "vote", "--every-kind").only_options


def test_a_class_is_dealt_to_the_teams_of_a_buzz(workspace: Workspace) -> None:
    class_list = workspace.record.class_lists.add("7b", ["Ada", "Bo"]).class_list
    told = plan(workspace, "--format", "buzz", "--class", "7b").settings
    assert told.pupils == tuple(pupil.id for pupil in class_list.pupils)
    assert plan(workspace, "--format", "buzz", "--pupils", "3").settings.pupils == ("#1", "#2", "#3")
    assert plan(workspace, "--format", "buzz").settings.pupils == ()


def test_who_sprints(workspace: Workspace) -> None:
    class_list = workspace.record.class_lists.add("7b", ["Ada", "Bo"]).class_list
    made = plan(workspace, "--format", "sprint", "--class", "7b", "--pupil", "bo", "--pupil", "Ada")
    assert made.settings.pupils == (class_list.pupils[1].id, class_list.pupils[0].id)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        (("--format", "buzz", "--teams", "9"), "--teams needs a number from 2 to 8"),
        (("--format", "vote", "--items", "0"), "--items needs a number from 1"),
        (("--format", "sprint", "--seconds", "30"), "from 60 to 180"),
        (("--format", "vote", "--class", "8a"), "no class list “8a”"),
        (("--format", "sprint", "--pupil", "Ada"), "needs --class"),
        (("--format", "sprint", "--class", "7b", "--pupil", "Cy"), "“Cy” is not on the class list 7b"),
        (("--format", "sprint", "--class", "7b", *("--pupil", "Ada") * 3), "At most two"),
        (("--format", "sprint", "--speed-bonus"), "There is no speed bonus in the format sprint"),
        (("--format", "vote", "--speed-bonus"), "There is no speed bonus in the format vote"),
    ],
)
def test_flags_that_make_no_sense(workspace: Workspace, given: tuple[str, ...], complaint: str) -> None:
    workspace.record.class_lists.add("7b", ["Ada"])
    with pytest.raises(UsageError, match=complaint):
        plan(workspace, *given)


def test_without_a_terminal_no_drill_begins(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drill", "--format", "vote"]) == 2
    assert "needs a terminal" in capsys.readouterr().err
    assert main(["drill", "--format", "vote", "--topic", "nowhere"]) == 2
    assert "nothing to ask" in capsys.readouterr().err


def finished_drill(workspace: Workspace) -> str:
    live: Any = start_drill(
        workspace, DrillPlan(("courtship",), DrillSettings(format="buzz", teams=2), limit=3)
    )
    live.append(live.drill.start(live.now()))
    live.append(live.drill.reveal(live.now()))
    live.append(live.drill.end(live.now()))
    return str(live.drill.header.id)


def test_what_was_missed_is_ready_for_the_next_drill(workspace: Workspace) -> None:
    session = finished_drill(workspace)
    items = drill.missed_in(workspace, session[:13])
    assert items == workspace.record.header(session).items[:1]
    with pytest.raises(UsageError, match="no session"):
        drill.missed_in(workspace, "01890000")


def test_a_result_of_a_drill_is_its_report(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    session = finished_drill(workspace)
    monkeypatch.setattr(paths, "record_file", lambda: workspace.record.path)
    assert main(["result", session, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["format"], told["session"], len(told["teach_again"])) == ("buzz", session, 1)
    monkeypatch.setattr("quiz.cli.startup.user_name", lambda: "mina")
    for named in ([session[:13]], []):
        assert main(["result", *named]) == 0
        assert "Buzz: Who is courting whom" in capsys.readouterr().out


def test_rosters_are_added_listed_shown_and_forgotten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tmp_path / "7b.csv"
    names.write_text("Vorname;Nachname\nZoë;Li\nAda;Li\nAda;Li\n", encoding="utf-8")

    def says(*command: str) -> str:
        assert main(["class", *command]) == 0
        return capsys.readouterr().out

    assert "no class lists" in says("list")
    assert json.loads(says("list", "--json")) == []
    assert says("add", "7b", str(names)) == "7b: 3 new pupils, 3 in all.\n"
    assert says("add", "7b", str(names)) == "7b: 0 new pupils, 3 in all.\n"
    assert says("list") == "7b  3 pupils\n"
    assert says("show", "7B") == "7b: 3 pupils\n   1  Zoë Li\n   2  Ada Li 1\n   3  Ada Li 2\n"
    pupils = {"class": "7b", "pupils": ["Zoë Li", "Ada Li 1", "Ada Li 2"]}
    assert json.loads(says("show", "7b", "--json")) == pupils
    assert json.loads(says("list", "--json")) == [pupils]
    says("forget", "7b", "ada li 1", "--yes")
    assert says("show", "7b") == "7b: 2 pupils\n   1  Zoë Li\n   3  Ada Li\n"
    says("forget", "7b", "--yes")
    assert "no class lists" in says("list")


def test_which_of_two_pupils_is_meant_must_be_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tmp_path / "7b.txt"
    names.write_text("Ada\nAda\nZo\N{LATIN SMALL LETTER E WITH DIAERESIS}\n", encoding="utf-8")
    main(["class", "add", "7b", str(names)])
    assert main(["class", "forget", "7b", "Ada", "--yes"]) == 2
    assert "2 pupils are called “Ada”. Say which: Ada 1, Ada 2." in capsys.readouterr().err
    assert main(["class", "forget", "7b", "zoe\u0308", "--yes"]) == 0
    with SqliteRecord.open(paths.record_file()) as record:
        assert [pupil.name for pupil in record.class_lists.named("7b").pupils] == ["Ada 1", "Ada 2"]


def test_names_can_be_typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Ada\nBo\n")))
    assert main(["class", "add", "7b", "-"]) == 0
    assert "2 new pupils" in capsys.readouterr().out


def test_nothing_is_forgotten_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    with SqliteRecord.open(paths.record_file()) as record:
        record.class_lists.add("7b", ["Ada"])
    assert main(["class", "forget", "7b"]) == 2
    assert main(["class", "forget", "7b", "Bo", "--yes"]) == 2
    assert "“Bo” is not on the class list" in capsys.readouterr().err
    with SqliteRecord.open(paths.record_file()) as record:
        assert len(record.class_lists.named("7b").pupils) == 1


def test_a_pupil_called_like_the_person_at_the_machine_is_somebody_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("quiz.cli.startup.user_name", lambda: "Ada")
    names = tmp_path / "7b.txt"
    names.write_text("Ada\n", encoding="utf-8")
    assert main(["class", "add", "7b", str(names)]) == 0
    with SqliteRecord.open(paths.record_file()) as record:
        assert record.learner("Ada").id != record.class_lists.named("7b").pupils[0].id


def test_flags_say_how_the_class_sees_it() -> None:
    assert drill.wall_from(args()) is None
    assert drill.wall_from(args("--wall", "--port", "8123")) == WallSettings(port=8123)
    assert drill.wall_from(args("--lan", "--by-name")) == WallSettings(is_lan=True, by_name=True)
    assert drill.wall_from(args("--wall", "--lan", "--format", "vote")) == WallSettings(is_lan=True)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--port", "8123"), "--port and --by-name need --wall or --lan."),
        (("--by-name",), "--port and --by-name need --wall or --lan."),
        (("--wall", "--by-name"), "--by-name needs --lan and --class."),
        (("--lan", "--by-name", "--format", "vote"), "--by-name needs --lan and --class."),
        (("--lan", "--format", "buzz"), "Pupils do not answer on phones in the format buzz."),
        (("--wall", "--port", "70000"), "--port needs a number from 1 to 65535, not 70000."),
    ],
)
def test_flags_of_the_wall_that_do_not_fit_together_are_refused(given: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        drill.wall_from(args(*given))
    assert refused.value.message == said


def test_without_the_extra_one_sentence_tells_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quiz.services.drill.room_files.find_spec", lambda _: None)
    assert drill.wall_from(args("--format", "vote")) is None
    with pytest.raises(UsageError, match=r"pip install 'quizterm\[class\]'"):
        drill.wall_from(args("--wall"))
