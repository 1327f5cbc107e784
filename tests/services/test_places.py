"""Whether the places that the record goes to are well."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from quiz.errors import SchoolUnreachable
from quiz.services.places import places_of
from quiz.services.school import join, school_state, sync_school
from quiz.services.sync import sync
from tests.fakes import make_workspace
from tests.postgres import enrolled
from tests.services.devices import study


def test_a_folder_is_there_or_not(tmp_path: Path) -> None:
    made = make_workspace(tmp_path)
    with closing(made.record):
        assert places_of(made) == []
        assert made.config.record_goes_to == ("this machine",)
        folder = tmp_path / "folder"
        made.set("sync_folder", str(folder))
        assert made.config.record_goes_to == ("this machine", "folder")
        (place,) = places_of(made)
        assert (place.name, place.is_well) == ("folder", False)
        folder.mkdir()
        study(made, "one")
        sync(made, folder)
        (place,) = places_of(made)
        assert (place.said, place.is_well) == ("1 device wrote to it.", True)


@pytest.mark.extra("pg_ctlcluster", "psycopg")
def test_a_school_says_what_waits_and_what_it_refused(
    school: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pass"))
    made = make_workspace(tmp_path)
    with closing(made.record):
        join(made, school, enrolled(school, "Ada")[0].code)
        study(made, "one", "two")
        (place,) = places_of(made)
        assert (place.name, place.is_well, place.said) == (
            "school",
            True,
            "Not synced yet; 3 events to send.",
        )
        sync_school(made)
        assert places_of(made)[0].said.endswith("UTC; nothing to send.")
        address = made.config.school
        made.set("school", "postgresql://127.0.0.1:1/quiz")
        with pytest.raises(SchoolUnreachable):
            sync_school(made)
        (place,) = places_of(made)
        assert not place.is_well
        assert "cannot be reached" in place.said
        made.set("school", "postgresql://ada:correct-horse@127.0.0.1:1/quiz")
        (place,) = places_of(made)
        assert "127.0.0.1" in place.where
        assert "correct-horse" not in str(place)
        made.set("school", address)
        made.learner = made.record.learner("Bo")
        assert "Another learner" in places_of(made)[0].said
        assert school_state(made.record.path).failures == 1
