"""The record's schema, step by step. A released step is never changed; a new one is added.

No STRICT tables (SQLite before 3.37 calls them damaged) and no JSON functions in checks (`trusted_schema`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from quiz.errors import RecordNewer
from quiz.record.name_rows import checksum
from quiz.record.sqlite.connection import APPLICATION_ID, RecordFile

m001_first = (
    """CREATE TABLE learner(
        id TEXT PRIMARY KEY NOT NULL CHECK(typeof(id)='text' AND id<>''),
        name TEXT NOT NULL CHECK(typeof(name)='text')
    ) WITHOUT ROWID""",
    """CREATE TABLE session(
        id BLOB PRIMARY KEY NOT NULL CHECK(typeof(id)='blob' AND length(id)=16),
        learner TEXT NOT NULL REFERENCES learner(id),
        device TEXT NOT NULL CHECK(typeof(device)='text'),
        mode TEXT NOT NULL CHECK(typeof(mode)='text'),
        seed TEXT NOT NULL CHECK(typeof(seed)='text'),
        started INTEGER NOT NULL CHECK(typeof(started)='integer'),
        zone TEXT NOT NULL CHECK(typeof(zone)='text'),
        banks TEXT NOT NULL CHECK(typeof(banks)='text'),
        settings TEXT NOT NULL CHECK(typeof(settings)='text'),
        crc INTEGER NOT NULL CHECK(typeof(crc)='integer'),
        items TEXT NOT NULL CHECK(typeof(items)='text')
    )""",
    "CREATE INDEX session_of_learner ON session(learner, id)",
    """CREATE TABLE event(
        session BLOB NOT NULL REFERENCES session(id) CHECK(typeof(session)='blob'),
        n INTEGER NOT NULL CHECK(typeof(n)='integer' AND n>0),
        kind TEXT NOT NULL CHECK(typeof(kind)='text'),
        learner TEXT NOT NULL REFERENCES learner(id),
        bank TEXT NOT NULL CHECK(typeof(bank)='text'),
        item TEXT NOT NULL CHECK(typeof(item)='text'),
        fingerprint TEXT NOT NULL CHECK(typeof(fingerprint)='text'),
        at INTEGER NOT NULL CHECK(typeof(at)='integer'),
        duration_ms INTEGER CHECK(typeof(duration_ms) IN ('integer','null')),
        response TEXT CHECK(typeof(response) IN ('text','null')),
        score REAL CHECK(typeof(score) IN ('real','null')),
        verdict TEXT CHECK(typeof(verdict) IN ('text','null')),
        confidence TEXT CHECK(typeof(confidence) IN ('text','null')),
        target INTEGER CHECK(typeof(target) IN ('integer','null')),
        body TEXT CHECK(typeof(body) IN ('text','null')),
        crc INTEGER NOT NULL CHECK(typeof(crc)='integer'),
        PRIMARY KEY(session, n)
    ) WITHOUT ROWID""",
    """CREATE INDEX event_of_item ON event(learner, bank, item)
        WHERE kind IN ('attempt','suspend','resume','bury','flag')""",
    "CREATE INDEX event_about_another ON event(session) WHERE kind IN ('undo','void','override','rate')",
    *(
        f"""CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table}
            BEGIN SELECT RAISE(ABORT, 'what happened is only ever added to'); END"""
        for table in ("session", "event")
        for verb in ("UPDATE", "DELETE")
    ),
    # From here on: projections, which `rebuild` derives from the tables above.
    """CREATE TABLE progress(
        session BLOB PRIMARY KEY NOT NULL REFERENCES session(id),
        learner TEXT NOT NULL,
        mode TEXT NOT NULL,
        last_n INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        is_ended INTEGER NOT NULL,
        is_void INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX progress_open ON progress(session) WHERE is_ended=0 AND is_void=0",
    "CREATE INDEX progress_by_time ON progress(last_at)",
    """CREATE TABLE memory(
        learner TEXT NOT NULL,
        bank TEXT NOT NULL,
        item TEXT NOT NULL,
        due INTEGER,
        attempts INTEGER NOT NULL,
        misses INTEGER NOT NULL,
        is_suspended INTEGER NOT NULL,
        first_at INTEGER,
        stability REAL,
        reviewed_at INTEGER,
        card TEXT NOT NULL,
        PRIMARY KEY(learner, bank, item)
    ) WITHOUT ROWID""",
    "CREATE INDEX memory_standing ON memory(learner, bank, due, attempts, misses, is_suspended)",
    "CREATE INDEX memory_first ON memory(learner, first_at)",
    *(
        f"""CREATE TABLE {table}(
            {", ".join(f"{column} {'BLOB' if column == 'session' else 'TEXT'} NOT NULL" for column in key)},
            attempts INTEGER NOT NULL,
            correct INTEGER NOT NULL,
            partial INTEGER NOT NULL,
            skipped INTEGER NOT NULL,
            score INTEGER NOT NULL,
            duration_ms INTEGER NOT NULL,
            timed INTEGER NOT NULL,
            PRIMARY KEY({", ".join(key)})
        ) WITHOUT ROWID"""
        for table, key in {
            "item_total": ("learner", "bank", "item", "fingerprint"),
            "day_total": ("learner", "day", "bank", "mode"),
            "session_total": ("session", "learner", "bank"),
            "confidence_total": ("learner", "bank", "confidence"),
        }.items()
    ),
    "CREATE INDEX session_total_of_learner ON session_total(learner, bank, session)",
)

