"""Which device this is, and what it knows of its synced folder: `sync.json`, beside the record.

A device is known by a random id, as two may have the same host name. A data folder that was copied holds the
id of the device that it was copied from; so ids are kept by the places of the record, and a copy elsewhere
becomes a device of its own.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from random import SystemRandom

import msgspec

from quiz.core.events.ids import new_learner_id
from quiz.exchange.sync_files import FileStamp
from quiz.private_files import content_of, draft_of, write_over
from quiz.record.read_models import Extent

STATE = "sync.json"
_MACHINE = Path("/etc/machine-id")


class SyncState(msgspec.Struct, kw_only=True):
    """What this device knows of itself and of its synced folder."""

    device: str
    """The random id of this device."""
    places: dict[str, str] = msgspec.field(default_factory=dict)
    """Which device the record makes of each place at which it lay, see `names_of_place`."""
    folder: str = ""
    files: dict[str, FileStamp] = msgspec.field(default_factory=dict)
    """What the files looked like when they were taken in, by their paths within the folder."""
    heads: dict[str, int] = msgspec.field(default_factory=dict)
    """Up to which event each session is in the folder."""
    extent: Extent | None = None
    """How much of the learner's was on record when all of it was in the folder."""
    banks: dict[str, str] = msgspec.field(default_factory=dict)
    """What the bank files were when they were last the same here and there: hashes, by their names."""
    differing: dict[str, int] = msgspec.field(default_factory=dict)
    """How many events of a session another device has that are other ones here, where there are any."""
    last_came: dict[str, int] = msgspec.field(default_factory=dict)
    """When something last came from each device, in milliseconds since 1970 UTC."""
    hosts: dict[str, str] = msgspec.field(default_factory=dict)
    """The host names of other devices."""


def state_of(record: Path) -> SyncState:
    """Return what is known beside a record. A device that is new is another one each time."""
    return _look(record)[0]


def remembered_state(record: Path) -> SyncState:
    """Return what is known beside a record. A device that is new is remembered where that is possible."""
    state, is_new = _look(record)
    if is_new:
        with suppress(OSError):
            _remember(record, state)
    return state


def _look(record: Path) -> tuple[SyncState, bool]:
    """Return what is known beside a record, and whether its device is not remembered for its place yet."""
    try:
        state = _stored(record)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        state = SyncState(device=new_device())
    names = names_of_place(record)
    known = [state.places[name] for name in names if name in state.places]
    if known:
        state.device = known[0]
    elif state.places and not any(_has_moved(state, name) for name in names):
        state.device = new_device()
    is_new = len(known) < len(names)
    if is_new:
        settle_here(state, record)
    return state, is_new


def settle_here(state: SyncState, record: Path) -> None:
    """Note that a record makes its device of the place at which it lies."""
    state.places |= dict.fromkeys(names_of_place(record), state.device)


def _stored(record: Path) -> SyncState:
    return msgspec.json.decode(content_of(record.parent / STATE), type=SyncState)


def _remember(record: Path, state: SyncState) -> None:
    if state.folder:
        keep_state(record, state)
        return
    path = record.parent / STATE
    with draft_of(path) as draft:  # without waiting for the disk: what is lost is only an id
        draft.write_bytes(msgspec.json.encode(state))
        draft.replace(path)


def keep_state(record: Path, state: SyncState) -> None:
    """Keep what is known beside a record. Raises OSError."""
    write_over(record.parent / STATE, msgspec.json.encode(state))


def look_anew(record: Path) -> None:
    """Forget what is known of the synced folder, after the record has become another one."""
    with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
        state = _stored(record)
        state.files, state.heads, state.extent = {}, {}, None
        keep_state(record, state)


def new_device() -> str:
    """Return the id of a new device."""
    return new_learner_id(SystemRandom())


def names_of_place(record: Path) -> tuple[str, ...]:
    """Return by what it is known which machine a record is on and where: a copy of it lies at another place.

    A machine without an id is known by the number of the record's folder on its disk, and by its host name,
    either of which may change.
    """
    machines: list[bytes] = []
    with suppress(OSError):
        machines = [content_of(_MACHINE).strip()]
    if not any(machines):
        machines = [host().encode()]
        with suppress(OSError):
            machines.insert(0, str(record.parent.stat().st_ino).encode())
    path = record.resolve()
    return tuple(f"{hashlib.blake2b(machine, digest_size=8).hexdigest()}:{path}" for machine in machines)


def _has_moved(state: SyncState, here: str) -> bool:
    """Say whether the record was moved to a place and not copied; forget the one that it left."""
    this = here.partition(":")[0]
    for place, device in state.places.items():
        machine, _, record = place.partition(":")
        if (machine, device) == (this, state.device) and _is_gone(record):
            state.places = {each: of for each, of in state.places.items() if not each.endswith(f":{record}")}
            return True
    return False


def _is_gone(record: str) -> bool:
    try:
        Path(record).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def host() -> str:
    """Return this computer's name for people, up to the first dot: what follows changes with the network."""
    import platform

    return platform.node().partition(".")[0] or "unknown"


def signature(device: str) -> str:
    """Return how a device is named in the sessions that it begins: its computer's name, then its id."""
    return f"{host()}/{device}"


def signed_by(name: str) -> tuple[str, str]:
    """Return the computer's name and the device's id in a signature; no id where an older quiz signed."""
    named, _, device = name.partition("/")
    return named.partition(".")[0], device
