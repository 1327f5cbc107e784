"""What config.toml may say. Flags override the environment, the environment overrides the file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from quiz.errors import UsageError


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of one person on one machine."""

    learner: Annotated[str, Meta(description="Whose record is kept; the system user if empty.")] = ""
    banks: Annotated[tuple[str, ...], Meta(description="More folders to look for banks in.")] = ()
    theme: Annotated[str, Meta(description="The colours: one of Textual's themes.")] = "textual-dark"
    reduced_motion: Annotated[bool, Meta(description="Nothing moves by itself.")] = False
    mouse: Annotated[bool, Meta(description="Whether the mouse is used.")] = True
    new_per_day: Annotated[int, Meta(ge=0, le=9999, description="How many new items a day at most.")] = 20
    due_per_day: Annotated[
        int, Meta(ge=0, le=9999, description="How many due items a day at most; 0 is no limit.")
    ] = 0
    criterion: Annotated[
        int, Meta(ge=1, le=3, description="How often an item must be right before it leaves a session.")
    ] = 1
    retention: Annotated[
        float, Meta(ge=0.7, le=0.97, description="Which share should still be known when it comes back.")
    ] = 0.9
    day_starts_at: Annotated[
        int, Meta(ge=0, le=23, description="The local hour at which a study day begins.")
    ] = 4
    fuzz: Annotated[bool, Meta(description="Whether long intervals are spread a little.")] = True
    confidence: Annotated[bool, Meta(description="Whether to ask how sure one is.")] = False
    tests_feed_study: Annotated[
        bool, Meta(description="Whether a test's responses count for the study schedule.")
    ] = True
    keys: Annotated[
        dict[str, str], Meta(description="Other keys for what can be done, by the binding's id.")
    ] = msgspec.field(default_factory=dict)

    @property
    def policy(self) -> dict[str, Any]:
        """The part that a schedule depends on, as it is recorded with a session."""
        return {"retention": self.retention, "day_starts_at": self.day_starts_at, "fuzz": self.fuzz}


class Setting(msgspec.Struct, frozen=True):
    """A field of the config as it stands, for people."""

    name: str
    value: Any
    description: str

    @property
    def written(self) -> str:
        """The value as a person would write it."""
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        if isinstance(self.value, tuple | dict):
            return ", ".join(map(str, self.value)) or "none"
        return str(self.value) or "—"


def settings_of(config: Config) -> list[Setting]:
    """Return every field of the config with its value and what it is for."""
    schema = msgspec.json.schema(Config)["$defs"]["Config"]["properties"]
    return [
        Setting(name, getattr(config, name), schema[name]["description"]) for name in Config.__struct_fields__
    ]


def changed(config: Config, name: str, written: Any) -> Config:
    """Return the config with one field set to what was written.

    Raises:
        UsageError: there is no such field, or it cannot be that.
    """
    values: dict[str, Any] = msgspec.to_builtins(config)
    findings: list[ConfigFinding] = []
    if isinstance(getattr(config, name, None), tuple) and isinstance(written, str):
        written = [part.strip() for part in written.split(",") if part.strip()]
    _take(values, name, written, findings, 0)
    if findings:
        raise UsageError(findings[0].message)
    return msgspec.convert(values, Config, strict=False)


class ConfigFinding(msgspec.Struct, frozen=True):
    """Something in the config that cannot be used."""

    field: str
    message: str
    line: int = 0
    """The line of the file, from 1; 0 where it does not come from the file."""


def read_config(
    path: Path, environment: Mapping[str, str], flags: Mapping[str, Any] | None = None
) -> tuple[Config, list[ConfigFinding]]:
    """Read the config; what cannot be used is left out and said as a finding."""
    findings: list[ConfigFinding] = []
    values: dict[str, Any] = {}
    text = _text(path, findings)
    for name, value in _parsed(text, findings).items():
        _take(values, name, value, findings, _line_of(text, name))
    for name in Config.__struct_fields__:
        written = environment.get(f"QUIZ_{name.upper()}")
        if written is not None and name not in {"banks", "keys"}:
            _take(values, name, written, findings, 0)
    for name, value in (flags or {}).items():
        if value is not None:
            _take(values, name, value, findings, 0)
    return msgspec.convert(values, Config, strict=False), findings


def _text(path: Path, findings: list[ConfigFinding]) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        findings.append(ConfigFinding("", f"{path} cannot be read: {error}"))
        return ""


def _parsed(text: str, findings: list[ConfigFinding]) -> dict[str, Any]:
    if not text:
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        findings.append(ConfigFinding("", f"This is not TOML: {error}."))
        return {}


def _take(values: dict[str, Any], name: str, value: Any, findings: list[ConfigFinding], line: int) -> None:
    """Take a value over if it fits its field, and say why if it does not."""
    if name not in Config.__struct_fields__:
        from difflib import get_close_matches

        close = get_close_matches(name, Config.__struct_fields__, 1)
        guess = f" Did you mean “{close[0]}”?" if close else ""
        findings.append(ConfigFinding(name, f"There is no setting “{name}”.{guess}", line))
        return
    try:
        msgspec.convert({name: value}, Config, strict=False)
    except msgspec.ValidationError as error:
        reason = str(error).split(" - at ")[0]
        findings.append(ConfigFinding(name, f"“{name}” cannot be {value!r}: {reason}.", line))
    else:
        values[name] = value


def _line_of(text: str, name: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if line.split("=")[0].strip().strip("[]") == name:
            return number
    return 0


def keep_setting(path: Path, name: str, value: Any) -> None:
    """Write one setting to the config file and leave the rest of it as it stands.

    A file that cannot be read as TOML or written is left alone.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
        document[name] = value
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(".new")
        fresh.write_text(tomlkit.dumps(document), encoding="utf-8")
        fresh.replace(path)
    except (OSError, UnicodeDecodeError, TOMLKitError):
        return
