"""A learner at a school: what is answered here goes to the school's database, and comes back elsewhere.

Every answer is on this machine's disk first. Sending and fetching happen later and aside, may fail at any
point, and go on where they stopped.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec

from quiz.core.events.import_validation import flaw_in
from quiz.core.text.phrases import count
from quiz.errors import RecordError, RecordLocked, SchoolUnreachable, UsageError
from quiz.private_files import content_of, write_over
from quiz.record.read_models import Learner
from quiz.services.sync import Synced, become, is_own

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    from quiz.core.events.model import Event, SessionHeader
    from quiz.services.workspace import Workspace

STATE = "school.json"
"""Beside the record: what of it is in the school's database, and how much of that was fetched."""
FIRST_WAIT, LONGEST_WAIT = 5_000, 900_000
"""How long nothing is tried after the first failure and at most, in milliseconds."""


class SchoolState(msgspec.Struct, kw_only=True):
    """What this machine knows of the school's database."""

    learner: str = ""
    """Whose record goes there."""
    name: str = ""
    """What they are called, for a record that is begun anew."""
    school: str = ""
    restored: int = 0
    heads: dict[str, int] = msgspec.field(default_factory=dict)
    """Up to which event each session was answered for, or is not sent at all."""
    cursor: int = 0
    """The first batch that was not fetched."""
    incomplete: list[str] = msgspec.field(default_factory=list)
    """Sessions of which the school lacks events, to be looked at again."""
    refused: dict[str, dict[int, str]] = msgspec.field(default_factory=dict)
    """What the school refused, and why, by sessions and numbers."""
    failures: int = 0
    """How often in a row it could not be reached."""
    not_before: int = 0
    """When it is tried again unasked, in milliseconds since 1970 UTC."""
    last_at: int = 0
    """When all was last sent and fetched, in milliseconds since 1970 UTC."""


def school_state(record: Path) -> SchoolState:
    """Return what is known beside a record; nothing where that cannot be read."""
    try:
        return msgspec.json.decode(content_of(record.parent / STATE), type=SchoolState)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return SchoolState()


def keep_school_state(record: Path, state: SchoolState) -> None:
    """Keep what is known beside a record. Raises UsageError where it cannot be written."""
    try:
        write_over(record.parent / STATE, msgspec.json.encode(state))
    except OSError as error:
        raise UsageError(f"“{record.parent / STATE}” cannot be written: {error.strerror}.") from error


def look_anew(record: Path) -> None:
    """Forget what of the record the school holds, after the record has become another one."""
    state = school_state(record)
    if state.school:
        with suppress(UsageError):
            keep_school_state(record, _nothing_known(state))


def _nothing_known(state: SchoolState) -> SchoolState:
    return msgspec.structs.replace(state, heads={}, cursor=0, incomplete=[], refused={})


def join(workspace: Workspace, address: str, code: str = "") -> Learner:
    """Make this machine's learner one of a school, who takes over what was answered here; return them.

    With a code, a login of their own is made, whose password is kept where libpq looks for it. Without one,
    the address names the login, whose password is there already.

    Raises:
        UsageError: the address or the code is none, or the password cannot be kept.
        RecordError: the database cannot be reached or refuses.
    """
    from quiz.record.postgres.connection import parts_of, without_user

    given = parts_of(address)
    if "password" in given:
        raise UsageError(
            "A password does not belong in an address.", "libpq looks for it in ~/.pgpass or PGPASSWORD."
        )
    if not code and "user" not in given:
        raise UsageError(
            "It takes a code to join.",
            "Ask your teacher for one: --code …; or name your login: postgresql://quiz_…@school.example/quiz",
        )
    learner = _made_login(address, code.strip().lower()) if code else _known_login(address)
    if workspace.learner.id != learner.id:
        become(workspace, learner)
    keep_school_state(workspace.record.path, SchoolState(learner=learner.id, name=learner.name))
    workspace.set("school", without_user(address))  # which follows from the learner
    return learner


def _made_login(address: str, code: str) -> Learner:
    from quiz.record.postgres.connection import connected, within
    from quiz.record.postgres.schema import door_role, verifier
    from quiz.services.pass_file import keep_password, require_writable

    door, _, secret = code.partition("-")
    if not door or not secret:
        raise UsageError("This is no code.", "A code looks like k7m3pq2x-9d4f… with one hyphen.")
    require_writable()
    password = secrets.token_urlsafe(24)
    with connected(address, user=door_role(door), password=door) as db, within(db):
        try:
            row = db.execute(
                "SELECT role, learner, name FROM quiz.join(%s, %s)", (secret, verifier(db, password))
            ).fetchone()
        except _errors().NoDataFound as error:
            raise UsageError(
                "This code is unknown, used or too old.", "Ask your teacher for a new one."
            ) from error
        if row is None:
            raise RecordError("The school's database made no login.", "Ask your teacher for a new code.")
        keep_password(db.info.host, db.info.port, db.info.dbname, row[0], password)
    return Learner(row[1], row[2])


def _known_login(address: str) -> Learner:
    from quiz.record.postgres.connection import connected, within

    with connected(address) as db, within(db):
        row = db.execute("SELECT id, name FROM quiz.person WHERE role = CURRENT_USER::text").fetchone()
    if row is None:
        raise UsageError("Nobody at this school has that login.", "Ask your teacher for a code.")
    return Learner(*row)


def _errors() -> Any:
    from psycopg import errors

    return errors


