"""Reading what config.toml, the environment and flags say, and telling what of it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from quiz.config.days_off import first_that_is_no_date
from quiz.config.settings import THEME_NAMES, Config, wanted
from quiz.config.tables import TABLES, refuse_deep_nesting, with_entry
from quiz.errors import UsageError
from quiz.paths import is_no_file

_WORDS: Final = {"yes": True, "on": True, "no": False, "off": False}


class Origin(StrEnum):
    """Where a setting comes from. Later members override earlier ones."""

    FILE = "config.toml"
    ENVIRONMENT = "environment"
    FLAG = "--set"


class ConfigFinding(msgspec.Struct, frozen=True):
    """A fault in the config."""

    field: str
    message: str
    line: int = 0
    """The line of the file, from 1; 0 if it does not come from the file."""


class ConfigReading(NamedTuple):
    """The result of reading the config."""

    config: Config
    findings: list[ConfigFinding]
    """The faults. Each faulty setting was left out."""
    origins: dict[str, Origin]
    """Where each setting comes from, except for defaults."""


def changed(config: Config, name: str, written: Any) -> Config:
    """Return the config with one setting changed, or one key such as `keys.home.study`.

    Raises:
        UsageError: there is no such field, or it cannot be that.
    """
    findings: list[ConfigFinding] = []
    taken = _Taken(msgspec.to_builtins(config), findings)
    taken.take(name, written)
    if findings:
        raise UsageError(findings[0].message)
    return taken.config


def read_config(
    path: Path, environment: Mapping[str, str], flags: Mapping[str, str] | None = None
) -> ConfigReading:
    """Read the config. Faulty settings are left out and reported as findings."""
    findings: list[ConfigFinding] = []
    taken = _Taken({}, findings)
    text = _text(path, findings)
    for name, value in _parsed(text, findings).items():
        taken.take(name, value, Origin.FILE, text)
    for name in Config.__struct_fields__:
        written = environment.get(f"QUIZ_{name.upper()}")
        if written is not None:
            taken.take(name, written, Origin.ENVIRONMENT)
    for name, written in (flags or {}).items():
        taken.take(name, written, Origin.FLAG)
    taken.tell_clashes(text)
    return ConfigReading(taken.config, findings, taken.origins)


def _text(path: Path, findings: list[ConfigFinding]) -> str:
    try:
        if is_no_file(path):
            findings.append(ConfigFinding("", f"{path} is not a file."))
            return ""
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        findings.append(ConfigFinding("", f"{path} cannot be read: {error}"))
        return ""


def _parsed(text: str, findings: list[ConfigFinding]) -> dict[str, Any]:
    if not text:
        return {}
    import re
    import tomllib

    try:
        refuse_deep_nesting(text)
        return tomllib.loads(text)
    except RecursionError:
        findings.append(ConfigFinding("", "This is nested too deeply, so nothing in the file counts."))
        return {}
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        findings.append(ConfigFinding("", f"This is not TOML, so nothing in the file counts: {error}.", line))
        return {}


class _Taken:
    """The values read so far. Values that do not fit become findings."""

    def __init__(self, values: dict[str, Any], findings: list[ConfigFinding]) -> None:
        self._values = values
        self._findings = findings
        self.origins: dict[str, Origin] = {}

    @property
    def config(self) -> Config:
        """The config made of the values so far."""
        return msgspec.convert(self._values, Config, strict=False) if self._values else Config()

    def take(self, name: str, value: Any, origin: Origin = Origin.FLAG, text: str = "") -> None:
        """Accept a value if it fits its setting, else add a finding. `text` is the content of the file."""
        try:
            self._take(name, value, origin, text)
        except RecursionError:
            self._complain(name, f"“{name[:80]}” is nested too deeply.", text)

    def _take(self, name: str, value: Any, origin: Origin, text: str) -> None:
        from quiz.paths import is_unicode

        before = len(self._findings)
        first, dot, key = name.partition(".")
        if isinstance(value, str) and not is_unicode(value):
            self._complain(name, f"“{name}” cannot be {value!r}: that is not Unicode text.", text)
        elif dot and first == "keys":
            self._take_keys({key: value}, text)
        elif dot and first in TABLES:
            self._take_entry(first, key, value, text)
        elif name in TABLES:
            self._take_table(name, value, text)
        elif name not in Config.__struct_fields__:
            self._complain(
                name, f"There is no setting “{name}”.{_guess(name, Config.__struct_fields__)}", text
            )
        elif name == "keys":
            self._take_keys(_pairs(value) if isinstance(value, str) else value, text)
        else:
            self._take_field(name, _meant(name, value) if isinstance(value, str) else value, text)
        if len(self._findings) == before:
            self.origins[first] = origin

    def _take_field(self, name: str, value: Any, text: str) -> None:
        try:
            msgspec.convert({name: value}, Config, strict=False)
        except msgspec.ValidationError:
            self._complain(name, f"“{name}” cannot be {value!r}: it needs {wanted(name)}.", text)
            return
        if name == "holidays" and (wrong := first_that_is_no_date(value)) is not None:
            self._complain(name, f"“holidays” cannot hold {wrong!r}: it needs {wanted(name)}.", text)
            return
        if name == "theme" and value not in THEME_NAMES:
            guess = _guess(value, THEME_NAMES) or f" There are: {', '.join(THEME_NAMES)}."
            self._complain(name, f"“theme” cannot be {value!r}: there is no such theme.{guess}", text)
            return
        self._values[name] = value

    def _take_table(self, name: str, value: Any, text: str) -> None:
        if isinstance(value, str):  # in the environment or a flag
            with suppress(msgspec.DecodeError):
                value = msgspec.json.decode(value)
        if not isinstance(value, dict):
            self._complain(name, f"“{name}” cannot be {value!r}: it needs {wanted(name)}.", text)
            return
        self._values[name] = {}
        for key, entry in value.items():
            self._take_entry(name, key, entry, text)

    def _take_entry(self, table: str, key: str, value: Any, text: str) -> None:
        if isinstance(value, str) and key.rpartition(".")[2] == "confidence":
            value = _meant("confidence", value)
        try:
            self._values[table] = with_entry(self._values.get(table, {}), table, key, value)
        except ValueError as error:
            self._complain(f"{table}.{key}", f"“{table}.{key}” cannot be {value!r}: {error}.", text)

    def _take_keys(self, value: Any, text: str) -> None:
        from quiz.config.key_bindings import wrong_with

        if not isinstance(value, dict):
            self._complain("keys", f"“keys” cannot be {value!r}: it needs {wanted('keys')}.", text)
            return
        taken = dict(self._values.get("keys", {}))
        for name, keys in _flat(value):
            wrong = wrong_with(name, keys)
            if wrong and name in Config.__struct_fields__:
                wrong = f"“{name}” is a setting, and stands below [keys]: move it above."
            if wrong:
                self._complain(f"keys.{name}", wrong, text)
            else:
                taken[name] = keys
        self._values["keys"] = taken

    def tell_clashes(self, text: str) -> None:
        """Report keys that replace another action's on the same screen. They are accepted nevertheless."""
        keys = self._values.get("keys", {})
        if keys:
            from quiz.config.key_bindings import clash_of

            for name in keys:
                clash = clash_of(name, keys[name], keys)
                if clash:
                    self._complain(f"keys.{name}", clash, text)

    def _complain(self, name: str, message: str, text: str) -> None:
        from quiz.config.toml_file import line_of

        self._findings.append(ConfigFinding(name, message, line_of(text, name)))


def _meant(name: str, written: str) -> Any:
    """Return the value that a text stands for, in the environment, a flag or the file."""
    usual = getattr(Config(), name)
    if isinstance(usual, bool):
        return _WORDS.get(written.strip().lower(), written.strip())
    if isinstance(usual, tuple):
        return [part.strip() for part in written.split(",") if part.strip()]
    return written


def _pairs(written: str) -> dict[str, str]:
    """Return keys by action from a text such as `home.study=f10 study.hint=h,f1`."""
    return {pair.partition("=")[0]: pair.partition("=")[2] for pair in written.split()}


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield a table's entries, with dots between nested names: an unquoted id makes nested tables."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _guess(name: str, names: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name[:80], names, 1)
    return f" Did you mean “{close[0]}”?" if close else ""
