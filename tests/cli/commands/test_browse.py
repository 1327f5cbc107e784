"""`quiz browse`, as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import quiz
from tests.sample_banks import SMALL


def test_items_are_listed_changed_and_the_change_is_undone(tmp_path: Path) -> None:
    home = tmp_path / "quiz-home"
    (home / "banks").mkdir(parents=True)
    (home / "banks" / "small.yaml").write_text(SMALL, encoding="utf-8")
    listed = quiz(home, "browse", "small", "--search", "ocean")
    assert listed.stdout.splitlines() == [
        "2 items",
        "  new              small/ocean  Which ocean is the largest?",
        "  new              small/largest  Which of these are oceans? Select all that apply.",
    ]
    done = json.loads(quiz(home, "browse", "small", "--search", "ocean", "--add-tag", "wet", "--json").stdout)
    assert (done["change"], done["items"]) == ("tag", 2)
    found = json.loads(quiz(home, "browse", "--tag", "wet", "--json").stdout)
    assert [(item["item"], item["own_tags"]) for item in found["items"]] == [
        ("ocean", ["wet"]), ("largest", ["wet"]),
    ]  # fmt: skip
    assert quiz(home, "browse", "--undo", done["id"]).stdout == "Taken back, 2 in all.\n"
    refused = quiz(home, "browse", "--tag", "wet")
    assert (refused.returncode, "There is no tag “wet”" in refused.stderr) == (2, True)
    nothing = quiz(home, "browse", "small", "--state", "leech", "--forget")
    assert (nothing.returncode, "Nothing is found that could be changed" in nothing.stderr) == (2, True)
    few = quiz(home, "browse", "small", "--limit", "0", "--json")
    assert (few.returncode, "--limit wants a number from 1, not 0." in few.stderr) == (2, True)
