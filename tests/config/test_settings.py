"""The settings: who overrides whom, for each of them, and what is said of what cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from quiz.config.key_bindings import is_key, wrong_with
from quiz.config.key_ids import KEY_IDS
from quiz.config.reading import ConfigFinding, Origin, changed, read_config
from quiz.config.settings import Config, settings_of
from quiz.config.toml_file import keep_setting, line_of
from quiz.core.content.bank_settings import BankSettings
from quiz.core.study_filter import ItemState, StudyFilter, StudyOrder
from quiz.errors import UsageError

VALUES: dict[str, tuple[str, str, str]] = {
    "learner": ('"anna"', "ben", "cem"),
    "banks": ('["one", "two"]', "three", "four, five"),
    "theme": ('"nord"', "dracula", "high-contrast"),
    "pictures": ('"blocks"', "off", "kitty"),
    "reduced_motion": ("true", "no", "yes"),
    "transparent": ("true", "no", "yes"),
    "ascii_signs": ("true", "no", "yes"),
    "tour": ("false", "on", "off"),
    "mouse": ("false", "on", "off"),
    "drafts": ("true", "no", "yes"),
    "sync_folder": ('"one"', "two", "three"),
    "school": ('"postgresql://one/quiz"', "service=two", "host=three"),
    "new_per_day": ("1", "2", "3"),
    "due_per_day": ("1", "2", "3"),
    "criterion": ("1", "2", "3"),
    "retention": ("0.8", "0.85", "0.95"),
    "day_starts_at": ("1", "2", "3"),
    "fuzz": ("false", "1", "0"),
    "easy_days": ('["saturday"]', "sunday", "friday, saturday"),
    "free_days": ('["sunday"]', "saturday", "monday,tuesday"),
    "holidays": ('["2026-12-24..2027-01-02"]', "2026-05-01", "2026-05-01, 2026-10-03"),
    "confidence": ("true", "false", "true"),
    "tests_feed_study": ("false", "true", "no"),
    "saved": ("{weak = {limit = 5}}", '{"mine":{"states":["due"]}}', '{"mine":{"order":"random"},"it":{}}'),
    "bank": ('{sea = {order = "random"}}', '{"sea":{"new_per_day":3}}', '{"sea":{"pass_mark":60}}'),
    "keys": ('{"home.study" = "f10"}', "home.study=f11", "home.study=f12,ctrl+s home.find=f"),
}
"""What each setting may be: in the file, in the environment, in a flag."""
MEANT: dict[str, tuple[Any, Any, Any]] = {
    "banks": (("one", "two"), ("three",), ("four", "five")),
    "reduced_motion": (True, False, True),
    "transparent": (True, False, True),
    "ascii_signs": (True, False, True),
    "tour": (False, True, False),
    "mouse": (False, True, False),
    "drafts": (True, False, True),
    "fuzz": (False, True, False),
    "easy_days": (("saturday",), ("sunday",), ("friday", "saturday")),
    "free_days": (("sunday",), ("saturday",), ("monday", "tuesday")),
    "holidays": (("2026-12-24..2027-01-02",), ("2026-05-01",), ("2026-05-01", "2026-10-03")),
    "confidence": (True, False, True),
    "tests_feed_study": (False, True, False),
    "saved": (
        {"weak": StudyFilter(limit=5)},
        {"mine": StudyFilter(states=(ItemState.DUE,))},
        {"mine": StudyFilter(order=StudyOrder.RANDOM), "it": StudyFilter()},
    ),
    "bank": (
        {"sea": BankSettings(order="random")},
        {"sea": BankSettings(new_per_day=3)},
        {"sea": BankSettings(pass_mark=60)},
    ),
    "keys": (
        {"home.study": "f10"},
        {"home.study": "f11"},
        {"home.study": "f12,ctrl+s", "home.find": "f"},
    ),
}
FIELDS = Config.__struct_fields__


def meant(name: str) -> tuple[Any, Any, Any]:
    """Return what the three values of a setting mean."""
    if name in MEANT:
        return MEANT[name]
    kind = type(getattr(Config(), name))
    first, second, third = (value.strip('"') for value in VALUES[name])
    return kind(first), kind(second), kind(third)


def config_file(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_setting_is_left_out() -> None:
    assert set(VALUES) == set(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
def test_a_flag_overrides_the_environment_which_overrides_the_file(name: str, tmp_path: Path) -> None:
    in_file, in_environment, in_flag = VALUES[name]
    file, environment, flag = meant(name)
    path = config_file(tmp_path, f"{name} = {in_file}\n")
    variable = {f"QUIZ_{name.upper()}": in_environment}
    for given, value, origin in (
        ((path, {}, {}), file, Origin.FILE),
        ((path, variable, {}), environment, Origin.ENVIRONMENT),
        ((path, variable, {name: in_flag}), flag, Origin.FLAG),
        ((path, {}, {name: in_flag}), flag, Origin.FLAG),
        ((tmp_path / "none", variable, {name: in_flag}), flag, Origin.FLAG),
    ):
        config, findings, origins = read_config(*given)
        assert findings == []
        assert getattr(config, name) == value
        assert origins == {name: origin}
    usual = read_config(tmp_path / "none", {})
    assert usual == (Config(), [], {})


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_shown_can_be_written_again(name: str) -> None:
    config = changed(Config(), name, VALUES[name][2])
    shown = next(setting for setting in settings_of(config) if setting.name == name)
    assert changed(Config(), name, shown.written) == config
    assert shown.description.endswith(".")


def test_a_single_key_can_be_set(tmp_path: Path) -> None:
    path = config_file(tmp_path, '[keys]\n"home.study" = "f10"\nhome.find = "f9"\n')
    config, findings, _ = read_config(path, {"QUIZ_KEYS": "help=f2"}, {"keys.home.study": "f3"})
    assert findings == []
    assert config.keys == {"home.study": "f3", "home.find": "f9", "help": "f2"}


@pytest.mark.parametrize(("written", "meant"), [("yes", True), ("off", False), ("true", True)])
def test_a_bank_s_setting_is_said_as_that_of_all_banks(tmp_path: Path, written: str, meant: bool) -> None:
    config, findings, _ = read_config(tmp_path / "none.toml", {}, {"bank.small.confidence": written})
    assert findings == []
    assert config.for_bank("small").confidence is meant


WRONG = (
    ("new_per_dya = 3", "new_per_dya", "There is no setting “new_per_dya”. Did you mean “new_per_day”?"),
    ("qwertz = 3", "qwertz", "There is no setting “qwertz”."),
    ("criterion = 9", "criterion", "“criterion” cannot be 9: it needs a whole number from 1 to 3."),
    ("retention = 1", "retention", "“retention” cannot be 1: it needs a number from 0.7 to 0.97."),
    ('mouse = "maybe"', "mouse", "“mouse” cannot be 'maybe': it needs true or false."),
    ("banks = 3", "banks", "“banks” cannot be 3: it needs a list of texts in quotes."),
    ('theme = "nrod"', "theme", "“theme” cannot be 'nrod': there is no such theme. Did you mean “nord”?"),
    (
        '[keys]\n"home.stduy" = "f10"',
        "keys.home.stduy",
        "There is no action “home.stduy” that can have another key. Did you mean “home.study”?",
    ),
    (
        '[keys]\n# a comment\n"home.study" = "ctrl-s"',
        "keys.home.study",
        "“home.study” cannot be 'ctrl-s': there is no key “ctrl-s”. Did you mean “ctrl+s”?",
    ),
    (
        '[keys]\n"home.study" = "x"',
        "keys.home.study",
        (
            "“x” is also the key of “home.exam” (Take an exam on this bank), which is left without one."
            " Give that another key as well."
        ),
    ),
    (
        '[keys]\ntheme = "nord"',
        "keys.theme",
        "“theme” is a setting, and stands below [keys]: move it above.",
    ),
    (
        "saved = 3",
        "saved",
        (
            "“saved” cannot be 3: it needs tables of what to study by their names,"
            " such as [saved.weak] with limit = 20."
        ),
    ),
    (
        "saved = {weak = {limit = 0}}",
        "saved.weak",
        "“saved.weak” cannot be {'limit': 0}: its “limit” does not fit, expected `int` >= 1.",
    ),
    ("keys = 3", "keys", '“keys” cannot be 3: it needs lines such as "home.study" = "f10".'),
)


@pytest.mark.parametrize(("text", "field", "message"), WRONG)
def test_what_cannot_be_used_is_said_with_its_line_and_what_would_do(
    text: str, field: str, message: str, tmp_path: Path
) -> None:
    path = config_file(tmp_path, f'# first\nlearner = "anna"\n\n{text}\n')
    config, findings, _ = read_config(path, {})
    assert findings == [ConfigFinding(field, message, 4 + text.count("\n"))]
    assert config.learner == "anna"


def test_a_file_that_is_no_toml_is_said_with_its_line(tmp_path: Path) -> None:
    (finding,) = read_config(config_file(tmp_path, "mouse = true\ntheme = \n"), {}).findings
    assert finding.line == 2
    assert finding.message.startswith("This is not TOML, so nothing in the file counts: ")
    (finding,) = read_config(tmp_path, {}).findings
    assert "cannot be read" in finding.message


def test_the_environment_and_flags_have_no_line(tmp_path: Path) -> None:
    path = config_file(tmp_path, "criterion = 2\n")
    (finding,) = read_config(path, {"QUIZ_CRITERION": "often"}).findings
    assert (finding.field, finding.line) == ("criterion", 0)


def test_keys_that_change_places_do_not_clash(tmp_path: Path) -> None:
    path = config_file(tmp_path, '[keys]\n"home.study" = "x"\n"home.exam" = "s"\n')
    assert read_config(path, {}).findings == []


def test_lines_are_found_where_they_are() -> None:
    text = 'mouse = true\nkeys."home.find" = "f"\n[keys]\n"home.study" = "a"\n[other]\nmouse = false\n'
    assert line_of(text, "mouse") == 1
    assert line_of(text, "keys.home.find") == 2
    assert line_of(text, "keys.home.study") == 4
    assert line_of(text, "keys") == 3
    assert line_of(text, "other") == 5
    assert line_of(text, "gone") == 0


def test_usual_keys_are_keys() -> None:
    for name, (usual, what) in KEY_IDS.items():
        assert all(map(is_key, usual.split(","))), name
        assert what, name


@pytest.mark.parametrize(
    ("written", "meant"),
    [("esc", "escape"), ("Return", "enter"), ("Control-X", "ctrl+x"), ("PgUp", "pageup"), ("F5", "f5")],
)
def test_what_people_call_keys_is_understood(written: str, meant: str) -> None:
    assert not is_key(written)
    assert f"Did you mean “{meant}”?" in wrong_with("help", written)
    assert "For example" in wrong_with("help", "the big one")
    assert "it needs keys in quotes" in wrong_with("help", "")


def test_one_setting_is_kept_and_the_rest_stays(tmp_path: Path) -> None:
    real = config_file(tmp_path, '# mine\nmouse = true  # yes\n\n[keys]\n"help" = "f2"\n')
    link = tmp_path / "link.toml"
    link.symlink_to(real)
    keep_setting(link, "theme", "nord")
    keep_setting(link, "keys.home.study", "f10")
    keep_setting(link, "banks", ("one",))
    assert link.is_symlink()
    text = real.read_text(encoding="utf-8")
    assert text.startswith("# mine\nmouse = true  # yes\n")
    config, findings, _ = read_config(link, {})
    assert findings == []
    expected = Config(theme="nord", banks=("one",), keys={"help": "f2", "home.study": "f10"})
    assert msgspec.to_builtins(config) == msgspec.to_builtins(expected)


def test_a_file_that_cannot_be_changed_is_left_alone_and_said(tmp_path: Path) -> None:
    broken = config_file(tmp_path, "theme = \n")
    with pytest.raises(UsageError, match="is not TOML"):
        keep_setting(broken, "theme", "nord")
    assert broken.read_text(encoding="utf-8") == "theme = \n"
    folder = tmp_path / "file"
    folder.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="could not be saved"):
        keep_setting(folder / "config.toml", "theme", "nord")