m002_predictions = (
    """CREATE TABLE prediction(
        learner TEXT NOT NULL,
        bank TEXT NOT NULL,
        item TEXT NOT NULL,
        told TEXT NOT NULL,
        PRIMARY KEY(learner, bank, item)
    ) WITHOUT ROWID""",
    """CREATE TABLE prediction_total(
        learner TEXT NOT NULL,
        bank TEXT NOT NULL,
        tenth INTEGER NOT NULL,
        days INTEGER NOT NULL,
        nth INTEGER NOT NULL,
        lapses INTEGER NOT NULL,
        reviews INTEGER NOT NULL,
        recalled INTEGER NOT NULL,
        predicted INTEGER NOT NULL,
        loss INTEGER NOT NULL,
        PRIMARY KEY(learner, bank, tenth, days, nth, lapses)
    ) WITHOUT ROWID""",
)

m003_rosters = (
    """CREATE TABLE roster(
        id TEXT PRIMARY KEY NOT NULL CHECK(typeof(id)='text' AND id<>''),
        name TEXT NOT NULL CHECK(typeof(name)='text' AND name<>'')
    ) WITHOUT ROWID""",
    """CREATE TABLE roster_learner(
        roster TEXT NOT NULL REFERENCES roster(id),
        place INTEGER NOT NULL CHECK(typeof(place)='integer'),
        learner TEXT NOT NULL REFERENCES learner(id),
        PRIMARY KEY(roster, place)
    ) WITHOUT ROWID""",
    "CREATE UNIQUE INDEX roster_of_learner ON roster_learner(learner)",
)

m004_checksums_of_names = tuple(
    statement
    for table, columns in {
        "learner": "id, name",
        "roster": "id, name",
        "roster_learner": "roster, place, learner",
    }.items()
    for statement in (
        f"ALTER TABLE {table} ADD COLUMN crc INTEGER NOT NULL DEFAULT 0 CHECK(typeof(crc)='integer')",
        f"UPDATE {table} SET crc=checksum('{table}', {columns})",  # noqa: S608
    )
)

m005_marks = (
    "DROP INDEX event_of_item",
    """CREATE INDEX event_of_item ON event(learner, bank, item)
        WHERE kind IN ('attempt','suspend','resume','bury','flag','forget','reschedule','tag')""",
    "ALTER TABLE memory ADD COLUMN is_flagged INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE memory ADD COLUMN tags TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE memory ADD COLUMN decay REAL",
)

m006_few_among_many = (
    "CREATE INDEX session_without_banks ON session(learner) WHERE banks='[]'",
    "CREATE INDEX memory_flagged ON memory(learner, bank, item) WHERE is_flagged",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    m001_first,
    m002_predictions,
    m003_rosters,
    m004_checksums_of_names,
    m005_marks,
    m006_few_among_many,
)
LATEST = len(MIGRATIONS)
RENEWING = frozenset({2, 4, 5})
"""The versions that change the projections, which are then rebuilt."""


def bring_up_to_date(
    file: RecordFile,
    back_up: Callable[[RecordFile, int], object],
    migrations: Sequence[Sequence[str]] = MIGRATIONS,
) -> None:
    """Run the missing migrations, each in one transaction after a backup.

    `back_up` is given the file and the version it is about to leave; a new file has version 0 and is not
    backed up. The last step also rebuilds all projections where the schema changed them. Raises RecordNewer
    where a newer quiz has used the file, RecordError where a step fails.
    """
    before = file.version()
    is_renewed = bool(before) and any(before < version <= len(migrations) for version in RENEWING)
    file.db.create_function("checksum", -1, checksum, deterministic=True)
    while (version := file.version()) < len(migrations):
        if version:
            back_up(file, version)
        with file.writing() as db:
            if file.version() != version:
                continue  # another program was faster
            for statement in migrations[version]:
                db.execute(statement)
            if is_renewed and version + 1 == len(migrations):
                _renew_projections(db)
            db.execute(f"PRAGMA application_id={APPLICATION_ID}")
            db.execute(f"PRAGMA user_version={version + 1}")
    refuse_newer(file, len(migrations))


def _renew_projections(db: sqlite3.Connection) -> None:
    from quiz.record.projections.memory import SessionHeaders
    from quiz.record.projections.rebuild import rebuild

    rebuild(db, SessionHeaders(db))


def refuse_newer(file: RecordFile, latest: int = LATEST) -> None:
    """Raise RecordNewer where a newer quiz wrote the file."""
    version = file.version()
    if version > latest:
        raise RecordNewer(
            f"The record {file.path} was written by a newer quiz (schema {version}, here {latest}).",
            "Upgrade quiz on this machine. Nothing was changed.",
        )