@contextmanager
def connected_to_school(workspace: Workspace) -> Iterator[psycopg.Connection[Any]]:
    """Connect to the school's database as this machine's learner, and close the connection.

    Raises UsageError where they have joined no school, SchoolUnreachable and other RecordErrors.
    """
    from quiz.record.postgres.connection import connected
    from quiz.record.postgres.rows import role_of

    if not workspace.config.school:
        raise UsageError("You have joined no school.", "“quiz school join URL --code …” does.")
    with connected(workspace.config.school, user=role_of(workspace.learner.id)) as db:
        yield db


def leave(workspace: Workspace) -> None:
    """Send nothing to the school from now on. What is there stays, and so does what is here."""
    workspace.set("school", "")


def sync_school_if_set(workspace: Workspace, *, is_asked: bool = False) -> Synced | None:
    """Send and fetch where the learner has joined a school and it is time; None where there is nothing to do.

    After failures the next try comes later and later, unless somebody asks for it. Raises as `sync_school`.
    """
    state = school_state(workspace.record.path)
    if not workspace.config.school or state.learner not in {"", workspace.learner.id}:
        return None
    if not is_asked and workspace.clock.now() < state.not_before:
        return None
    return sync_school(workspace, state)


def sync_school(workspace: Workspace, state: SchoolState | None = None) -> Synced:
    """Send what is new here to the school's database, then fetch what other devices sent.

    Raises SchoolUnreachable and other RecordErrors, UsageError where it cannot be noted what was sent.
    """
    from quiz.record.postgres.pull import horizon

    record = workspace.record
    state = state or school_state(record.path)
    state.learner, state.name = workspace.learner.id, workspace.learner.name
    try:
        with connected_to_school(workspace) as db:
            seen = horizon(db)
            if (state.school, state.restored) != (seen.school, seen.restored):
                state = _nothing_known(state)
                state.school, state.restored = seen.school, seen.restored
            sent, remarks = _send(workspace, db, state)
            came = _fetch(workspace, db, state, seen.batch, remarks)
    except (SchoolUnreachable, RecordLocked):
        state.failures += 1
        state.not_before = workspace.clock.now() + waiting_time(state.failures, workspace.rng)
        keep_school_state(record.path, state)
        raise
    state.failures, state.not_before, state.last_at = 0, 0, workspace.clock.now()
    keep_school_state(record.path, state)
    return Synced(sent=sent, came=came, remarks=tuple(remarks))


def waiting_time(failures: int, rng: Random) -> int:
    """Return how long to wait after failures in a row, in milliseconds: longer each time, spread by half.

    The spread keeps a class whose school was away from coming back all at once.
    """
    longest = min(LONGEST_WAIT, FIRST_WAIT << min(failures - 1, 20))
    return round(longest * (0.5 + rng.random() / 2))


def _send(workspace: Workspace, db: psycopg.Connection[Any], state: SchoolState) -> tuple[int, list[str]]:
    """Send the learner's own new events; return how many were new there, and remarks."""
    from quiz.record.postgres.push import batches, push

    sent, remarks = 0, []
    for batch in batches(unsent(workspace, state)):
        pushed = push(db, batch)
        sent += pushed.stored
        for session, numbers in pushed.refused.items():
            state.refused.setdefault(session, {}).update(numbers)
            refused = count(len(numbers), "event")
            remarks.append(f"The school refused {refused} of session {session}: {min(numbers.values())}")
        for header, events in batch:
            state.heads[header.id] = events[-1].n
        keep_school_state(workspace.record.path, state)
    return sent, remarks


def unsent(workspace: Workspace, state: SchoolState) -> Iterator[tuple[SessionHeader, tuple[Event, ...]]]:
    """Yield the learner's own sessions with the events not answered for; note that others need no answer."""
    for header, events in workspace.record.since(dict(state.heads)):
        if is_own(header, state.learner) and events:
            yield header, events
        elif events:
            state.heads[header.id] = events[-1].n


def _fetch(
    workspace: Workspace, db: psycopg.Connection[Any], state: SchoolState, until: int, remarks: list[str]
) -> int:
    """Take in what is new before a batch; return how many events that were, and add remarks."""
    from quiz.record.postgres.pull import changed, pages

    record = workspace.record
    here = record.heads()
    there = {**dict.fromkeys(state.incomplete, 1 << 60), **changed(db, state.cursor, until)}
    wanted = {key: here.get(key, 0) for key, last in there.items() if last > here.get(key, 0)}
    came = 0
    for page in pages(db, wanted):
        remarks += page.flaws
        parts = list(_sound(page.sessions, state, remarks))
        merged = record.merge((), parts)
        came += merged.events
        remarks += [*merged.conflicts, *merged.left_out]
        for header, events in parts:
            _note(state, header.id, wanted[header.id], events)
    state.cursor = until
    return came


def _sound(
    sessions: Sequence[tuple[SessionHeader, Sequence[Event]]], state: SchoolState, remarks: list[str]
) -> Iterator[tuple[SessionHeader, Sequence[Event]]]:
    """Yield the sessions that can be taken in, and add a remark for each of the others."""
    for header, events in sessions:
        flaw = flaw_in(header, events)
        if flaw:
            remarks.append(flaw)
        elif header.learner == state.learner and events:
            yield header, events


def _note(state: SchoolState, session: str, head: int, events: Sequence[Event]) -> None:
    """Note that a session's events are in the school, and whether it lacks some."""
    if [event.n for event in events] == list(range(head + 1, head + 1 + len(events))):
        state.heads[session] = max(state.heads.get(session, 0), events[-1].n)
        state.incomplete = [key for key in state.incomplete if key != session]
    elif session not in state.incomplete:
        state.incomplete.append(session)
